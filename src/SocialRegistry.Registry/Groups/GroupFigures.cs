using System.Globalization;
using System.Text.Json;

namespace SocialRegistry.Registry.Groups;

/// <summary>What the registry computes of a group from its open members on a day. Never entered, never stored.</summary>
internal sealed class GroupFigures
{
    private const int School = 5;
    private const int Adult = 18;
    private const int Elderly = 60;

    private readonly Dictionary<string, JsonElement?> figures;

    private GroupFigures(Dictionary<string, JsonElement?> figures) => this.figures = figures;

    /// <summary>Ids of the fields that can be computed.</summary>
    public static IReadOnlySet<string> Known { get; } = Of([], DateOnly.MinValue).figures.Keys.ToHashSet();

    /// <summary>The figure of a field; absent where there is none, such as a ratio to no adults.</summary>
    public JsonElement? this[string field] => figures.GetValueOrDefault(field);

    /// <param name="members">Birth date as stored (a day, a month or a year) and code of the sex.</param>
    /// <param name="withoutLivingHead">Somebody is a member, and nobody who lives is head.</param>
    public static GroupFigures Of(
        IReadOnlyCollection<(string? Born, string? Sex)> members,
        DateOnly on,
        bool withoutLivingHead = false
    )
    {
        var ages = members.Select(m => Age(m.Born, on)).ToList();
        var known = ages.OfType<int>().ToList();
        var children = known.Count(a => a < Adult);
        var elderly = known.Count(a => a >= Elderly);
        var adults = known.Count - children - elderly;
        return new GroupFigures(
            new Dictionary<string, JsonElement?>
            {
                ["group_size"] = Json(members.Count),
                ["children_under_5"] = Json(known.Count(a => a < School)),
                ["children_under_18"] = Json(children),
                ["adults_18_59"] = Json(adults),
                ["elderly_60_plus"] = Json(elderly),
                ["age_unknown"] = Json(members.Count - known.Count),
                ["females"] = Json(members.Count(m => m.Sex == "female")),
                ["males"] = Json(members.Count(m => m.Sex == "male")),
                ["without_living_head"] = Json(withoutLivingHead),
                ["dependency_ratio"] = adults == 0 ? null : Json(Math.Round((children + elderly) / (decimal)adults, 2)),
            }
        );
    }

    /// <summary>Completed years. Of a month or a year that is all that is known, the middle is taken.</summary>
    private static int? Age(string? born, DateOnly on)
    {
        var text = born?.Length switch
        {
            4 => born + "-07-01",
            7 => born + "-15",
            _ => born,
        };
        if (
            !DateOnly.TryParseExact(
                text,
                "yyyy-MM-dd",
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var birth
            )
            || birth > on
        )
        {
            return null;
        }

        var years = on.Year - birth.Year;
        return birth.AddYears(years) > on ? years - 1 : years;
    }

    private static JsonElement Json<T>(T value) => JsonSerializer.SerializeToElement(value);
}
