namespace SocialRegistry.Host.Demo;

/// <summary>A village or town of the sample country.</summary>
/// <param name="Area">Code of its area.</param>
internal sealed record SampleCountryPlace(
    string Region,
    string District,
    string Area,
    string Name,
    string PostalCode,
    string Street,
    SampleCountryNames Names,
    int LatitudeHundredths,
    int LongitudeHundredths
);

/// <summary>Talvora, an island that is on no map: three regions of four districts, one of them with a script of its own.</summary>
internal static class SampleCountryPlaces
{
    /// <summary>ISO 3166-1 leaves XAA to XZZ to its users, so that no country is meant.</summary>
    public const string Country = "XTV";

    public static IReadOnlyList<SampleCountryPlace> All { get; } =
    [
        .. Region(1, SampleCountryNames.Lowland, "Quay Street", "Portamara", "Velindo", "Old Harrowmere", "Santoriel"),
        .. Region(2, SampleCountryNames.Lowland, "Rue du Puits", "Brevanne", "Côte-Lirelle", "Mirefontaine", "Ostaval"),
        .. Region(3, SampleCountryNames.Highland, "улица Ключевая", "Горнавель", "Белимар", "Зеландо", "Норвинград"),
    ];

    private static IEnumerable<SampleCountryPlace> Region(
        int number,
        SampleCountryNames names,
        string street,
        params string[] places
    ) =>
        places.Select(
            (name, index) =>
                new SampleCountryPlace(
                    $"TV-{number}",
                    $"TV-{number}{index + 1}",
                    $"TV-{number}{index + 1}-01",
                    name,
                    $"{number}{index + 1}00",
                    street,
                    names,
                    -4120 - (number * 35) - (index * 7),
                    -2840 + (number * 22) + (index * 9)
                )
        );
}
