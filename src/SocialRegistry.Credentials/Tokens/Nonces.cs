using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using SocialRegistry.Credentials.Persistence;
using SocialRegistry.Protection;

namespace SocialRegistry.Credentials.Tokens;

/// <summary>
/// Nonces for key proofs (OpenID4VCI 1.0 §7). One is its random part, its end and an authentication tag, so that asking for one writes
/// nothing; using one leaves a row, so that it works once, in all processes together.
/// </summary>
internal sealed class Nonces(
    IDbContextFactory<CredentialsDbContext> contexts,
    CredentialSecrets secrets,
    IOptions<CredentialsOptions> options,
    TimeProvider time
)
{
    private const int RandomSize = 16;
    private const int BodySize = RandomSize + sizeof(long);
    private const int TagSize = 16;

    /// <summary>In seconds.</summary>
    public int ExpiresIn => options.Value.NonceMinutes * 60;

    public string New()
    {
        Span<byte> nonce = stackalloc byte[BodySize + TagSize];
        RandomNumberGenerator.Fill(nonce[..RandomSize]);
        BinaryPrimitives.WriteInt64BigEndian(
            nonce[RandomSize..],
            time.GetUtcNow().AddSeconds(ExpiresIn).ToUnixTimeSeconds()
        );
        secrets.NonceTag(nonce[..BodySize]).AsSpan(0, TagSize).CopyTo(nonce[BodySize..]);
        return Base64Url.EncodeToString(nonce);
    }

    /// <summary>True when every nonce is ours, fresh and unused; from then on they are used. Otherwise none is.</summary>
    public async Task<bool> UseAsync(IEnumerable<string> nonces, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        foreach (var nonce in nonces.Distinct(StringComparer.Ordinal))
        {
            if (!TryRead(nonce, out var id, out var expiresAt) || expiresAt <= now)
            {
                return false;
            }

            db.UsedNonces.Add(new UsedNonce { Id = id, ExpiresAt = expiresAt });
        }

        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (DbUpdateException)
        {
            // Most likely the key is taken: then it was used before. Anything else goes on as what it is.
            var ids = db.UsedNonces.Local.Select(nonce => nonce.Id).ToList();
            db.ChangeTracker.Clear();
            if (await db.UsedNonces.AnyAsync(nonce => ids.Contains(nonce.Id), cancellationToken))
            {
                return false;
            }

            throw;
        }
    }

    private bool TryRead(string text, out Guid id, out DateTimeOffset expiresAt)
    {
        (id, expiresAt) = (default, default);
        if (
            !StrictBase64Url.TryDecode(text, out var nonce)
            || nonce.Length != BodySize + TagSize
            || !CryptographicOperations.FixedTimeEquals(
                secrets.NonceTag(nonce.AsSpan(0, BodySize)).AsSpan(0, TagSize),
                nonce.AsSpan(BodySize)
            )
        )
        {
            return false;
        }

        id = new Guid(nonce.AsSpan(0, RandomSize));
        expiresAt = DateTimeOffset.FromUnixTimeSeconds(
            BinaryPrimitives.ReadInt64BigEndian(nonce.AsSpan(RandomSize, sizeof(long)))
        );
        return true;
    }
}
