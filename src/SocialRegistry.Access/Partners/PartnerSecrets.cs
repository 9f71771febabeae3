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

    /// <summary>A new secret: 32 random bytes in 43 characters.</summary>
    public static string Make() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <param name="beside">A hash that will count at the same time; the new one shares its salt, so that one derivation checks both.</param>
    public string Hash(string secret, string? beside = null)
    {
        var salt = beside?.Split('$') is ["v1", _, var shared, _]
            ? Base64Url.DecodeFromChars(shared)
            : RandomNumberGenerator.GetBytes(16);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"v1${Rounds}${Base64Url.EncodeToString(salt)}${Base64Url.EncodeToString(Derive(secret, salt, Rounds))}"
        );
    }

    /// <summary>Compares in constant time. Without a stored hash it takes as long and says no, so that an unknown partner cannot be told from a wrong secret.</summary>
    /// <param name="beside">Another hash that counts too; made with the same salt.</param>
    public bool Matches(string? stored, string secret, string? beside = null)
    {
        if (stored?.Split('$') is not ["v1", var rounds, var salt, var hash])
        {
            Derive(secret, new byte[16], Rounds);
            return false;
        }

        var derived = Derive(secret, Base64Url.DecodeFromChars(salt), int.Parse(rounds, CultureInfo.InvariantCulture));
        var isOther =
            beside?.Split('$') is ["v1", var otherRounds, var otherSalt, var other]
            && (otherRounds, otherSalt) == (rounds, salt)
            && CryptographicOperations.FixedTimeEquals(Base64Url.DecodeFromChars(other), derived);
        return CryptographicOperations.FixedTimeEquals(Base64Url.DecodeFromChars(hash), derived) || isOther;
    }

    private byte[] Derive(string secret, byte[] salt, int rounds) =>
        HMACSHA256.HashData(
            key.Value,
            Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(secret), salt, rounds, HashAlgorithmName.SHA256, 32)
        );
}
