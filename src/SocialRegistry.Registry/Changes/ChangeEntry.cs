using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Persistence;

namespace SocialRegistry.Registry.Changes;

/// <summary>One entry of a record's change log, chained to the one before by its hash. Never altered.</summary>
internal sealed class ChangeEntry
{
    public required Guid RegistrantId { get; init; }

    /// <summary>1 for the first entry of the record.</summary>
    public required long Sequence { get; init; }

    /// <summary><see cref="ChangeOperations"/>.</summary>
    public required string Operation { get; init; }

    /// <summary>The version that stood after it.</summary>
    public required long Version { get; init; }

    public required DateTimeOffset RecordedAt { get; init; }

    public required DateOnly EffectiveOn { get; init; }

    public required string ActorKind { get; init; }

    public required string Actor { get; init; }

    public required string Channel { get; init; }

    public string? RequestId { get; init; }

    /// <summary>JSON of a <see cref="ChangeDecision"/> when the change was asked for and agreed to: the request, its maker, who agreed.</summary>
    public string? Decision { get; init; }

    /// <summary>Base64url tail: people write names into reasons.</summary>
    public string? Reason { get; init; }

    /// <summary>Data keys of the tails in <see cref="Fields"/> and <see cref="Reason"/>.</summary>
    public required int Epoch { get; init; }

    /// <summary>JSON: by field id the <c>old</c> and <c>new</c> value in stored form.</summary>
    public required string Fields { get; set; }

    /// <summary>
    /// JSON: the rows that the entry's transaction wrote, each as <c>[table, key without the registrant, hash]</c>, the hash null when the
    /// row was removed. The last entry of a record in a transaction names them; the others name none.
    /// </summary>
    public string Rows { get; set; } = "[]";

    /// <summary>16 random bytes that go into the hashes of content and rows; without them short contents could be guessed from the hash.</summary>
    public byte[] Salt { get; set; } = [];

    /// <summary>Hash of salt, reason and fields, for who checks the log without seeing contents.</summary>
    public byte[] ContentHash { get; set; } = [];

    /// <summary>Hash of the entry before; 32 zero bytes before the first.</summary>
    public byte[] PreviousHash { get; set; } = [];

    /// <summary>Empty until the transaction is written (<see cref="ChangeBinding"/>).</summary>
    public byte[] Hash { get; set; } = [];
}

internal static class ChangeOperations
{
    public const string Created = "created";
    public const string Updated = "updated";
    public const string Archived = "archived";
    public const string Restored = "restored";
    public const string StatusChanged = "status_changed";
    public const string Attested = "attested";
    public const string AttestationExpired = "attestation_expired";
    public const string MemberAdded = "member_added";
    public const string MemberChanged = "member_changed";
    public const string ParentsChanged = "parents_changed";
    public const string SpousesChanged = "spouses_changed";
    public const string RelationChanged = "relation_changed";
    public const string MemberEnded = "member_ended";
    public const string Merged = "merged";
    public const string Dissolved = "dissolved";
    public const string DocumentAdded = "document_added";
    public const string DocumentRemoved = "document_removed";
    public const string ConsentGiven = "consent_given";
    public const string ConsentWithdrawn = "consent_withdrawn";
    public const string ErasureRequested = "erasure_requested";
    public const string ErasureRefused = "erasure_refused";
    public const string Erased = "erased";

    /// <summary>Joined a named version, unchanged.</summary>
    public const string Joined = "joined";
}

internal sealed class ChangeConfiguration : IEntityTypeConfiguration<ChangeEntry>
{
    public void Configure(EntityTypeBuilder<ChangeEntry> builder)
    {
        builder.ToTable("changes");
        builder.HasKey(c => new { c.RegistrantId, c.Sequence });
        builder.Property(c => c.Sequence).ValueGeneratedNever();
        builder.Property(c => c.Operation).HasMaxLength(40);
        builder.Property(c => c.ActorKind).HasMaxLength(20);
        builder.Property(c => c.Actor).HasMaxLength(200);
        builder.Property(c => c.Channel).HasMaxLength(40);
        builder.Property(c => c.RequestId).HasMaxLength(200);
    }
}

internal static class ChangeEntries
{
    extension(RegistryDbContext db)
    {
        internal DbSet<ChangeEntry> Changes => db.Set<ChangeEntry>();
    }
}
