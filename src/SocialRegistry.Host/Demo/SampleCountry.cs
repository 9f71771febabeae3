using System.Globalization;
using System.Text;
using SocialRegistry.Contracts;

namespace SocialRegistry.Host.Demo;

/// <summary>What was written.</summary>
/// <param name="AreasFile">CSV of the areas; import it first.</param>
/// <param name="HouseholdsFile">CSV of the households; import it next.</param>
/// <param name="PersonsFile">CSV of the persons.</param>
/// <param name="PersonIdentifiers">All persons' numbers, in the order of the file.</param>
internal sealed record SampleSummary(
    string AreasFile,
    string HouseholdsFile,
    string PersonsFile,
    int Households,
    IReadOnlyList<Identifier> PersonIdentifiers
)
{
    /// <summary>The person who has something in every field that can be attested.</summary>
    public Identifier PersonIdentifier => PersonIdentifiers[0];

    public int Persons => PersonIdentifiers.Count;
}

/// <summary>Writes the fictional country Talvora as three CSV files of the form that people send us. The same seed gives the same bytes.</summary>
internal static class SampleCountry
{
    private static readonly string[] HouseholdColumns =
    [
        "HOUSEHOLD_ID",
        "group_type",
        "group_name",
        "place.name",
        "place.address_line",
        "place.geo.latitude",
        "place.geo.longitude",
        "area",
        "poverty_score",
        "poverty_score_type",
    ];

    /// <param name="folder">Existing folder; files of the same names are replaced.</param>
    /// <param name="households">1 to 250,000; four persons each on average, exactly.</param>
    public static SampleSummary Write(string folder, int seed, int households)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(households, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(households, 250_000);
        var random = new SampleCountryRandom(seed);
        var offset = random.Below(700_000_000);
        var identifiers = new List<Identifier>(households * 4);
        var summary = new SampleSummary(
            Path.Combine(folder, "areas.csv"),
            Path.Combine(folder, "households.csv"),
            Path.Combine(folder, "persons.csv"),
            households,
            identifiers
        );
        WriteAreas(summary.AreasFile);
        using var householdRows = Open(summary.HouseholdsFile);
        using var personRows = Open(summary.PersonsFile);
        Row(householdRows, HouseholdColumns);
        Row(personRows, SampleCountryPersonRow.Columns);
        var spare = 0;
        for (var index = 0; index < households; index++)
        {
            var size = Size(random, index, households, ref spare);
            var household =
                index == 0
                    ? SampleCountryHousehold.First(random, size)
                    : SampleCountryHousehold.Make(random, random.Pick(SampleCountryPlaces.All), size);
            var number = "HH-" + (index + 1).ToString("D7", CultureInfo.InvariantCulture);
            var address = $"{random.Between(1, 240)} {household.Place.Street}";
            Row(householdRows, Household(random, household, number, address));
            foreach (var person in household.Members)
            {
                var uin = SampleCountryUin.Of(identifiers.Count, offset);
                Row(
                    personRows,
                    SampleCountryPersonRow.Of(random, person, household.Place, number, address, uin, index == 0)
                );
                identifiers.Add(new Identifier("UIN", uin));
            }
        }

        return summary;
    }

    private static void WriteAreas(string path)
    {
        using var file = Open(path);
        Row(file, SampleCountryAreas.Columns);
        foreach (var area in SampleCountryAreas.Rows())
        {
            Row(file, area);
        }
    }

    /// <summary>1 to 7 persons; each two households that follow each other have eight.</summary>
    private static int Size(SampleCountryRandom random, int index, int households, ref int spare)
    {
        if (index % 2 == 1)
        {
            return 4 - spare;
        }

        // The last without a partner, and the first, which must have a spouse and children, are of the plain size.
        spare = index == 0 || index == households - 1 ? 0 : random.Between(0, 3) - random.Between(0, 3);
        return 4 + spare;
    }

    private static string?[] Household(
        SampleCountryRandom random,
        SampleCountryHousehold household,
        string number,
        string address
    ) =>
        [
            number,
            "2",
            household.Members[0].Family,
            household.Place.Name,
            address,
            Degrees(household.Place.LatitudeHundredths, random),
            Degrees(household.Place.LongitudeHundredths, random),
            household.Place.Area,
            $"{random.Between(8, 95)}.{random.Below(10)}",
            "PMT-2025",
        ];

    private static string Degrees(int hundredths, SampleCountryRandom random) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{(hundredths < 0 ? "-" : "")}{Math.Abs(hundredths) / 100}.{Math.Abs(hundredths) % 100:D2}{random.Between(1, 999):D3}"
        );

    private static StreamWriter Open(string file) =>
        new(file, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));

    private static void Row(StreamWriter file, IEnumerable<string?> cells)
    {
        file.Write(string.Join(',', cells.Select(Cell)));
        file.Write("\r\n");
    }

    private static string Cell(string? text) =>
        text is null ? ""
        : text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
        : text;
}
