using Microsoft.EntityFrameworkCore;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Areas;
using SocialRegistry.Registry.Consents;
using SocialRegistry.Registry.Disclosures;
using SocialRegistry.Registry.Fields;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;

namespace SocialRegistry.Registry.ChangeRequests;

/// <summary>Reads one request, with a disclosure of what it shows; lists requests without values.</summary>
internal sealed class ReadRequests(
    IDbContextFactory<RegistryDbContext> contexts,
    RequestVault vault,
    RequestSight sight,
    RequestViews views,
    FieldCatalogue catalogue,
    IAreaTrees areas,
    ConsentGate consents,
    DisclosureLog disclosures,
    TimeProvider time
)
{
    private const int MostItems = 500;

    /// <summary>Requests looked at for one page: the rest comes with the next.</summary>
    private const int MostLookedAt = 5_000;

    public async Task<Outcome<ChangeRequestView>> GetAsync(
        ChangeRequestId id,
        IReadOnlyList<string>? fields,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        if (Permission(caller) is not { } permission)
        {
            return RegistrantProblems.NotAllowed(Permissions.WriteRequests);
        }

        var asked = fields?.Where(f => f != EditRules.Status).ToList();
        var gate = ReadGate.Open(caller, permission, asked, catalogue.Current);
        if (!gate.Succeeded)
        {
            return gate.Problem;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var row = await db.ChangeRequests.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id.Value, cancellationToken);
        if (row is null || !await sight.KnowsAsync(db, row, caller, cancellationToken))
        {
            return ChangeRequestProblems.NotFound;
        }

        var covers = await consents.LoadAsync(db, [row.Owner], caller, cancellationToken);
        if (!covers.Any(row.Owner) && !RequestSight.IsMaker(row, caller))
        {
            return ChangeRequestProblems.NotFound;
        }

        var history = await db
            .ChangeRequestEvents.AsNoTracking()
            .Where(e => e.RequestId == row.Id)
            .OrderBy(e => e.Version)
            .ThenBy(e => e.Number)
            .ToListAsync(cancellationToken);
        using var open = await vault.OpenAsync(db, row, cancellationToken);
        var shown = new List<string>();
        var of = covers.Gate(gate.Value, row.Owner);
        var view = views.Show(open, history, of, shown);
        await disclosures.WriteAsync(await RowsAsync(db, row, view, shown, of, cancellationToken), cancellationToken);
        return view;
    }

    public async Task<Outcome<Page<ChangeRequestView>>> ListAsync(
        ChangeRequestQuery query,
        PageRequest page,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        if (Permission(caller) is null)
        {
            return RegistrantProblems.NotAllowed(Permissions.WriteRequests);
        }

        var faults = await FaultsAsync(query, caller, cancellationToken);
        if (faults.Count > 0)
        {
            return ChangeRequestProblems.Unreadable with { Fields = faults };
        }

        var after = ChangeRequestId.TryParse(page.After, out var last) ? last.Value : (Guid?)null;
        if (page.Size is < 1 or > MostItems || (page.After is not null && after is null))
        {
            return RegistrantProblems.BadPage;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var items = new List<ChangeRequestView>();
        var wanted = Wanted(db, query, caller);
        for (var looked = 0; looked < MostLookedAt; )
        {
            var before = after;
            var rows = await (before is { } place ? wanted.Where(r => r.Id.CompareTo(place) < 0) : wanted)
                .OrderByDescending(r => r.Id)
                .Take(page.Size + 1)
                .ToListAsync(cancellationToken);
            var covers = await consents.LoadAsync(db, rows.ConvertAll(r => r.Owner), caller, cancellationToken);
            foreach (var row in await AdmittedAsync(db, rows, query, caller, cancellationToken))
            {
                // That something is to change of a record is said of it too.
                if (!covers.Any(row.Owner) && !RequestSight.IsMaker(row, caller))
                {
                    continue;
                }

                if (items.Count == page.Size)
                {
                    return new Page<ChangeRequestView>(items, items[^1].Id.ToString());
                }

                items.Add(views.Plain(row));
            }

            if (rows.Count <= page.Size)
            {
                return new Page<ChangeRequestView>(items, null);
            }

            looked += rows.Count;
            after = rows[^1].Id;
        }

        return new Page<ChangeRequestView>(items, new ChangeRequestId(after!.Value).ToString());
    }

    /// <summary>Which of the two permissions the caller reads by.</summary>
    private static string? Permission(Caller caller) =>
        caller.May(Permissions.ReviewRequests) ? Permissions.ReviewRequests
        : caller.May(Permissions.WriteRequests) ? Permissions.WriteRequests
        : null;

    private IQueryable<ChangeRequest> Wanted(RegistryDbContext db, ChangeRequestQuery query, Caller caller)
    {
        var now = time.GetUtcNow();
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var (kind, id) = (caller.Kind.ToString().ToLowerInvariant(), caller.Id);
        var onlyMine = query.Mine || !caller.May(Permissions.ReviewRequests) || caller.Kind == CallerKind.Person;
        var rows = db.ChangeRequests.AsNoTracking();
        rows = onlyMine
            ? rows.Where(r => r.MadeBy == id && r.MadeByKind == kind)
            : rows.Where(r => r.State != ChangeRequestStates.Draft || (r.MadeBy == id && r.MadeByKind == kind));
        if (query.States.Count > 0)
        {
            var states = query.States.ToList();
            rows = rows.Where(r => states.Contains(r.State));
        }

        if (query.Type is { } type)
        {
            rows = rows.Where(r => r.Type == type);
        }

        if (query.Subject is { } subject)
        {
            var parties = db.ChangeRequestParties;
            rows = rows.Where(r => parties.Any(p => p.RequestId == r.Id && p.RegistrantId == subject.Value));
        }

        if (query.Claimed is { } claimed)
        {
            rows = claimed
                ? rows.Where(r => r.ClaimedUntil != null && r.ClaimedUntil > now)
                : rows.Where(r => r.ClaimedUntil == null || r.ClaimedUntil <= now);
        }

        if (query.Overdue)
        {
            var open = ChangeRequestStates.Open.ToList();
            rows = rows.Where(r => open.Contains(r.State) && r.DueOn < today);
        }

        return rows;
    }

    /// <summary>Those among the caller's rows, and in the area asked for.</summary>
    private async Task<List<ChangeRequest>> AdmittedAsync(
        RegistryDbContext db,
        List<ChangeRequest> rows,
        ChangeRequestQuery query,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        // A draft of one's own about somebody new is known to oneself.
        var own = rows.FindAll(r => r.SubjectId is null && RequestSight.IsMaker(r, caller)).ToHashSet();
        var known = (await sight.InRowsAsync(db, rows.FindAll(r => !own.Contains(r)), caller, cancellationToken))
            .Concat(own)
            .ToHashSet();
        if (query.Area is { } area)
        {
            var there = caller with
            {
                Kind = CallerKind.Staff,
                Rows = new RowScope { Areas = new HashSet<string> { area } },
            };
            known.IntersectWith(await sight.InRowsAsync(db, [.. known], there, cancellationToken));
        }

        return rows.FindAll(known.Contains);
    }

    private async Task<List<FieldProblem>> FaultsAsync(
        ChangeRequestQuery query,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var faults = new List<FieldProblem>();
        if (query.States.Any(s => !ChangeRequestStates.All.Contains(s)))
        {
            faults.Add(new FieldProblem("state", "unknown", "One of " + string.Join(", ", ChangeRequestStates.All)));
        }

        if (query.Type is { } type && !ChangeRequestTypes.All.Contains(type))
        {
            faults.Add(new FieldProblem("type", "unknown", "One of " + string.Join(", ", ChangeRequestTypes.All)));
        }

        if (query.Area is { } area)
        {
            var tree = await areas.CurrentAsync(cancellationToken);
            if (!caller.Filters.Contains("area"))
            {
                faults.Add(new FieldProblem("area", "scope", "This caller does not filter by areas."));
            }
            else if (!tree.IsEmpty && !tree.Knows(area))
            {
                faults.Add(new FieldProblem("area", "unknown", "There is no such area."));
            }
        }

        return faults;
    }

    /// <summary>One disclosure per record that the view says something of.</summary>
    private async Task<List<Disclosure>> RowsAsync(
        RegistryDbContext db,
        ChangeRequest row,
        ChangeRequestView view,
        List<string> shown,
        ReadGate gate,
        CancellationToken cancellationToken
    )
    {
        var rows = new List<Disclosure>();
        if (view.Payload is null || view.Fields.Count == view.Hidden.Count)
        {
            return rows;
        }

        rows.Add(disclosures.Row(gate, row.Owner, shown));
        if (shown.Find(s => s is EditRules.Memberships or EditRules.Relationships) is { } word)
        {
            var parties = await db
                .ChangeRequestParties.AsNoTracking()
                .Where(p => p.RequestId == row.Id && p.RegistrantId != row.SubjectId)
                .Select(p => p.RegistrantId)
                .ToListAsync(cancellationToken);
            rows.AddRange(parties.Select(p => disclosures.Row(gate, p, [word])));
        }

        return rows;
    }
}
