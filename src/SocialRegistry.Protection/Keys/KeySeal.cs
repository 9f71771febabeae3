using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using NSec.Cryptography;

namespace SocialRegistry.Protection;

/// <summary>
/// Seals bytes with a passphrase: Argon2id (RFC 9106) makes a key, AES-256-GCM seals under it. The passphrase's key is kept, so that a
/// second write costs nothing.
/// </summary>
internal sealed class KeySeal(string passphrase, string kind)
{
    public const string Format = "social-registry-sealed-keys/1";

    private const int MemoryKiB = 64 * 1024;
    private const int Passes = 3;
    private const int NonceSize = 12;
    private const int TagSize = 16;
    private const int SaltSize = 16;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        MaxDepth = 4,
        AllowDuplicateProperties = false,
    };

    private (SealedKeys Parameters, byte[] Key)? known;

    public byte[] Seal(ReadOnlySpan<byte> clear)
    {
        if (known is null)
        {
            if (passphrase.Length < KeyStoreOptions.MinPassphraseLength)
            {
                throw new KeyStoreException(
                    $"The passphrase is too short: it needs at least {KeyStoreOptions.MinPassphraseLength} characters."
                );
            }

            var parameters = new SealedKeys
            {
                Format = Format,
                Kind = kind,
                MemoryKiB = MemoryKiB,
                Passes = Passes,
                Salt = RandomNumberGenerator.GetBytes(SaltSize),
                Sealed = [],
            };
            known = (parameters, Derive(parameters));
        }

        var bytes = new byte[NonceSize + clear.Length + TagSize];
        RandomNumberGenerator.Fill(bytes.AsSpan(0, NonceSize));
        using var aes = new System.Security.Cryptography.AesGcm(known.Value.Key, TagSize);
        aes.Encrypt(
            bytes.AsSpan(0, NonceSize),
            clear,
            bytes.AsSpan(NonceSize, clear.Length),
            bytes.AsSpan(NonceSize + clear.Length),
            known.Value.Parameters.Bound()
        );
        return JsonSerializer.SerializeToUtf8Bytes(known.Value.Parameters with { Sealed = bytes }, Json);
    }

    /// <returns>The clear bytes; <c>null</c> when the passphrase is another one or the file was altered.</returns>
    /// <exception cref="JsonException">Not a sealed file of this kind.</exception>
    public byte[]? Open(ReadOnlySpan<byte> file)
    {
        var parts = JsonSerializer.Deserialize<SealedKeys>(file, Json);
        if (
            parts is not { Format: Format, MemoryKiB: >= 8 and <= 1024 * 1024, Passes: >= 1 and <= 32 }
            || parts.Kind != kind
            || parts.Salt is not { Length: SaltSize }
            || parts.Sealed is not { Length: > NonceSize + TagSize }
        )
        {
            throw new JsonException();
        }

        var key = known is { } before && before.Parameters.SameKey(parts) ? before.Key : Derive(parts);
        var clear = new byte[parts.Sealed.Length - NonceSize - TagSize];
        try
        {
            using var aes = new System.Security.Cryptography.AesGcm(key, TagSize);
            aes.Decrypt(
                parts.Sealed.AsSpan(0, NonceSize),
                parts.Sealed.AsSpan(NonceSize, clear.Length),
                parts.Sealed.AsSpan(NonceSize + clear.Length),
                clear,
                parts.Bound()
            );
        }
        catch (CryptographicException)
        {
            return null;
        }

        known = (parts with { Sealed = [] }, key);
        return clear;
    }

    private byte[] Derive(SealedKeys parameters) =>
        PasswordBasedKeyDerivationAlgorithm
            .Argon2id(
                new Argon2Parameters
                {
                    DegreeOfParallelism = 1,
                    MemorySize = parameters.MemoryKiB,
                    NumberOfPasses = parameters.Passes,
                }
            )
            .DeriveBytes(Encoding.UTF8.GetBytes(passphrase), parameters.Salt, 32);
}

/// <summary>The sealed file.</summary>
internal sealed record SealedKeys
{
    public required string Format { get; init; }

    /// <summary><c>store</c> or <c>export</c>: one is not taken for the other.</summary>
    public required string Kind { get; init; }

    public string Kdf { get; init; } = "argon2id";

    public required int MemoryKiB { get; init; }

    public required int Passes { get; init; }

    public required byte[] Salt { get; init; }

    /// <summary>Nonce (12) · ciphertext · GCM tag (16).</summary>
    public required byte[] Sealed { get; init; }

    public byte[] Bound() => Encoding.UTF8.GetBytes($"{Format}|{Kind}|{Kdf}|{MemoryKiB}|{Passes}");

    public bool SameKey(SealedKeys other) =>
        MemoryKiB == other.MemoryKiB && Passes == other.Passes && Salt.AsSpan().SequenceEqual(other.Salt);
}
