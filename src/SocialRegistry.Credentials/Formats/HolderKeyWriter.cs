using System.Text.Json;
using SocialRegistry.Protection;

namespace SocialRegistry.Credentials;

/// <summary>The public members of a holder's key, and nothing it brought beside them.</summary>
internal static class HolderKeyWriter
{
    public static void WriteMembers(Utf8JsonWriter json, Jwk key)
    {
        Member(json, "crv"u8, key.Crv);
        Member(json, "e"u8, key.E);
        json.WriteString("kty"u8, key.Kty);
        Member(json, "n"u8, key.N);
        Member(json, "x"u8, key.X);
        Member(json, "y"u8, key.Y);
    }

    private static void Member(Utf8JsonWriter json, ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }
}
