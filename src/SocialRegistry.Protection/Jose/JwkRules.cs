namespace SocialRegistry.Protection;

/// <summary>What a public key must look like.</summary>
internal static class JwkRules
{
    private const int MinRsaBytes = 256;
    private const int MaxRsaBytes = 1024;

    public static bool IsSupported(Jwk key) =>
        (key.Kty, key.Crv) switch
        {
            ("EC", "P-256" or "P-384" or "secp256k1") => true,
            ("OKP", "Ed25519") => true,
            ("RSA", null) => true,
            _ => false,
        };

    /// <summary>What is wrong with a supported key; <c>null</c> when nothing is. Points are checked to lie on their curve.</summary>
    public static string? Problem(Jwk key) =>
        ShapeProblem(key)
        ?? (key.Kty == "EC" && !EcKeys.IsOnCurve(key) ? "The key's point is not on its curve." : null);

    /// <summary>The same without looking whether a point lies on its curve.</summary>
    public static string? ShapeProblem(Jwk key)
    {
        if (key.Kty == "RSA")
        {
            return IsRsa(key)
                ? null
                : "The RSA key's 'n' or 'e' is missing, damaged, weak, or not of 2048 to 8192 bits.";
        }

        var size = key.Crv == "P-384" ? 48 : 32;
        return !IsCoordinate(key.X, size) || (key.Kty == "EC" && !IsCoordinate(key.Y, size))
            ? $"The key's coordinates must each be {size} bytes in base64url."
            : null;
    }

    private static bool IsCoordinate(string? text, int size) =>
        text is not null && StrictBase64Url.TryDecode(text, out var bytes) && bytes.Length == size;

    private static bool IsRsa(Jwk key) =>
        key.N is not null
        && key.E is not null
        && StrictBase64Url.TryDecode(key.N, out var n)
        && StrictBase64Url.TryDecode(key.E, out var e)
        && n is { Length: >= MinRsaBytes and <= MaxRsaBytes }
        && n[0] != 0
        && (n[^1] & 1) == 1
        && (n.Length > MinRsaBytes || n[0] >= 0x80)
        && e is { Length: >= 1 and <= 4 }
        && e[0] != 0
        && (e[^1] & 1) == 1
        && !(e.Length == 1 && e[0] == 1)
        && !RocaKeys.IsOne(n);
}
