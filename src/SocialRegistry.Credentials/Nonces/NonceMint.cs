using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using SocialRegistry.Protection;

namespace SocialRegistry.Credentials.Nonces;

/// <summary>
/// Nonces for key proofs (OpenID4VCI 1.0 §7): 8 bytes expiry, 16 random bytes, 16 bytes of HMAC. Making one writes nothing, so that
/// strangers cannot fill a table; spending one does.
/// </summary>
internal sealed class NonceMint(IKeyRing keys, IOptions<CredentialsOptions> options, TimeProvider time)
{
    private const int TimeSize = 8;
    private const int RandomSize = 16;
    private const int TagSize = 16;
    private const int Size = TimeSize + RandomSize + TagSize;

    private readonly Lazy<byte[]> key = new(() => keys.Secret("credentials/nonce"));

    /// <summary>Seconds a nonce lives.</summary>
    public int LifeSeconds => options.Value.NonceSeconds;

    public string New()
    {
        Span<byte> nonce = stackalloc byte[Size];
        BinaryPrimitives.WriteInt64BigEndian(nonce, time.GetUtcNow().AddSeconds(LifeSeconds).ToUnixTimeSeconds());
        RandomNumberGenerator.Fill(nonce.Slice(TimeSize, RandomSize));
        Tag(nonce[..^TagSize], nonce[^TagSize..]);
        return Base64Url.EncodeToString(nonce);
    }

    /// <summary>True for a nonce of ours that has not expired; whether it was spent is the database's to say.</summary>
    public bool TryRead(string text, out UsedNonce nonce)
    {
        nonce = default!;
        if (!StrictBase64Url.TryDecode(text, out var bytes) || bytes.Length != Size)
        {
            return false;
        }

        Span<byte> tag = stackalloc byte[TagSize];
        Tag(bytes.AsSpan(..^TagSize), tag);
        var expires = BinaryPrimitives.ReadInt64BigEndian(bytes);
        if (
            !CryptographicOperations.FixedTimeEquals(tag, bytes.AsSpan(^TagSize..))
            || expires <= time.GetUtcNow().ToUnixTimeSeconds()
        )
        {
            return false;
        }

        nonce = new UsedNonce
        {
            Nonce = bytes.AsSpan(TimeSize, RandomSize).ToArray(),
            ExpiresAt = DateTimeOffset.FromUnixTimeSeconds(expires),
        };
        return true;
    }

    private void Tag(ReadOnlySpan<byte> signed, Span<byte> tag)
    {
        Span<byte> whole = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key.Value, signed, whole);
        whole[..TagSize].CopyTo(tag);
    }
}
