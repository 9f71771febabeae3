using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Changes;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Sealing;

namespace SocialRegistry.Registry.Versions;

/// <summary>A named version.</summary>
internal sealed class NamedVersion
{
    public const int MaxName = 60;
    public const int MaxSource = 200;

    public required string Name { get; init; }

    public required string Kind { get; init; }

    public string? Source { get; init; }

    public DateOnly? PeriodFrom { get; init; }

    public DateOnly? PeriodTo { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required string CreatedByKind { get; init; }

    public required string CreatedBy { get; init; }

    /// <summary>From then on nothing joins.</summary>
    public DateTimeOffset? ClosedAt { get; private set; }

    public string? ClosedBy { get; private set; }

    public bool IsOpen => ClosedAt is null;

    /// <summary>Which of its two states it is in, as the log counts them.</summary>
    public long Revision => IsOpen ? 1 : 2;

    public static string KindOf(Caller caller) => caller.Kind.ToString().ToLowerInvariant();

    public void Close(DateTimeOffset at, string by) => (ClosedAt, ClosedBy) = (at, by);
}

/// <summary>A record in a named version: with the version joined last.</summary>
internal sealed class NamedVersionEntry
{
    public required string Name { get; init; }

    public required Guid RegistrantId { get; init; }

    public required long Number { get; set; }

    public required DateTimeOffset JoinedAt { get; set; }

    public required string JoinedBy { get; set; }
}

internal sealed class NamedVersionConfiguration : IEntityTypeConfiguration<NamedVersion>
{
    public void Configure(EntityTypeBuilder<NamedVersion> builder)
    {
        builder.ToTable("named_versions");
        builder.IsState(LeafKinds.NamedVersions, nameof(NamedVersion.Revision));
        builder.HasKey(v => v.Name);
        builder.Property(v => v.Name).HasMaxLength(NamedVersion.MaxName).IsOrdinal();
        builder.Property(v => v.Kind).HasMaxLength(40);
        builder.Property(v => v.Source).HasMaxLength(NamedVersion.MaxSource);
        builder.Property(v => v.CreatedByKind).HasMaxLength(20);
        builder.Property(v => v.CreatedBy).HasMaxLength(200);
        builder.Property(v => v.ClosedBy).HasMaxLength(200);
        builder.Ignore(v => v.IsOpen);
        builder.Ignore(v => v.Revision);
    }
}

internal sealed class NamedVersionEntryConfiguration : IEntityTypeConfiguration<NamedVersionEntry>
{
    public void Configure(EntityTypeBuilder<NamedVersionEntry> builder)
    {
        builder.ToTable("named_version_entries");
        builder.IsBound();
        builder.HasKey(e => new { e.RegistrantId, e.Name });
        builder.Property(e => e.Name).HasMaxLength(NamedVersion.MaxName).IsOrdinal();
        builder.Property(e => e.JoinedBy).HasMaxLength(200);
        builder.HasIndex(e => new { e.Name, e.RegistrantId });
    }
}

internal static class NamedVersionRows
{
    extension(RegistryDbContext db)
    {
        internal DbSet<NamedVersion> NamedVersions => db.Set<NamedVersion>();

        internal DbSet<NamedVersionEntry> NamedVersionEntries => db.Set<NamedVersionEntry>();
    }

    /// <summary>The version with which a record is in a named version.</summary>
    public static async Task<Outcome<long>> NumberAsync(
        RegistryDbContext db,
        string name,
        Guid registrant,
        CancellationToken cancellationToken
    )
    {
        var number = await db
            .NamedVersionEntries.Where(e => e.Name == name && e.RegistrantId == registrant)
            .Select(e => (long?)e.Number)
            .SingleOrDefaultAsync(cancellationToken);
        return number is { } there ? there
            : await db.NamedVersions.AnyAsync(v => v.Name == name, cancellationToken) ? NamedVersionProblems.NotInIt
            : NamedVersionProblems.Unknown;
    }

    /// <summary>True for a name that can be one; others are unknown without asking the database.</summary>
    public static bool IsName(string? name) =>
        name is { Length: > 0 and <= NamedVersion.MaxName }
        && char.IsAsciiLetterLower(name[0])
        && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '.' or '-' or '_');
}

/// <summary>What can be refused about named versions. Codes are stable.</summary>
internal static class NamedVersionProblems
{
    public static Problem Unknown { get; } =
        Problem.NotFound("named_versions.not_found", "There is no such named version.");

    public static Problem NotInIt { get; } =
        Problem.NotFound("named_versions.not_joined", "The record is not in this named version.");

    public static Problem Closed { get; } =
        Problem.Conflict("named_versions.closed", "The named version is closed: what is in it stays as it is.");

    public static Problem Taken { get; } =
        Problem.Conflict("named_versions.name_taken", "Another named version has this name. Choose a new one.");

    public static Problem Others { get; } =
        Problem.Forbidden("named_versions.of_others", "The named version was made by another application.");

    public static Problem NotFeedback { get; } =
        Problem.Conflict("named_versions.not_feedback", "Feedback goes into named versions of the kind 'feedback'.");

    public static Problem Invalid(IReadOnlyList<FieldProblem> fields) =>
        Problem.Invalid("named_versions.invalid", "The named version cannot be made as it was asked.", fields);
}
