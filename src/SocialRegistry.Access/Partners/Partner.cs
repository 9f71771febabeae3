using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SocialRegistry.Access.Persistence;
using SocialRegistry.Contracts;

namespace SocialRegistry.Access.Partners;

/// <summary>A system that may call, as stored.</summary>
internal sealed class Partner
{
    private Partner() { }

    public Partner(string id, DateTimeOffset now)
    {
        Id = id;
        CreatedAt = now;
        UpdatedAt = now;
    }

    public string Id { get; private set; } = "";

    /// <summary>By <see cref="PartnerSecrets"/>; absent for a partner that signs its assertions.</summary>
    public string? SecretHash { get; private set; }

    /// <summary>When the secret that counts was set.</summary>
    public DateTimeOffset? SecretSetAt { get; private set; }

    /// <summary>The secret before, while both are taken.</summary>
    public string? PreviousSecretHash { get; private set; }

    /// <summary>From then on <see cref="PreviousSecretHash"/> counts no longer.</summary>
    public DateTimeOffset? PreviousSecretUntil { get; private set; }

    /// <summary>JWK set as JSON text.</summary>
    public string? Jwks { get; private set; }

    public List<string> Scopes { get; private set; } = [];

    /// <summary>Field ids, or <c>*</c> alone for all.</summary>
    public List<string> Attributes { get; private set; } = [];

    public List<string> Filters { get; private set; } = [];

    /// <summary>Query as JSON text: only records of which it is true. Absent means any.</summary>
    public string? Population { get; private set; }

    public List<string> Purposes { get; private set; } = [];

    public List<string> CallbackHosts { get; private set; } = [];

    public string Signature { get; private set; } = "optional";

    public string Dialect { get; private set; } = "dci-2025-12";

    /// <summary>Name of the organisation.</summary>
    public string? Name { get; private set; }

    public string? LegalGround { get; private set; }

    /// <summary>One of <see cref="PartnerConsent"/>.</summary>
    public string Consent { get; private set; } = PartnerConsent.Off;

    public bool Suspended { get; private set; }

    /// <summary>For good: its id is never given to another.</summary>
    public bool Retired { get; private set; }

    /// <summary>One more with every change; the partner's ETag.</summary>
    public long Version { get; private set; } = 1;

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    public bool IsActive => !Suspended && !Retired;

    /// <summary>The secret before, if it still counts.</summary>
    public string? PreviousSecret(DateTimeOffset now) => PreviousSecretUntil > now ? PreviousSecretHash : null;

    /// <summary>The secret that the bootstrap file gives; no other one counts beside it.</summary>
    public void SetSecret(string? hash, DateTimeOffset now)
    {
        if (hash != SecretHash)
        {
            (SecretHash, PreviousSecretHash, PreviousSecretUntil) = (hash, null, null);
            SecretSetAt = hash is null ? null : now;
        }
    }

    /// <summary>Takes another secret; the one that stands counts until then.</summary>
    public void RotateSecret(string hash, DateTimeOffset? previousUntil, DateTimeOffset now)
    {
        PreviousSecretHash = previousUntil is null ? null : SecretHash;
        PreviousSecretUntil = PreviousSecretHash is null ? null : previousUntil;
        SecretHash = hash;
        SecretSetAt = now;
        Touch(now);
    }

    /// <summary>Takes over what is said of a partner; secret and suspension stay.</summary>
    public void Apply(PartnerEntry entry)
    {
        Jwks = entry.Jwks;
        Signature = entry.Signature;
        Dialect = entry.Dialect;
        Name = entry.Name;
        LegalGround = entry.LegalGround;
        Consent = entry.Consent;
        Scopes = Kept(Scopes, entry.Scopes);
        Attributes = Kept(Attributes, entry.Attributes);
        Filters = Kept(Filters, entry.Filters);
        Population = entry.Population;
        Purposes = Kept(Purposes, entry.Purposes);
        CallbackHosts = Kept(CallbackHosts, entry.CallbackHosts);
    }

    public void Touch(DateTimeOffset now)
    {
        Version++;
        UpdatedAt = now;
    }

    public void Suspend(bool suspended, DateTimeOffset now)
    {
        Suspended = suspended;
        Touch(now);
    }

    /// <summary>It is let in no longer, and neither secret nor key of it stays.</summary>
    public void Retire(DateTimeOffset now)
    {
        Retired = true;
        SetSecret(null, now);
        Jwks = null;
        Touch(now);
    }

    public PartnerView ToView() =>
        new()
        {
            Id = Id,
            Scopes = Scopes.ToHashSet(),
            Attributes = Scope(Attributes),
            Filters = Scope(Filters),
            Rows = new RowScope
            {
                Population = Population is null ? null : QueryReader.Read(Population, "population").Require(),
                WithConsent = Consent == PartnerConsent.RequiredRecord,
            },
            Name = Name,
            LegalGround = LegalGround,
            Consent = Consent,
            Purposes = [.. Purposes],
            Signature = Signature,
            Dialect = Dialect,
            Jwks = Jwks,
        };

    private static FieldScope Scope(List<string> ids) => ids is ["*"] ? FieldScope.All : FieldScope.Of(ids);

    /// <summary>The old list when it says the same, so that nothing is written.</summary>
    private static List<string> Kept(List<string> old, IReadOnlyList<string> given) =>
        old.SequenceEqual(given) ? old : [.. given];
}

internal sealed class PartnerTable : IEntityTypeConfiguration<Partner>
{
    public void Configure(EntityTypeBuilder<Partner> builder)
    {
        builder.ToTable("partners");
        builder.HasKey(p => p.Id);
        builder.Property(p => p.Id).HasColumnName("id").HasMaxLength(100);
        builder.Property(p => p.SecretHash).HasColumnName("secret_hash").HasMaxLength(200);
        builder.Property(p => p.SecretSetAt).HasColumnName("secret_set_at");
        builder.Property(p => p.PreviousSecretHash).HasColumnName("previous_secret_hash").HasMaxLength(200);
        builder.Property(p => p.PreviousSecretUntil).HasColumnName("previous_secret_until");
        builder.Property(p => p.Jwks).HasColumnName("jwks");
        builder.Property(p => p.Scopes).HasColumnName("scopes");
        builder.Property(p => p.Attributes).HasColumnName("attributes");
        builder.Property(p => p.Filters).HasColumnName("filters");
        builder.Property(p => p.Population).HasColumnName("population");
        builder.Property(p => p.Purposes).HasColumnName("purposes");
        builder.Property(p => p.CallbackHosts).HasColumnName("callback_hosts");
        builder.Property(p => p.Signature).HasColumnName("signature").HasMaxLength(20);
        builder.Property(p => p.Dialect).HasColumnName("dialect").HasMaxLength(40);
        builder.Property(p => p.Name).HasColumnName("name").HasMaxLength(200);
        builder.Property(p => p.LegalGround).HasColumnName("legal_ground").HasMaxLength(200);
        builder.Property(p => p.Consent).HasColumnName("consent").HasMaxLength(20).HasDefaultValue(PartnerConsent.Off);
        builder.Property(p => p.Suspended).HasColumnName("suspended");
        builder.Property(p => p.Retired).HasColumnName("retired");
        builder.Property(p => p.Version).HasColumnName("version").IsConcurrencyToken().HasDefaultValue(1L);
        builder.Property(p => p.CreatedAt).HasColumnName("created_at");
        builder.Property(p => p.UpdatedAt).HasColumnName("updated_at");
    }
}

internal static class PartnerSet
{
    extension(AccessDbContext db)
    {
        internal DbSet<Partner> Partners => db.Set<Partner>();
    }
}
