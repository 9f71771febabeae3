using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Changes;
using SocialRegistry.Registry.Persistence;

namespace SocialRegistry.Registry.Registrants;

/// <summary>The current row of a record.</summary>
internal sealed class Registrant
{
    private Registrant() { }

    public Registrant(RegistrantId id, string kind, DateTimeOffset now)
    {
        Id = id.Value;
        Kind = kind;
        Status = RegistrantStatuses.Active;
        Epoch = 1;
        RegisteredAt = now;
        UpdatedAt = now;
    }

    public Guid Id { get; private set; }

    public string Kind { get; private set; } = "";

    /// <summary>Number of the version that stands; 1 is the first.</summary>
    public long Version { get; private set; }

    /// <summary>Number of the last entry of the record's change log. Also moves with attestations and memberships, so two writers never share one.</summary>
    public long Sequence { get; private set; }

    public string Status { get; private set; } = "";

    /// <summary>Since when; absent as long as the record has its first status.</summary>
    public DateOnly? StatusOn { get; private set; }

    /// <summary>Values by field id: clear, or the base64url tail of SRF1.</summary>
    public string Values { get; private set; } = "{}";

    /// <summary>The record's identifiers, values as tails.</summary>
    public string Identifiers { get; private set; } = "[]";

    /// <summary>Which data keys the tails of this row belong to.</summary>
    public int Epoch { get; private set; }

    /// <summary>The key of the record's value hashes, protected under its personal data key.</summary>
    public byte[] HashKey { get; private set; } = [];

    /// <summary>With the status <c>merged</c>: the record that stands for this one now.</summary>
    public Guid? MergedInto { get; private set; }

    public DateTimeOffset RegisteredAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    /// <summary>When the last entry of the change log was recorded.</summary>
    public DateTimeOffset ChangedAt { get; private set; }

    /// <summary>Hash of the last entry of the change log.</summary>
    public byte[] ChainHash { get; private set; } = new byte[32];

    public bool IsArchived => Status == RegistrantStatuses.Archived;

    /// <summary>Its keys are destroyed: nothing protected of it can be read again.</summary>
    public bool IsErased => IsArchived && HashKey.Length == 0;

    /// <summary>Another record stands in its place, so it no longer changes.</summary>
    public bool IsMerged => Status == RegistrantStatuses.Merged;

    public RegistrantId RegistrantId => new(Id);

    public void MergeInto(Guid survivor) => MergedInto = survivor;

    public void KeepHashKey(byte[] protectedKey) => HashKey = protectedKey;

    /// <summary>Takes the next version.</summary>
    public void Write(StoredDocument document, DateTimeOffset now)
    {
        Version++;
        UpdatedAt = now;
        Status = document.Status;
        StatusOn = document.StatusOn;
        Values = document.ValuesJson();
        Identifiers = document.IdentifiersJson();
    }

    /// <summary>The moment of the next entry of the change log: never before the last one, whatever the clock says, so that numbers and times have one order.</summary>
    /// <param name="later">Also not at the same moment: what is read as of a moment is told apart by it.</param>
    public DateTimeOffset NextMoment(DateTimeOffset now, bool later)
    {
        var last = ChangedAt > UpdatedAt ? ChangedAt : UpdatedAt;
        return ChangedAt =
            now > last || Version == 0 ? now
            : later ? last.AddTicks(TimeSpan.TicksPerMicrosecond)
            : last;
    }

    /// <summary>Takes the next number of the change log.</summary>
    public long NextSequence() => ++Sequence;

    public void Chain(byte[] hash) => ChainHash = hash;

    public StoredDocument Document() => StoredDocument.Parse(Status, StatusOn, Values, Identifiers);
}

internal sealed class RegistrantConfiguration : IEntityTypeConfiguration<Registrant>
{
    public void Configure(EntityTypeBuilder<Registrant> builder)
    {
        builder.ToTable("registrants");
        builder.IsBound();
        builder.HasKey(r => r.Id);
        builder.Property(r => r.Id).ValueGeneratedNever();
        builder.Property(r => r.Kind).HasMaxLength(20);
        builder.Property(r => r.Status).HasMaxLength(20);
        builder.Property(r => r.Sequence).IsConcurrencyToken();
        builder.Property(r => r.Values).IsJson();
        builder.Property(r => r.Identifiers).IsJson();
        builder.Property(r => r.ChainHash).IsLoose();
        builder.Ignore(r => r.IsArchived);
        builder.Ignore(r => r.IsMerged);
        builder.Ignore(r => r.IsErased);
        builder.Ignore(r => r.RegistrantId);
    }
}

internal static class RegistrantRows
{
    extension(RegistryDbContext db)
    {
        internal DbSet<Registrant> Registrants => db.Set<Registrant>();
    }
}
