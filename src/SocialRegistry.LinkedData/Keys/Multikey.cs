using System.Buffers.Text;

namespace SocialRegistry.LinkedData;

/// <summary>
/// Public keys as Multikey texts (W3C Controlled Identifiers 1.0 §2.2.2): a multicodec prefix and the raw Ed25519 key or the compressed
/// point, in base58btc.
/// </summary>
public static class Multikey
{
    private static readonly (string Kty, string Crv, byte[] Prefix, int Size)[] Codecs =
    [
        ("OKP", "Ed25519", [0xED, 0x01], 32),
        ("EC", "P-256", [0x80, 0x24], 32),
        ("EC", "P-384", [0x81, 0x24], 48),
        ("EC", "secp256k1", [0xE7, 0x01], 32),
    ];

    /// <exception cref="ArgumentException">A curve that has no Multikey here, or coordinates of the wrong length.</exception>
    public static string Encode(PublicKeyParts key)
    {
        var codec = Array.Find(Codecs, codec => codec.Crv == key.Crv && codec.Kty == key.Kty);
        if (
            codec.Prefix is null
            || !Coordinates.TryRead(key.X, codec.Size, out var x)
            || (key.Kty == "EC" && !Coordinates.TryRead(key.Y, codec.Size, out _))
        )
        {
            throw new ArgumentException("The key cannot be written as a Multikey.", nameof(key));
        }

        if (key.Kty == "OKP")
        {
            return Multibase.EncodeBase58Btc([.. codec.Prefix, .. x]);
        }

        Coordinates.TryRead(key.Y, codec.Size, out var y);
        var sign = (byte)(2 | (y[^1] & 1));
        return Multibase.EncodeBase58Btc([.. codec.Prefix, sign, .. x]);
    }

    /// <summary>False for another kind of key, a wrong length, or a point that is not on its curve.</summary>
    public static bool TryDecode(string? text, out PublicKeyParts key)
    {
        key = default!;
        if (text is not ['z', ..] || !Multibase.TryDecode(text, out var bytes))
        {
            return false;
        }

        var codec = Array.Find(Codecs, codec => bytes.AsSpan().StartsWith(codec.Prefix));
        var raw = codec.Prefix is null ? [] : bytes.AsSpan(codec.Prefix.Length);
        if (codec.Prefix is null || raw.Length != codec.Size + (codec.Kty == "EC" ? 1 : 0))
        {
            return false;
        }

        if (codec.Kty == "OKP")
        {
            key = new PublicKeyParts(codec.Kty, codec.Crv, Base64Url.EncodeToString(raw), null);
            return true;
        }

        if (!WeierstrassCurve.Of(codec.Crv)!.TryDecompress(raw, out var y))
        {
            return false;
        }

        key = new PublicKeyParts(codec.Kty, codec.Crv, Base64Url.EncodeToString(raw[1..]), Base64Url.EncodeToString(y));
        return true;
    }
}
