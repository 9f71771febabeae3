namespace SocialRegistry.Host.Demo;

/// <summary>Invented names from syllables, in one of two scripts. Nobody alive is meant.</summary>
internal sealed record SampleCountryNames(
    string Language,
    string[] Starts,
    string[] Middles,
    string[] FemaleEnds,
    string[] MaleEnds,
    string[] FamilyStarts,
    string[] FamilyEnds
)
{
    /// <summary>Names of the lowlands, in Latin script with some marks.</summary>
    public static SampleCountryNames Lowland { get; } =
        new(
            "qta",
            ["Al", "Be", "Da", "El", "Fi", "Ka", "Li", "Ma", "Ne", "O", "Ré", "Sa", "Ti", "Vo"],
            ["", "la", "ri", "no", "ve", "mi", "da", "so"],
            ["na", "ra", "lia", "sha", "ë", "ndra"],
            ["n", "ro", "ko", "dan", "mir", "s"],
            ["Ar", "Bel", "Cor", "Dor", "Fen", "Gal", "Hol", "Jor", "Kel", "Lor", "Mar", "Nor", "Pel", "Quin", "Tor"],
            ["vano", "imar", "ede", "aski", "ondo", "èl", "umar", "inga", "-Vale", "otto"]
        );

    /// <summary>Names of the highlands, in Cyrillic script.</summary>
    public static SampleCountryNames Highland { get; } =
        new(
            "qtb",
            ["Ал", "Бе", "Да", "Ел", "Жи", "Ка", "Ли", "Ма", "Не", "Ол", "Ра", "Са", "Ти", "Во"],
            ["", "ла", "ри", "но", "ве", "ми", "да", "со"],
            ["на", "ра", "лия", "ша", "ена", "ндра"],
            ["н", "ро", "ко", "дан", "мир", "с"],
            ["Ар", "Бел", "Кор", "Дор", "Фен", "Гал", "Хол", "Йор", "Кел", "Лор", "Мар", "Нор", "Пел", "Тор", "Зел"],
            ["вано", "имар", "еде", "аски", "ондо", "ель", "умар", "инга", "овин", "отто"]
        );

    public string Given(SampleCountryRandom random, bool female) =>
        random.Pick(Starts) + random.Pick(Middles) + random.Pick(female ? FemaleEnds : MaleEnds);

    public string Family(SampleCountryRandom random) => random.Pick(FamilyStarts) + random.Pick(FamilyEnds);
}
