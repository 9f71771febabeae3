using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Changes;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Sealing;

namespace SocialRegistry.Registry.Areas;

/// <summary>An area. Its path is the codes from the top down to its own, a slash behind each, so that a subtree is one range of paths.</summary>
internal sealed class Area
{
    private Area() { }

    public Area(string code, Area? parent)
    {
        Code = code;
        CodeKey = KeyOf(code);
        Place(parent);
    }

    public string Code { get; private set; } = "";

    /// <summary>The code without regard to case.</summary>
    public string CodeKey { get; private set; } = "";

    public string? ParentCode { get; private set; }

    /// <summary>Such as <c>NW/N-01/N-01-004/</c>. In a code every character is below or above the slash in ASCII, and the next character is <c>0</c>.</summary>
    public string Path { get; private set; } = "";

    public int Level { get; set; }

    /// <summary>JSON object of language to name.</summary>
    public string Names { get; private set; } = "{}";

    /// <summary>Code and names, folded, for the search by text.</summary>
    public string SearchText { get; private set; } = "";

    public double? Latitude { get; private set; }

    public double? Longitude { get; private set; }

    public DateOnly? ValidFrom { get; set; }

    public DateOnly? ValidTo { get; set; }

    public string? ReplacedBy { get; set; }

    public bool HasBoundary { get; set; }

    /// <summary>SHA-256 of the boundary's text, base64url.</summary>
    public string? BoundaryHash { get; set; }

    public long Version { get; private set; }

    public static string KeyOf(string code) => code.ToUpperInvariant();

    public AreaPoint? Point
    {
        get => Latitude is { } latitude && Longitude is { } longitude ? new AreaPoint(latitude, longitude) : null;
        set => (Latitude, Longitude) = (value?.Latitude, value?.Longitude);
    }

    /// <summary>Puts it under another area; the paths below have to follow.</summary>
    public void Place(Area? parent)
    {
        ParentCode = parent?.Code;
        Path = parent?.Path + Code + "/";
    }

    public IReadOnlyDictionary<string, string> ReadNames() => AreaNames.Read(Names);

    public void TakeNames(IReadOnlyDictionary<string, string> names)
    {
        Names = AreaNames.Write(names);
        SearchText = SearchTextOf(Code, names);
    }

    public static string SearchTextOf(string code, IReadOnlyDictionary<string, string> names) =>
        AreaNames.Fold(string.Join('\n', names.Values.Prepend(code)));

    public void NextVersion() => Version++;
}

/// <summary>A boundary, apart from its area so that reading areas stays cheap.</summary>
internal sealed class AreaBoundaryRow
{
    public required string Code { get; init; }

    /// <summary>GeoJSON text.</summary>
    public required string GeoJson { get; set; }

    public static string HashOf(string geoJson) =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(geoJson)));
}

/// <summary>A named level.</summary>
internal sealed class AreaLevel
{
    public required int Number { get; init; }

    /// <summary>JSON object of language to name.</summary>
    public required string Names { get; set; }
}

/// <summary>The one row that every change of the tree goes through: writers take turns on it, readers see by it that their copy is old.</summary>
internal sealed class AreaTreeRevision
{
    public const int OnlyId = 1;

    public required int Id { get; init; }

    public required long Revision { get; set; }
}

/// <summary>One entry of the history of an area. Never altered.</summary>
internal sealed class AreaHistory
{
    public required string Code { get; init; }

