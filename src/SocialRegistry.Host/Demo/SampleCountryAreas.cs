using System.Globalization;

namespace SocialRegistry.Host.Demo;

/// <summary>The tree of areas that the places of the sample country lie in: the country, its regions, their districts, and the places.</summary>
internal static class SampleCountryAreas
{
    public const string Country = "TV";

    public static readonly string[] Columns = ["code", "parent", "level", "name", "latitude", "longitude"];

    private static readonly Dictionary<string, string> Regions = new()
    {
        ["TV-1"] = "Low Coast",
        ["TV-2"] = "Upper Lowland",
        ["TV-3"] = "Highland",
    };

    /// <summary>Cells by <see cref="Columns"/>, those above first.</summary>
    public static IEnumerable<string?[]> Rows()
    {
        yield return [Country, null, "1", "Talvora", null, null];
        foreach (var (code, name) in Regions)
        {
            yield return [code, Country, "2", name, null, null];
        }

        foreach (var place in SampleCountryPlaces.All)
        {
            yield return [place.District, place.Region, "3", $"District of {place.Name}", null, null];
            yield return
            [
                place.Area,
                place.District,
                "4",
                place.Name,
                Degrees(place.LatitudeHundredths),
                Degrees(place.LongitudeHundredths),
            ];
        }
    }

    private static string Degrees(int hundredths) => (hundredths / 100m).ToString("F2", CultureInfo.InvariantCulture);
}
