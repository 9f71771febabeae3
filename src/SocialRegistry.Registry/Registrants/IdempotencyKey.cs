using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SocialRegistry.Contracts;
using SocialRegistry.LinkedData;
using SocialRegistry.Protection;
using SocialRegistry.Registry.Persistence;

namespace SocialRegistry.Registry.Registrants;

/// <summary>A request that was carried out, written with the record it made.</summary>
internal sealed class IdempotencyKey
{
    public const int MaxLength = 100;

    public required string Caller { get; init; }

    public required string Key { get; init; }

    /// <summary>HMAC-SHA-256 of the request's content: a plain hash could be guessed back to the values.</summary>
    public required byte[] ContentHash { get; init; }

    public required Guid RegistrantId { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>JSON of the answer, where it cannot be made again from the record. Holds ids, kinds and days, no values.</summary>
    public string? Answer { get; init; }

    /// <summary>What is wrong with a key.</summary>
    public static Problem? Check(string? key) =>
        key is not null && (key.Length is 0 or > MaxLength || key.Any(char.IsControl))
            ? Problem.Invalid(
                "registrants.idempotency_key_invalid",
                $"An idempotency key has 1 to {MaxLength} printable characters."
            )
            : null;

    /// <summary>What has to be the same for the same key, as an HMAC of its canonical JSON (RFC 8785).</summary>
    public static byte[] HashOf(object content, IKeyRing keys) =>
        HMACSHA256.HashData(
            keys.Secret("idempotency/content"),
            Jcs.Canonicalize(JsonSerializer.SerializeToElement(content))
        );

    /// <summary>Whose key it is.</summary>
    public static string CallerOf(Caller caller) => caller.Kind.ToString().ToLowerInvariant() + ":" + caller.Id;

    /// <summary>The request of this caller that was carried out under the key; those older than <paramref name="oldest"/> are forgotten.</summary>
    public static async Task<IdempotencyKey?> FindAsync(
        RegistryDbContext db,
        Caller caller,
        string key,
        DateTimeOffset oldest,
        CancellationToken cancellationToken
    )
    {
        await db.IdempotencyKeys.Where(k => k.At < oldest).ExecuteDeleteAsync(cancellationToken);
        var owner = CallerOf(caller);
        return await db
            .IdempotencyKeys.AsNoTracking()
            .SingleOrDefaultAsync(k => k.Caller == owner && k.Key == key, cancellationToken);
    }
}

internal sealed class IdempotencyKeyConfiguration : IEntityTypeConfiguration<IdempotencyKey>
{
    public void Configure(EntityTypeBuilder<IdempotencyKey> builder)
    {
        builder.ToTable("idempotency_keys");
        builder.HasKey(k => new { k.Caller, k.Key });
        builder.Property(k => k.Caller).HasMaxLength(220);
        builder.Property(k => k.Key).HasMaxLength(IdempotencyKey.MaxLength);
        builder.HasIndex(k => k.At);
    }
}

internal static class IdempotencyKeyRows
{
    extension(RegistryDbContext db)
    {
        internal DbSet<IdempotencyKey> IdempotencyKeys => db.Set<IdempotencyKey>();
    }
}
