using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace SocialRegistry.Registry.Relationships;

/// <summary>A date of life as exactly as it is known: a day, a month or a year, as the first and the last day it may be.</summary>
internal readonly partial record struct LifeDate(DateOnly Earliest, DateOnly Latest)
{
    /// <summary>Reads <c>YYYY-MM-DD</c>, <c>YYYY-MM</c> and <c>YYYY</c>; <c>null</c> for anything else: what is not known passes.</summary>
    public static LifeDate? Parse(JsonElement? value) =>
        value is { ValueKind: JsonValueKind.String } text ? Parse(text.GetString()!) : null;

    public static LifeDate? Parse(string text)
    {
        var match = Form().Match(text);
        if (!match.Success)
        {
            return null;
        }

        var year = Number(match.Groups[1]);
        var month = match.Groups[2].Success ? Number(match.Groups[2]) : (int?)null;
        var day = match.Groups[3].Success ? Number(match.Groups[3]) : (int?)null;
        if (year == 0 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month ?? 1))
        {
            return null;
        }

        var lastMonth = month ?? 12;
        return new LifeDate(
            new DateOnly(year, month ?? 1, day ?? 1),
            new DateOnly(year, lastMonth, day ?? DateTime.DaysInMonth(year, lastMonth))
        );
    }

    /// <summary>True when this date is surely less than so many years before the other.</summary>
    public bool IsSurelyLessThanYearsBefore(int years, LifeDate other) => Add(Earliest, years) > other.Latest;

    /// <summary>True when this date is surely more than so many years before the other.</summary>
    public bool IsSurelyMoreThanYearsBefore(int years, LifeDate other) => Add(Latest, years + 1) <= other.Earliest;

    private static DateOnly Add(DateOnly date, int years) =>
        date.Year + years > DateOnly.MaxValue.Year ? DateOnly.MaxValue : date.AddYears(years);

    private static int Number(Group group) =>
        int.Parse(group.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
