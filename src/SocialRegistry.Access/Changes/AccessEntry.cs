using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SocialRegistry.Access.Persistence;
using SocialRegistry.Contracts;

namespace SocialRegistry.Access.Changes;

/// <summary>One change of what somebody may do: who made it, and what was before and after. No secret, no identifier of a person stands here.</summary>
internal sealed class AccessEntry
{
    /// <summary>A version-7 UUID: sorts by time.</summary>
    public required Guid Id { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary><c>staff</c>, <c>partner</c>, <c>person</c> or <c>system</c> (the bootstrap file, the first start).</summary>
    public required string ActorKind { get; init; }

    public required string Actor { get; init; }

    /// <summary>Such as <c>users.created</c>.</summary>
    public required string Action { get; init; }

    /// <summary><c>user</c>, <c>role</c> or <c>partner</c>.</summary>
    public required string TargetKind { get; init; }

    /// <summary>User name, name of the role, id of the partner.</summary>
    public required string Target { get; init; }

    /// <summary>JSON object: by member, <c>old</c> and <c>new</c>.</summary>
    public required string Changes { get; init; }

    public string? RequestId { get; init; }

    /// <summary>From 1 without gaps; absent of entries from before there was a chain, which the first of it covers.</summary>
    public long? Number { get; set; }

    /// <summary>Hash of the entry before (<see cref="AccessChain"/>).</summary>
    public byte[] PreviousHash { get; set; } = [];

    public byte[] Hash { get; set; } = [];

    public static AccessEntry Of(
        string action,
        string targetKind,
        string target,
        JsonObject changes,
        Caller caller,
        DateTimeOffset now
    ) =>
        new()
        {
            Id = EntryIds.Next(now),
            // As both databases keep it, for it is hashed.
            At = DateTimeOffset.FromUnixTimeMilliseconds(now.ToUnixTimeMilliseconds()),
            ActorKind = caller.Kind.ToString().ToLowerInvariant(),
            Actor = caller.Id,
            Action = action,
            TargetKind = targetKind,
            Target = target,
            Changes = changes.ToJsonString(),
            RequestId = caller.RequestId,
        };
}

internal sealed class AccessEntryTable : IEntityTypeConfiguration<AccessEntry>
{
    public void Configure(EntityTypeBuilder<AccessEntry> builder)
    {
        builder.ToTable("changes");
        builder.HasKey(e => e.Id);
        builder.HasIndex(e => new { e.TargetKind, e.Target });
        builder.HasIndex(e => e.Number).IsUnique();
        builder.Property(e => e.Number).HasColumnName("number");
        builder.Property(e => e.PreviousHash).HasColumnName("previous_hash");
        builder.Property(e => e.Hash).HasColumnName("hash");
        builder.Property(e => e.Id).HasColumnName("id").ValueGeneratedNever();
        builder.Property(e => e.At).HasColumnName("at");
        builder.Property(e => e.ActorKind).HasColumnName("actor_kind").HasMaxLength(20);
        builder.Property(e => e.Actor).HasColumnName("actor").HasMaxLength(200);
        builder.Property(e => e.Action).HasColumnName("action").HasMaxLength(60);
        builder.Property(e => e.TargetKind).HasColumnName("target_kind").HasMaxLength(20);
        builder.Property(e => e.Target).HasColumnName("target").HasMaxLength(200);
        builder.Property(e => e.Changes).HasColumnName("changes");
        builder.Property(e => e.RequestId).HasColumnName("request_id").HasMaxLength(200);
    }
}

internal static class AccessEntrySet
{
    extension(AccessDbContext db)
    {
        internal DbSet<AccessEntry> Changes => db.Set<AccessEntry>();
    }
}
