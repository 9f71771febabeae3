using System.Buffers.Text;

namespace SocialRegistry.LinkedData;

/// <summary>Coordinates in base64url.</summary>
internal static class Coordinates
{
    /// <summary>True when the text is the one base64url spelling of exactly that many bytes.</summary>
    public static bool TryRead(string? text, int size, out byte[] bytes)
    {
        bytes = [];
        if (text is null || text.Length > 128)
        {
            return false;
        }

        try
        {
            bytes = Base64Url.DecodeFromChars(text);
            return bytes.Length == size && Base64Url.EncodeToString(bytes) == text;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    /// <summary>True when the parts are a key of a known curve whose point lies on it.</summary>
    public static bool IsKey(PublicKeyParts key) =>
        key switch
        {
            { Kty: "OKP", Crv: "Ed25519", Y: null } => TryRead(key.X, 32, out _),
            { Kty: "EC" } when WeierstrassCurve.Of(key.Crv) is { } curve => TryRead(key.X, curve.Size, out var x)
                && TryRead(key.Y, curve.Size, out var y)
                && curve.Contains(x, y),
            _ => false,
        };
}
