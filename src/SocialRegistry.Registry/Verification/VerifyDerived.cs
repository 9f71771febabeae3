using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using SocialRegistry.Registry.Areas;
using SocialRegistry.Registry.ChangeRequests;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Relationships;

namespace SocialRegistry.Registry.Verification;

/// <summary>Rows that follow from others which the log covers: areas and types of relation from their histories, parties from requests.</summary>
internal sealed class VerifyDerived(RegistryDbContext db, Findings findings, CancellationToken cancellationToken)
{
    public async Task RunAsync()
    {
        await CheckAreasAsync();
        await CheckRelationTypesAsync();
        await CheckPartiesAsync();
    }

    private async Task CheckAreasAsync()
    {
        var areas = await db.Areas.AsNoTracking().ToDictionaryAsync(a => a.Code, cancellationToken);
        var history = db.AreaHistory;
        var last = await history
            .AsNoTracking()
            .Where(h => !history.Any(later => later.Code == h.Code && later.Version > h.Version))
            .ToDictionaryAsync(h => h.Code, cancellationToken);
        foreach (var area in areas.Values)
        {
            if (!last.Remove(area.Code, out var told))
            {
                findings.Add("row.inserted", $"area {area.Code}", "Its history does not know of it.");
            }
            else if (
                told.Version != area.Version
                || !IsSo(() => told.State == AreaEditor.State(area) && Follows(area, areas))
            )
            {
                findings.Add("row.altered", $"area {area.Code}", $"It is not what version {told.Version} of it says.");
            }
        }

        foreach (var code in last.Keys)
        {
            findings.Add("row.removed", $"area {code}", "Its history names it, and it is not there.");
        }

        await CheckBoundariesAsync(areas);
    }

    /// <summary>What cannot even be read is not so.</summary>
    private static bool IsSo(Func<bool> check)
    {
        try
        {
            return check();
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool Follows(Area area, Dictionary<string, Area> areas)
    {
        var above = area.ParentCode is { } parent ? areas.GetValueOrDefault(parent) : null;
        var names = area.ReadNames();
        return area.Path == above?.Path + area.Code + "/"
            && (area.ParentCode is null || above is not null)
            && area.CodeKey == Area.KeyOf(area.Code)
            && Lines(area.SearchText).SequenceEqual(Lines(Area.SearchTextOf(area.Code, names)));
    }

    /// <summary>Names stand in the order in which they were sent.</summary>
    private static IEnumerable<string> Lines(string text) => text.Split('\n').Order(StringComparer.Ordinal);

    private async Task CheckBoundariesAsync(Dictionary<string, Area> areas)
    {
        var seen = new HashSet<string>();
        await foreach (
            var row in db.AreaBoundaries.AsNoTracking().AsAsyncEnumerable().WithCancellation(cancellationToken)
        )
        {
            seen.Add(row.Code);
            if (areas.GetValueOrDefault(row.Code) is not { HasBoundary: true } area)
            {
                findings.Add("row.inserted", $"boundary of area {row.Code}", "The area does not know of it.");
            }
            else if (area.BoundaryHash is { } hash && hash != AreaBoundaryRow.HashOf(row.GeoJson))
            {
                findings.Add("row.altered", $"boundary of area {row.Code}", "The area names another hash of it.");
            }
        }

        foreach (var area in areas.Values.Where(a => a.HasBoundary && !seen.Contains(a.Code)))
        {
            findings.Add("row.removed", $"boundary of area {area.Code}", "The area has one, and it is not there.");
        }
    }

    private async Task CheckRelationTypesAsync()
    {
        var history = db.RelationTypeHistory;
        var last = await history
            .AsNoTracking()
            .Where(h => !history.Any(later => later.Code == h.Code && later.Version > h.Version))
            .ToDictionaryAsync(h => h.Code, cancellationToken);
        foreach (var type in await db.RelationTypes.AsNoTracking().ToListAsync(cancellationToken))
        {
            var name = $"relation type {type.Code}";
            if (!last.Remove(type.Code, out var told))
            {
                // One that was not changed since histories are kept has none.
                if (type.Version > 0)
                {
                    findings.Add("row.inserted", name, "Its history does not know of it.");
                }
            }
            else if (!IsSo(() => told.Tells(type)))
            {
                findings.Add("row.altered", name, $"It is not what version {told.Version} of it says.");
            }
        }

        foreach (var code in last.Keys)
        {
            findings.Add("row.removed", $"relation type {code}", "Its history names it, and it is not there.");
        }
    }

    private async Task CheckPartiesAsync()
    {
        var parties = (await db.ChangeRequestParties.AsNoTracking().ToListAsync(cancellationToken)).ToLookup(p =>
            p.RequestId
        );
        var requests = await db
            .ChangeRequests.AsNoTracking()
            .Select(r => new { r.Id, r.Parties })
            .ToDictionaryAsync(r => r.Id, r => r.Parties, cancellationToken);
        foreach (var id in requests.Keys.Union(parties.Select(p => p.Key)).Order())
        {
            if (requests.GetValueOrDefault(id, "") != ChangeRequestParty.Text(parties[id]))
            {
                findings.Add("row.altered", $"parties of change request {id}", "The request names others.");
            }
        }
    }
}
