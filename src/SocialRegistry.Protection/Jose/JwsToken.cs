using System.Text.Json;

namespace SocialRegistry.Protection;

/// <summary>A parsed, not yet checked JWS.</summary>
public sealed record JwsToken(JsonElement Header, byte[] Payload, byte[] SigningInput, byte[] Signature)
{
    /// <summary>The <c>alg</c> header, or the empty string.</summary>
    public string Algorithm => Text("alg") ?? "";

    /// <summary>A header member when it is a string.</summary>
    public string? Text(string name)
    {
        if (!Header.TryGetProperty(name, out var value) || value.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, or bytes that are not UTF-8: no text.
            return null;
        }
    }
}
