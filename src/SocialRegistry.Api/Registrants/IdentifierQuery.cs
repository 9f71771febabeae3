using System.Text.Json;
using SocialRegistry.Contracts;

namespace SocialRegistry.Api.Registrants;

/// <summary>The one node of the query tree that this version searches by.</summary>
internal static class IdentifierQuery
{
    public static Outcome<Identifier> Parse(JsonElement query)
    {
        if (query.ValueKind != JsonValueKind.Object)
        {
            return Refuse("A query is an object such as {\"identifier\":{\"type\":\"UIN\",\"value\":\"…\"}}.");
        }

        var nodes = query.EnumerateObject().ToList();
        if (nodes is not [{ Name: "identifier", Value.ValueKind: JsonValueKind.Object }])
        {
            return Refuse(
                "This version searches by one 'identifier' node; other operators are refused, never ignored."
            );
        }

        string? type = null;
        string? value = null;
        foreach (var member in nodes[0].Value.EnumerateObject())
        {
            switch (member.Name, member.Value.ValueKind)
            {
                case ("type", JsonValueKind.String):
                    type = Text(member.Value);
                    break;
                case ("value", JsonValueKind.String):
                    value = Text(member.Value);
                    break;
                default:
                    return Refuse("An identifier has the text members 'type' and 'value' and no other.");
            }
        }

        return type is { Length: > 0 } && value is { Length: > 0 and <= 200 }
            ? new Identifier(type, value)
            : Refuse("An identifier needs 'type' and 'value' (1 to 200 characters).");
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

    private static Problem Refuse(string detail) => Problem.Invalid("search.query_invalid", detail);
}
