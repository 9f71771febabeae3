using System.Security.Cryptography;

namespace SocialRegistry.Protection;

/// <summary>Public keys on elliptic curves.</summary>
internal static class EcKeys
{
    /// <exception cref="CryptographicException">Not a point of the curve.</exception>
    public static ECDsa Import(Jwk key)
    {
        if (
            !StrictBase64Url.TryDecode(key.X, out var x)
            || !StrictBase64Url.TryDecode(key.Y, out var y)
            || Curve(key.Crv) is not { } curve
        )
        {
            throw new CryptographicException("Not an elliptic curve key.");
        }

        return ECDsa.Create(
            new ECParameters
            {
                Curve = curve,
                Q = new ECPoint { X = x, Y = y },
            }
        );
    }

    public static bool IsOnCurve(Jwk key)
    {
        try
        {
            using var imported = Import(key);
            return true;
        }
        catch (Exception e) when (e is CryptographicException or PlatformNotSupportedException)
        {
            return false;
        }
    }

    private static ECCurve? Curve(string? name) =>
        name switch
        {
            "P-256" => ECCurve.NamedCurves.nistP256,
            "P-384" => ECCurve.NamedCurves.nistP384,
            "secp256k1" => ECCurve.CreateFromValue("1.3.132.0.10"),
            _ => null,
        };
}
