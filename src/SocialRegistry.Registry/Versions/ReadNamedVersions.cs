using Microsoft.EntityFrameworkCore;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Consents;
using SocialRegistry.Registry.Disclosures;
using SocialRegistry.Registry.Erasures;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;
using SocialRegistry.Registry.Search;

namespace SocialRegistry.Registry.Versions;

/// <summary>Shows named versions and what is in them.</summary>
internal sealed class ReadNamedVersions(
    IDbContextFactory<RegistryDbContext> contexts,
    RowRules rules,
    ConsentGate consents,
    DisclosureLog disclosures
)
{
    private const int MostItems = 500;
    private const int MostCounted = 10_000;

    public async Task<Outcome<Page<NamedVersionView>>> ListAsync(
        NamedVersionFilter filter,
        PageRequest page,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        if (RefusedReader(caller) is { } refused)
        {
            return refused;
        }

        if (page.Size is < 1 or > MostItems || (page.After is { } name && !NamedVersionRows.IsName(name)))
        {
            return RegistrantProblems.BadPage;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var versions = db.NamedVersions.AsNoTracking();
        if (filter.Kind is { } kind)
        {
            versions = versions.Where(v => v.Kind == kind);
        }

        if (filter.Source is { } source)
        {
            versions = versions.Where(v => v.Source == source);
        }

        if (filter.Open is { } open)
        {
            versions = versions.Where(v => (v.ClosedAt == null) == open);
        }

        if (page.After is { } after)
        {
            versions = versions.Where(v => v.Name.CompareTo(after) > 0);
        }

        var rows = await versions.OrderBy(v => v.Name).Take(page.Size + 1).ToListAsync(cancellationToken);
        var items = rows.Take(page.Size).Select(v => View(v)).ToList();
        return new Page<NamedVersionView>(items, rows.Count > page.Size ? items[^1].Name : null);
    }

    public async Task<Outcome<NamedVersionView>> GetAsync(
        string name,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        if (RefusedReader(caller) is { } refused)
        {
            return refused;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await FindAsync(db, name, cancellationToken) is { } version
            ? await CountedAsync(db, version, caller, cancellationToken)
            : NamedVersionProblems.Unknown;
    }

    public async Task<Outcome<Page<NamedVersionMember>>> MembersAsync(
        string name,
        PageRequest page,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        if (RefusedReader(caller) is { } refused)
        {
            return refused;
        }

        var after = Guid.Empty;
        if (page.Size is < 1 or > MostItems || (page.After is { } text && !Guid.TryParseExact(text, "D", out after)))
        {
            return RegistrantProblems.BadPage;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await FindAsync(db, name, cancellationToken) is null)
        {
            return NamedVersionProblems.Unknown;
        }

        var rows = await db
            .NamedVersionEntries.AsNoTracking()
            .Where(e => e.Name == name && e.RegistrantId.CompareTo(after) > 0)
            .OrderBy(e => e.RegistrantId)
            .Take(page.Size + 1)
            .ToListAsync(cancellationToken);
        var ids = rows.Take(page.Size).Select(r => r.RegistrantId).ToList();
        var known = await rules.RowsAsync(db, ids, caller, cancellationToken);
        var seesArchived = PastRecord.SeesArchived(caller);
        var tombstones = db.Erasures.Where(e => e.State == ErasureStates.Erased);
        var admitted = (
            await known
                .Where(r => seesArchived || r.Status != RegistrantStatuses.Archived)
                .Where(r => !tombstones.Any(e => e.RegistrantId == r.Id))
                .Select(r => r.Id)
                .ToListAsync(cancellationToken)
        ).ToHashSet();
        var covers = await consents.LoadAsync(db, admitted, caller, cancellationToken);
        var items = rows.Take(page.Size)
            .Where(r => admitted.Contains(r.RegistrantId) && covers.Any(r.RegistrantId))
            .ToList();
        await disclosures.WriteAsync(
            [
                .. items.Select(i =>
                    disclosures.Row(caller, i.RegistrantId, ["versions"], covers.Reference(i.RegistrantId))
                ),
            ],
            cancellationToken
        );
        return new Page<NamedVersionMember>(
            [.. items.Select(View)],
            rows.Count > page.Size ? ids[^1].ToString("D") : null
        );
    }

    private static Problem? RefusedReader(Caller caller) =>
        caller.May(Permissions.ReadVersions) && caller.Kind != CallerKind.Person
            ? null
            : RegistrantProblems.NotAllowed(Permissions.ReadVersions);

    private static async Task<NamedVersion?> FindAsync(
        RegistryDbContext db,
        string name,
        CancellationToken cancellationToken
    ) =>
        NamedVersionRows.IsName(name)
            ? await db.NamedVersions.AsNoTracking().SingleOrDefaultAsync(v => v.Name == name, cancellationToken)
            : null;

    /// <summary>With the number of its records, for callers that may know of every one.</summary>
    public static async Task<NamedVersionView> CountedAsync(
        RegistryDbContext db,
        NamedVersion version,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var view = View(version);
        if (!caller.Rows.IsAll || caller.ConsentRequired)
        {
            return view;
        }

        var counted = await db
            .NamedVersionEntries.Where(e => e.Name == version.Name)
            .OrderBy(e => e.RegistrantId)
            .Take(MostCounted + 1)
            .CountAsync(cancellationToken);
        return view with { Members = Math.Min(counted, MostCounted), MembersIsExact = counted <= MostCounted };
    }

    private static NamedVersionMember View(NamedVersionEntry entry) =>
        new(new RegistrantId(entry.RegistrantId), entry.Number, entry.JoinedAt);

    public static NamedVersionView View(NamedVersion version) =>
        new()
        {
            Name = version.Name,
            Kind = version.Kind,
            Source = version.Source,
            PeriodFrom = version.PeriodFrom,
            PeriodTo = version.PeriodTo,
            Open = version.IsOpen,
            CreatedAt = version.CreatedAt,
            CreatedBy = version.CreatedBy,
            ClosedAt = version.ClosedAt,
            ClosedBy = version.ClosedBy,
        };
}
