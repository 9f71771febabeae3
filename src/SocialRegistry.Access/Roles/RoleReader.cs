using System.Text.RegularExpressions;
using SocialRegistry.Access.Setup;
using SocialRegistry.Contracts;

namespace SocialRegistry.Access.Roles;

/// <summary>Reads what is said of a role; whatever is wrong is told at once.</summary>
internal static partial class RoleReader
{
    private const int MaxItems = 500;
    private const int MaxPurposes = 20;

    private static readonly string[] Sights = ["clear", "masked", "none"];

    private static readonly string[] Kinds = ["staff", "person", "partner"];

    private static readonly string[] Known = [.. Permissions.All.Order(StringComparer.Ordinal)];

    public static string? Name(JsonPlace place)
    {
        if (place.Required("name") is not { } member || member.Text(RoleNames.MaxLength) is not { } name)
        {
            return null;
        }

        if (NamePattern().IsMatch(name))
        {
            return name;
        }

        member.Wrong("pattern", "lower-case letters, digits and hyphens, beginning with a letter");
        return null;
    }

    public static CallerKind? Kind(JsonPlace place) =>
        place.Required("kind")?.Word(Kinds) is { } word ? Enum.Parse<CallerKind>(word, ignoreCase: true) : null;

    public static RoleContent Content(JsonPlace place, CallerKind kind, CatalogueNames names)
    {
        var content = new RoleContent
        {
            Kind = kind,
            Title = place.Required("title")?.Text(100) ?? "",
            Description = place.Member("description")?.Text(500),
            Purposes = place.Member("purposes")?.Distinct(MaxPurposes, PartnerReader.Purpose) ?? [],
            Permissions =
            [
                .. (place.Required("permissions")?.Distinct(MaxItems, p => p.Word(Known)) ?? []).Order(
                    StringComparer.Ordinal
                ),
            ],
            Classes = Classes(place.Member("classes")),
            Fields = Fields(place.Member("fields"), names),
            Population = PopulationReader.Read(place.Member("population"), names),
            CodeRequired = place.Member("codeRequired")?.Value.ValueKind == System.Text.Json.JsonValueKind.True,
        };
        Check(place, content);
        return content;
    }

    private static void Check(JsonPlace place, RoleContent content)
    {
        if (place.Problems.Count > 0)
        {
            return;
        }

        if (RoleRules.Fault(content) is { } fault)
        {
            place.Problems.Add(fault);
        }

        if (content.Kind == CallerKind.Partner)
        {
            // Whatever else narrows a partner is said of each partner.
            if (
                content.Purposes.Count > 0
                || content.Classes != ClassSights.None
                || content.Fields.Count > 0
                || content.Population is not null
                || content.CodeRequired
            )
            {
                place.Problems.Add(
                    new FieldProblem(
                        "kind",
                        "partner",
                        "a role of partners has permissions only; the rest is said of each partner"
                    )
                );
            }
        }
        else if (content.Purposes.Count == 0)
        {
            place.Problems.Add(new FieldProblem("purposes", "required", "at least one, for the log of disclosures"));
        }
    }

    private static ClassSights Classes(JsonPlace? place)
    {
        if (place is not { } given || !given.IsObject(["internal", "personal", "sensitive"]))
        {
            return ClassSights.None;
        }

        return new ClassSights(
            Sight(given.Member("internal")),
            Sight(given.Member("personal")),
            Sight(given.Member("sensitive"))
        );
    }

    private static Dictionary<string, FieldSight> Fields(JsonPlace? place, CatalogueNames names)
    {
        var fields = new Dictionary<string, FieldSight>();
        if (place is not { } given || given.Value.ValueKind != System.Text.Json.JsonValueKind.Object)
        {
            place?.Wrong("type", "an object: clear, masked or none by field id");
            return fields;
        }

        foreach (var member in given.Value.EnumerateObject().Take(MaxItems + 1))
        {
            if (fields.Count == MaxItems)
            {
                given.Wrong("length", $"at most {MaxItems} fields");
                break;
            }

            var at = new JsonPlace(member.Value, $"{given.Path}.{member.Name}", given.Problems);
            var found = names.Find(member.Name);
            if (found.Count != 1)
            {
                // The name itself is whatever was typed, so it is not repeated.
                given.Wrong("unknown", "each name is a field id or an identifier type of the catalogue");
            }
            else if (!fields.TryAdd(found.Single(), Sight(at)))
            {
                at.Wrong("duplicate", "each field once");
            }
        }

        return fields;
    }

    private static FieldSight Sight(JsonPlace? place) =>
        place?.Word(Sights) is { } word ? Enum.Parse<FieldSight>(word, ignoreCase: true) : FieldSight.None;

    [GeneratedRegex(@"^[a-z][a-z0-9-]*\z")]
    private static partial Regex NamePattern();
}
