using System.Text.Json;
using SocialRegistry.Contracts;

namespace SocialRegistry.Api.Relationships;

/// <summary>A person in a request: a registrant id as text, or an identifier <c>{"type":"UIN","value":"…"}</c>.</summary>
internal static class PersonReferences
{
    private const int MaxType = 60;
    private const int MaxValue = 200;

    /// <summary>The person named; <c>null</c> when the member is absent or null.</summary>
    public static Outcome<PersonReference?> Optional(JsonElement? value, string field) =>
        value switch
        {
            null or { ValueKind: JsonValueKind.Null } => (Outcome<PersonReference?>)(PersonReference?)null,
            { ValueKind: JsonValueKind.String } text => RegistrantId.TryParse(Text(text), out var id)
                ? PersonReference.Of(id)
                : Refuse(field),
            { ValueKind: JsonValueKind.Object } members => Identifier(members, field),
            _ => Refuse(field),
        };

    /// <summary>The same for one that must be there.</summary>
    public static Outcome<PersonReference> Required(JsonElement? value, string field)
    {
        var reference = Optional(value, field);
        return !reference.Succeeded && reference.Problem is { } problem ? problem
            : reference.Value is { } named ? named
            : Refuse(field);
    }

    private static Outcome<PersonReference?> Identifier(JsonElement members, string field)
    {
        string? type = null;
        string? value = null;
        foreach (var member in members.EnumerateObject())
        {
            switch (member.Name)
            {
                case "type" when member.Value.ValueKind == JsonValueKind.String:
                    type = Text(member.Value);
                    break;
                case "value" when member.Value.ValueKind == JsonValueKind.String:
                    value = Text(member.Value);
                    break;
                default:
                    return Refuse(field);
            }
        }

        return type is { Length: > 0 and <= MaxType } && value is { Length: > 0 and <= MaxValue }
            ? PersonReference.Of(new Identifier(type, value))
            : Refuse(field);
    }

    /// <summary>Half a surrogate pair is no text.</summary>
    private static string? Text(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static Problem Refuse(string field) =>
        Problem.Invalid(
            "relationships.reference_invalid",
            "A person is named by her registrant id, or by an identifier.",
            new FieldProblem(field, "reference", "Send a UUID, or {\"type\":\"UIN\",\"value\":\"…\"}.")
        );
}
