namespace SocialRegistry.Host.Demo;

/// <summary>A person of the sample country, before the household gives her place and number.</summary>
/// <param name="Kind">Kind of her membership in the household.</param>
internal sealed record SampleCountryPerson(
    string Kind,
    bool Female,
    DateOnly BirthDate,
    string MaritalStatus,
    string Given,
    string? Second,
    string Family,
    string? Maiden
)
{
    /// <summary>Ages are counted on this day, whatever the day the sample is made.</summary>
    public static DateOnly Today { get; } = new(2026, 1, 1);

    public int Age => Today.Year - BirthDate.Year - (Today < BirthDate.AddYears(Today.Year - BirthDate.Year) ? 1 : 0);
}
