namespace SocialRegistry.Host.Demo;

/// <summary>People who live together: one head; a spouse, children born when the mother was 18 to 42, and parents of the head, as it happens.</summary>
internal sealed record SampleCountryHousehold(SampleCountryPlace Place, IReadOnlyList<SampleCountryPerson> Members)
{
    private const int MotherFrom = 18;
    private const int MotherTo = 42;

    public static SampleCountryHousehold Make(SampleCountryRandom random, SampleCountryPlace place, int size)
    {
        var family = place.Names.Family(random);
        var couple = size > 1 && random.Percent(80);

        // Children need a mother old enough to have had them.
        var headAge = size > 3 ? random.Between(34, 55) : random.Between(24, 74);
        var headFemale = couple ? random.Percent(25) : random.Percent(60);
        var members = new List<SampleCountryPerson>
        {
            Adult(random, place, "head", headFemale, headAge, couple ? "M" : Alone(random, headAge), family),
        };
        var mother = headAge;
        if (couple)
        {
            var spouseAge = Math.Clamp(headAge + random.Between(-5, 5), 22, 76);
            members.Add(Adult(random, place, "spouse", !headFemale, spouseAge, "M", family));
            mother = headFemale ? headAge : spouseAge;
        }

        while (members.Count < size)
        {
            var noElder = !members.Exists(m => m.Kind == "parent");
            members.Add(
                (noElder && headAge < 55 && random.Percent(12))
                    ? Adult(random, place, "parent", random.Percent(65), headAge + random.Between(20, 32), "W", family)
                    : Child(random, place, mother, family)
            );
        }

        return new SampleCountryHousehold(place, members);
    }

    /// <summary>The household the demo is about: its head has something in every field that can be attested of a living person.</summary>
    public static SampleCountryHousehold First(SampleCountryRandom random, int size)
    {
        var place = SampleCountryPlaces.All[0];
        var members = new List<SampleCountryPerson>
        {
            new("head", true, new DateOnly(1987, 4, 12), "M", "Marila", "Sanora", "Lorimar", "Fenvano"),
        };
        if (size > 1)
        {
            members.Add(new("spouse", false, new DateOnly(1984, 9, 30), "M", "Davenko", null, "Lorimar", null));
        }

        while (members.Count < size)
        {
            members.Add(Child(random, place, members[0].Age, "Lorimar"));
        }

        return new SampleCountryHousehold(place, members);
    }

    private static string Alone(SampleCountryRandom random, int age) =>
        age > 55 && random.Percent(60) ? "W"
        : random.Percent(60) ? "S"
        : "D";

    private static SampleCountryPerson Adult(
        SampleCountryRandom random,
        SampleCountryPlace place,
        string kind,
        bool female,
        int age,
        string maritalStatus,
        string family
    )
    {
        var names = place.Names;
        return new SampleCountryPerson(
            kind,
            female,
            BornAt(random, age),
            maritalStatus,
            names.Given(random, female),
            random.Percent(40) ? names.Given(random, female) : null,
            family,
            female && maritalStatus != "S" && random.Percent(70) ? names.Family(random) : null
        );
    }

    private static SampleCountryPerson Child(
        SampleCountryRandom random,
        SampleCountryPlace place,
        int mother,
        string family
    )
    {
        var female = random.Percent(49);
        var oldest = Math.Max(mother - MotherFrom - 1, 0);
        var youngest = Math.Min(Math.Max(mother - MotherTo, 0), oldest);
        var names = place.Names;
        return new SampleCountryPerson(
            "child",
            female,
            BornAt(random, random.Between(youngest, Math.Min(oldest, youngest + 24))),
            "S",
            names.Given(random, female),
            random.Percent(30) ? names.Given(random, female) : null,
            family,
            null
        );
    }

    private static DateOnly BornAt(SampleCountryRandom random, int age) =>
        SampleCountryPerson.Today.AddYears(-age).AddDays(-random.Between(0, 364));
}
