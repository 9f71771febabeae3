using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Persistence;

namespace SocialRegistry.Registry.Sealing;

/// <summary>What a leaf of the log stands for; never renumbered.</summary>
internal static class LeafKinds
{
    /// <summary>An entry of a record's change log: owner is the registrant, number the sequence.</summary>
    public const int Change = 1;

    /// <summary>A batch of disclosures: owner is the batch.</summary>
    public const int Disclosures = 2;

    /// <summary>An entry of the catalogue's log: owner is the entry.</summary>
    public const int Catalogue = 3;

    /// <summary>An entry of an area's history: owner is the hash of its code, number the version.</summary>
    public const int Areas = 4;

    /// <summary>A state of a named version: owner is the hash of its name, number 1 when it is made, 2 when it is closed.</summary>
    public const int NamedVersions = 5;

    /// <summary>A state of a change request: owner is the request, number its version.</summary>
    public const int ChangeRequests = 6;

    /// <summary>A step of a change request: owner is the request, number 256 times its version and its place among the steps of it.</summary>
    public const int RequestSteps = 7;

    /// <summary>A version of the catalogue: owner is the hash of its number.</summary>
    public const int CatalogueVersions = 8;

    /// <summary>An entry of the history of a type of relation: owner is the hash of its code, number the version.</summary>
    public const int RelationTypes = 9;

    /// <summary>An entry of a log that another module keeps (<see cref="IChainedLog"/>): owner is the hash of the log's name.</summary>
    public const int Chained = 10;

    /// <summary>An alert: owner is the alert.</summary>
    public const int Alerts = 11;

    /// <summary>What came of looking at an alert: owner is the alert.</summary>
    public const int AlertReviews = 12;

    /// <summary>Old disclosures that became counts: the number alone names it.</summary>
    public const int Prunings = 13;

    public const int Most = Prunings;

    public static string Name(int kind) =>
        kind switch
        {
            Change => "change",
            Disclosures => "disclosures",
            Catalogue => "catalogue",
            Areas => "area",
            NamedVersions => "named version",
            ChangeRequests => "change request",
            RequestSteps => "change request step",
            CatalogueVersions => "catalogue version",
            RelationTypes => "relation type",
            Chained => "chained log",
            Alerts => "alert",
            AlertReviews => "alert-review",
            Prunings => "pruning",
            _ => "unknown",
        };
}

/// <summary>Waits to become a leaf: written in the transaction of what it stands for, taken away by the one that seals it.</summary>
internal sealed class QueuedLeaf
{
    private QueuedLeaf() { }

    public QueuedLeaf(int kind, Guid owner, long number, byte[] hash)
    {
        Kind = kind;
        Owner = owner;
        Number = number;
        Hash = hash;
    }

    public long Number { get; private set; }

    public Guid Owner { get; private set; }

    /// <summary><see cref="LeafKinds"/>.</summary>
    public int Kind { get; private set; }

    public byte[] Hash { get; private set; } = [];
}

/// <summary>A leaf of the global log. Never altered.</summary>
internal sealed class LogLeaf
{
    /// <summary>From 0 without gaps.</summary>
    public required long Index { get; init; }

    /// <summary><see cref="LeafKinds"/>.</summary>
    public required int Kind { get; init; }

    public required Guid Owner { get; init; }

    public required long Number { get; init; }

    /// <summary>Hash of the entry, part of the leaf's data.</summary>
    public required byte[] Hash { get; init; }
}

/// <summary>Root of a full subtree of 256, 65,536, … leaves; the smaller ones are computed from the leaves when they are asked for.</summary>
internal sealed class LogNode
{
    /// <summary>1 for 256 leaves, 2 for 65,536 and so on.</summary>
    public required int Level { get; init; }

    public required long Index { get; init; }

    public required byte[] Hash { get; init; }
}

/// <summary>A signed tree head.</summary>
internal sealed class LogCheckpoint
{
    public required long Size { get; init; }

    public required byte[] Root { get; init; }

    /// <summary>The signed note (C2SP <c>tlog-checkpoint</c>).</summary>
    public required string Note { get; init; }

    public required DateTimeOffset At { get; init; }
}

/// <summary>The one row that who seals holds.</summary>
internal sealed class LogState
{
    public const int OnlyId = 1;

    public required int Id { get; init; }

    public required long Size { get; set; }

    /// <summary>Roots of the full subtrees at the right edge, the smallest first: all that is needed to go on.</summary>
    public required byte[] Edge { get; set; }

    /// <summary>The log's name, fixed with its first checkpoint; empty before.</summary>
    public required string Origin { get; set; }
}

internal sealed class LogConfiguration
    : IEntityTypeConfiguration<QueuedLeaf>,
        IEntityTypeConfiguration<LogLeaf>,
        IEntityTypeConfiguration<LogNode>,
        IEntityTypeConfiguration<LogCheckpoint>,
        IEntityTypeConfiguration<LogState>
{
    public void Configure(EntityTypeBuilder<QueuedLeaf> builder)
    {
        builder.ToTable("log_queue");
        // Numbers first: the entries of a record are taken in their order, however many wait.
        builder.HasKey(q => new
        {
            q.Number,
            q.Owner,
            q.Kind,
        });
        builder.Property(q => q.Number).ValueGeneratedNever();
        builder.Property(q => q.Owner).ValueGeneratedNever();
        builder.Property(q => q.Kind).ValueGeneratedNever();
    }

    public void Configure(EntityTypeBuilder<LogLeaf> builder)
    {
        builder.ToTable("log_leaves");
        builder.HasKey(l => l.Index);
        builder.Property(l => l.Index).ValueGeneratedNever();
        builder
            .HasIndex(l => new
            {
                l.Kind,
                l.Owner,
                l.Number,
            })
            .IsUnique();
    }

    public void Configure(EntityTypeBuilder<LogNode> builder)
    {
        builder.ToTable("log_nodes");
        builder.HasKey(n => new { n.Level, n.Index });
        builder.Property(n => n.Level).ValueGeneratedNever();
        builder.Property(n => n.Index).ValueGeneratedNever();
    }

    public void Configure(EntityTypeBuilder<LogCheckpoint> builder)
    {
        builder.ToTable("log_checkpoints");
        builder.HasKey(c => c.Size);
        builder.Property(c => c.Size).ValueGeneratedNever();
    }

    public void Configure(EntityTypeBuilder<LogState> builder)
    {
        builder.ToTable("log_state");
        builder.HasKey(s => s.Id);
        builder.Property(s => s.Id).ValueGeneratedNever();
        builder.Property(s => s.Origin).HasMaxLength(300);
        builder.HasData(
            new LogState
            {
                Id = LogState.OnlyId,
                Size = 0,
                Edge = [],
                Origin = "",
            }
        );
    }
}

internal static class LogRows
{
    extension(RegistryDbContext db)
    {
        internal DbSet<QueuedLeaf> LogQueue => db.Set<QueuedLeaf>();

        internal DbSet<LogLeaf> LogLeaves => db.Set<LogLeaf>();

        internal DbSet<LogNode> LogNodes => db.Set<LogNode>();

        internal DbSet<LogCheckpoint> LogCheckpoints => db.Set<LogCheckpoint>();

        internal DbSet<LogState> LogStates => db.Set<LogState>();
    }
}
