using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;

namespace SocialRegistry.Registry.Areas;

/// <summary>The tree as one transaction changes it. Nobody else changes it meanwhile: writers take turns on the row of the revision.</summary>
internal sealed class AreaEditor(RegistryDbContext db, ChangeNote note)
{
    // These texts never stand in a page.
    private static readonly JsonSerializerOptions Readable = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    private readonly Dictionary<string, Area> areas = [];
    private HashSet<int>? levels;

    public RegistryDbContext Db => db;

    /// <summary>Reads areas by their codes, also such as differ by case.</summary>
    public async Task LoadAsync(IEnumerable<string> codes, CancellationToken cancellationToken)
    {
        var keys = codes.Select(Area.KeyOf).Where(key => !areas.ContainsKey(key)).Distinct().ToList();
        if (keys.Count == 0)
        {
            return;
        }

        foreach (var area in await db.Areas.Where(a => keys.Contains(a.CodeKey)).ToListAsync(cancellationToken))
        {
            areas.TryAdd(area.CodeKey, area);
        }
    }

    /// <summary>An area that was loaded.</summary>
    public Area? Find(string code) =>
        areas.GetValueOrDefault(Area.KeyOf(code)) is { } area && area.Code == code ? area : null;

    public bool IsTaken(string code) => areas.ContainsKey(Area.KeyOf(code));

    public void Add(Area area)
    {
        areas.Add(area.CodeKey, area);
        db.Areas.Add(area);
    }

    /// <summary>Checks that the area fits between those above and below; <paramref name="isNew"/>: there are none below.</summary>
    public async Task<FieldProblem?> CheckLevelAsync(
        string code,
        int level,
        Area? parent,
        bool isNew,
        CancellationToken cancellationToken
    )
    {
        levels ??= [.. await db.AreaLevels.Select(l => l.Number).ToListAsync(cancellationToken)];
        if (levels.Count > 0 && !levels.Contains(level))
        {
            return new FieldProblem("level", "unknown", "This level has no name yet; name it first.");
        }

        if (parent is not null && level <= parent.Level)
        {
            return new FieldProblem("level", "order", "The level is greater than that of the area above.");
        }

        if (isNew)
        {
            return null;
        }

        await db.SaveChangesAsync(cancellationToken);
        var below = await db
            .Areas.Where(a => a.ParentCode == code)
            .Select(a => (int?)a.Level)
            .MinAsync(cancellationToken);
        return level >= below
            ? new FieldProblem("level", "order", "The level is less than those of the areas below.")
            : null;
    }

    /// <summary>Puts an area under another; all paths below follow in one statement.</summary>
    /// <returns>False when the new place lies within the area itself.</returns>
    public async Task<bool> MoveAsync(Area area, Area? parent, CancellationToken cancellationToken)
    {
        var old = area.Path;
        if (parent?.Path.StartsWith(old, StringComparison.Ordinal) == true)
        {
            return false;
        }

        await db.SaveChangesAsync(cancellationToken);
        area.Place(parent);
        var path = area.Path;
#pragma warning disable CA1845 // It becomes SQL.
        await db
            .Areas.Within(old)
            .ExecuteUpdateAsync(
                set => set.SetProperty(a => a.Path, a => path + a.Path.Substring(old.Length)),
                cancellationToken
            );
#pragma warning restore CA1845
        await db.SaveChangesAsync(cancellationToken);

        // Those in memory that lay below have the old paths still.
        foreach (var below in areas.Values.Where(a => a != area && a.Path.StartsWith(old, StringComparison.Ordinal)))
        {
            await db.Entry(below).ReloadAsync(cancellationToken);
        }

        return true;
    }

    /// <summary>Sets a checked boundary, or removes it. False when it stands so already.</summary>
    public async Task<bool> SetBoundaryAsync(Area area, JsonElement? boundary, CancellationToken cancellationToken)
    {
        var row = area.HasBoundary
            ? await db.AreaBoundaries.SingleOrDefaultAsync(b => b.Code == area.Code, cancellationToken)
            : null;
        var text = boundary is { } shape ? JsonSerializer.Serialize(shape, Readable) : null;
        if (row?.GeoJson == text)
        {
            return false;
        }

        area.HasBoundary = text is not null;
        area.BoundaryHash = text is null ? null : AreaBoundaryRow.HashOf(text);
        if (text is null)
        {
            db.AreaBoundaries.Remove(row!);
        }
        else if (row is null)
        {
            db.AreaBoundaries.Add(new AreaBoundaryRow { Code = area.Code, GeoJson = text });
        }
        else
        {
            row.GeoJson = text;
        }

        return true;
    }

    /// <summary>The area takes its next version, and its history an entry.</summary>
    public void Note(Area area, string operation)
    {
        area.NextVersion();
        db.AreaHistory.Add(
            new AreaHistory
            {
                Code = area.Code,
                Version = area.Version,
                At = note.Now,
                ActorKind = note.Caller.Kind.ToString().ToLowerInvariant(),
                Actor = note.Caller.Id,
                Channel = note.Caller.Channel,
                RequestId = ChangeNote.RequestId(note.Caller),
                Operation = operation,
                State = State(area),
            }
        );
    }

    public bool HasChanged(Area area) => db.Entry(area).State is EntityState.Modified or EntityState.Added;

    /// <summary>What the history says of an area.</summary>
    public static string State(Area area) =>
        JsonSerializer.Serialize(
            new
            {
                code = area.Code,
                level = area.Level,
                parent = area.ParentCode,
                names = area.ReadNames(),
                point = area.Point is { } point ? new { latitude = point.Latitude, longitude = point.Longitude } : null,
                validFrom = area.ValidFrom,
                validTo = area.ValidTo,
                replacedBy = area.ReplacedBy,
                hasBoundary = area.HasBoundary,
                boundaryHash = area.BoundaryHash,
            },
            Readable
        );
}

internal static class AreaOperations
{
    public const string Created = "created";
    public const string Changed = "changed";
    public const string Closed = "closed";
    public const string Moved = "moved";
    public const string Boundary = "boundary";
    public const string Imported = "imported";
}