    public required long Version { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string ActorKind { get; init; }

    public required string Actor { get; init; }

    public required string Channel { get; init; }

    public string? RequestId { get; init; }

    public required string Operation { get; init; }

    /// <summary>JSON: the area as it stood after it.</summary>
    public required string State { get; init; }
}

internal sealed class AreaConfiguration
    : IEntityTypeConfiguration<Area>,
        IEntityTypeConfiguration<AreaBoundaryRow>,
        IEntityTypeConfiguration<AreaLevel>,
        IEntityTypeConfiguration<AreaTreeRevision>,
        IEntityTypeConfiguration<AreaHistory>
{
    private const int MaxPathLength = AreaLimits.MaxLevel * (AreaLimits.MaxCodeLength + 1);

    public void Configure(EntityTypeBuilder<Area> builder)
    {
        builder.ToTable("areas");
        builder.HasKey(a => a.Code);
        builder.Property(a => a.Code).HasMaxLength(AreaLimits.MaxCodeLength).IsOrdinal();
        builder.Property(a => a.CodeKey).HasMaxLength(AreaLimits.MaxCodeLength).IsOrdinal();
        builder.Property(a => a.ParentCode).HasMaxLength(AreaLimits.MaxCodeLength).IsOrdinal();
        builder.Property(a => a.BoundaryHash).HasMaxLength(43);
        builder.Property(a => a.ReplacedBy).HasMaxLength(AreaLimits.MaxCodeLength).IsOrdinal();
        builder.Property(a => a.Path).HasMaxLength(MaxPathLength).IsOrdinal();
        builder.Property(a => a.Version).IsConcurrencyToken();
        builder.Ignore(a => a.Point);
        builder.HasIndex(a => a.CodeKey).IsUnique();
        builder.HasIndex(a => a.Path).IsUnique();
        builder.HasIndex(a => new { a.ParentCode, a.Code });
        builder.HasIndex(a => new { a.Level, a.Code });
    }

    public void Configure(EntityTypeBuilder<AreaBoundaryRow> builder)
    {
        builder.ToTable("area_boundaries");
        builder.HasKey(b => b.Code);
        builder.Property(b => b.Code).HasMaxLength(AreaLimits.MaxCodeLength).IsOrdinal();
    }

    public void Configure(EntityTypeBuilder<AreaLevel> builder)
    {
        builder.ToTable("area_levels");
        builder.HasKey(l => l.Number);
        builder.Property(l => l.Number).ValueGeneratedNever();
    }

    public void Configure(EntityTypeBuilder<AreaTreeRevision> builder)
    {
        builder.ToTable("area_tree");
        builder.HasKey(r => r.Id);
        builder.Property(r => r.Id).ValueGeneratedNever();
        builder.HasData(new AreaTreeRevision { Id = AreaTreeRevision.OnlyId, Revision = 0 });
    }

    public void Configure(EntityTypeBuilder<AreaHistory> builder)
    {
        builder.ToTable("area_history");
        builder.IsLog(LeafKinds.Areas);
        builder.HasKey(h => new { h.Code, h.Version });
        builder.Property(h => h.Code).HasMaxLength(AreaLimits.MaxCodeLength).IsOrdinal();
        builder.Property(h => h.Version).ValueGeneratedNever();
        builder.Property(h => h.ActorKind).HasMaxLength(20);
        builder.Property(h => h.Actor).HasMaxLength(200);
        builder.Property(h => h.Channel).HasMaxLength(40);
        builder.Property(h => h.RequestId).HasMaxLength(200);
        builder.Property(h => h.Operation).HasMaxLength(20);
    }
}

internal static class AreaRows
{
    extension(RegistryDbContext db)
    {
        internal DbSet<Area> Areas => db.Set<Area>();

        internal DbSet<AreaBoundaryRow> AreaBoundaries => db.Set<AreaBoundaryRow>();

        internal DbSet<AreaLevel> AreaLevels => db.Set<AreaLevel>();

        internal DbSet<AreaTreeRevision> AreaTree => db.Set<AreaTreeRevision>();

        internal DbSet<AreaHistory> AreaHistory => db.Set<AreaHistory>();
    }

    /// <summary>The area of this path and all below: one range of the index over paths.</summary>
    public static IQueryable<Area> Within(this IQueryable<Area> areas, string path)
    {
        var end = EndOf(path);
#pragma warning disable CA1309 // It becomes SQL; the column's collation compares character by character.
        return areas.Where(a => string.Compare(a.Path, path) >= 0 && string.Compare(a.Path, end) < 0);
#pragma warning restore CA1309
    }

    /// <summary>The first text behind every path that begins with this one; <c>0</c> follows the slash.</summary>
    public static string EndOf(string path) => path[..^1] + "0";
}
