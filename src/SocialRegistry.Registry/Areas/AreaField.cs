using System.Text.Json;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Fields;

namespace SocialRegistry.Registry.Areas;

/// <summary>The field that says in which area a person or household lives.</summary>
internal static class AreaField
{
    /// <summary>The same for both kinds of record.</summary>
    public const string Id = "area";

    /// <summary>
    /// Why a record may not take this area: once there are areas, its code must be one of them that holds on the day from which the
    /// value holds. A value that stands already is not asked again, so that closing an area leaves records editable.
    /// </summary>
    public static FieldProblem? Check(FieldView field, JsonElement value, IAreaTree areas, DateOnly day)
    {
        if (field is not { Id: Id, Repeated: false } || value.ValueKind != JsonValueKind.String || areas.IsEmpty)
        {
            return null;
        }

        var code = value.GetString()!;
        return !areas.Knows(code) ? new FieldProblem(Id, "unknown", "There is no area of this code.")
            : !areas.IsValid(code, day)
                ? new FieldProblem(Id, "closed", "The area, or one above it, does not hold on this day.")
            : null;
    }
}
