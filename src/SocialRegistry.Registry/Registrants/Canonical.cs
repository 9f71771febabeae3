using System.Text;
using System.Text.Json;
using SocialRegistry.LinkedData;

namespace SocialRegistry.Registry.Registrants;

/// <summary>The canonical form of values (RFC 8785): what is protected, compared and hashed.</summary>
internal static class Canonical
{
    public static byte[] Bytes(JsonElement value) => Jcs.Canonicalize(value);

    public static string Text(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? "\"" + value.GetString() : Encoding.UTF8.GetString(Bytes(value));

    public static bool Same(JsonElement one, JsonElement other) =>
        one.ValueKind == other.ValueKind && Text(one) == Text(other);
}
