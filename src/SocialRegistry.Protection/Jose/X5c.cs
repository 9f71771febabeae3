using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;

namespace SocialRegistry.Protection;

/// <summary>Certificate chains in JOSE headers (RFC 7515 §4.1.6): read, and built to roots that the caller names. Nothing is fetched.</summary>
public static class X5c
{
    /// <summary>Most certificates of a chain.</summary>
    public const int MaxCertificates = 8;

    private const int MaxCertificateText = 16 * 1024;

    /// <summary>The <c>x5c</c> member of a header: DER certificates, leaf first. False when absent or malformed.</summary>
    public static bool TryRead(JsonElement header, [NotNullWhen(true)] out IReadOnlyList<byte[]>? chain)
    {
        chain = null;
        if (
            header.ValueKind != JsonValueKind.Object
            || !header.TryGetProperty("x5c", out var array)
            || array.ValueKind != JsonValueKind.Array
            || array.GetArrayLength() is 0 or > MaxCertificates
        )
        {
            return false;
        }

        var certificates = new List<byte[]>();
        foreach (var item in array.EnumerateArray())
        {
            if (
                item.ValueKind != JsonValueKind.String
                || JsonMarshal.GetRawUtf8Value(item).Length > MaxCertificateText
                || !item.TryGetBytesFromBase64(out var der)
            )
            {
                return false;
            }

            certificates.Add(der);
        }

        chain = certificates;
        return true;
    }

    /// <summary>The form of the header member: standard base64, padded.</summary>
    public static IReadOnlyList<string> Write(IReadOnlyList<byte[]> chain) => [.. chain.Select(Convert.ToBase64String)];

    /// <summary>The public key of the first certificate: EC P-256, P-384 or RSA.</summary>
    public static bool TryReadKey(IReadOnlyList<byte[]> chain, [NotNullWhen(true)] out Jwk? key)
    {
        key = null;
        try
        {
            if (chain.Count == 0)
            {
                return false;
            }

            using var leaf = X509CertificateLoader.LoadCertificate(chain[0]);
            key = KeyOf(leaf);
            return key is not null && JwkRules.IsSupported(key) && JwkRules.Problem(key) is null;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    /// <summary>
    /// True when each certificate is signed by the next, the last by one of <paramref name="roots"/>, all are valid at
    /// <paramref name="at"/>, and the leaf may sign and is not itself a root. No revocation is asked for and nothing is fetched.
    /// </summary>
    /// <param name="key">The leaf's public key, with which the signature is to be checked.</param>
    public static bool TryVerify(
        IReadOnlyList<byte[]> chain,
        IReadOnlyList<byte[]> roots,
        DateTimeOffset at,
        [NotNullWhen(true)] out Jwk? key
    )
    {
        key = null;
        return chain.Count is > 0 and <= MaxCertificates
            && roots.Count > 0
            && CertificatePath.Builds(chain, roots, at)
            && TryReadKey(chain, out key);
    }

    private static Jwk? KeyOf(X509Certificate2 certificate)
    {
        using var ec = certificate.GetECDsaPublicKey();
        if (ec is not null)
        {
            var parameters = ec.ExportParameters(false);
            return new Jwk
            {
                Kty = "EC",
                Crv = parameters.Curve.Oid.Value switch
                {
                    "1.2.840.10045.3.1.7" => "P-256",
                    "1.3.132.0.34" => "P-384",
                    _ => null,
                },
                X = Base64Url.EncodeToString(parameters.Q.X),
                Y = Base64Url.EncodeToString(parameters.Q.Y),
            };
        }

        using var rsa = certificate.GetRSAPublicKey();
        if (rsa is null)
        {
            return null;
        }

        var numbers = rsa.ExportParameters(false);
        return new Jwk
        {
            Kty = "RSA",
            N = Base64Url.EncodeToString(numbers.Modulus),
            E = Base64Url.EncodeToString(numbers.Exponent),
        };
    }
}
