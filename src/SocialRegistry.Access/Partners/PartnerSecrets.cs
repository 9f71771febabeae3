using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SocialRegistry.Protection;

namespace SocialRegistry.Access.Partners;

/// <summary>
/// Hashes of partner secrets: <c>v1$rounds$salt$HMAC-SHA256(key of this deployment, PBKDF2-SHA256(secret, salt, rounds))</c>.
/// Secrets are long and random (at least 16 characters), so few rounds do; a stolen table is worth nothing without the key.
/// </summary>
internal sealed class PartnerSecrets(IKeyRing keys)
{
    public const int MinLength = 16;
    public const int MaxLength = 256;

    private const int Rounds = 20_000;

    private readonly Lazy<byte[]> key = new(() => keys.Secret("access/partner-secrets"));

    public string Hash(string secret)
    {
        var salt = RandomNumberGenerator.GetBytes(16);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"v1${Rounds}${Base64Url.EncodeToString(salt)}${Base64Url.EncodeToString(Derive(secret, salt, Rounds))}"
        );
    }

    /// <summary>Compares in constant time. Without a stored hash it takes as long and says no, so that an unknown partner cannot be told from a wrong secret.</summary>
    public bool Matches(string? stored, string secret)
    {
        if (stored?.Split('$') is not ["v1", var rounds, var salt, var hash])
        {
            Derive(secret, new byte[16], Rounds);
            return false;
        }

        return CryptographicOperations.FixedTimeEquals(
            Base64Url.DecodeFromChars(hash),
            Derive(secret, Base64Url.DecodeFromChars(salt), int.Parse(rounds, CultureInfo.InvariantCulture))
        );
    }

    private byte[] Derive(string secret, byte[] salt, int rounds) =>
        HMACSHA256.HashData(
            key.Value,
            Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(secret), salt, rounds, HashAlgorithmName.SHA256, 32)
        );
}
