using Microsoft.EntityFrameworkCore;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Disclosures;
using SocialRegistry.Registry.Fields;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;
using SocialRegistry.Registry.Search;

namespace SocialRegistry.Registry.Versions;

/// <summary>The port: named versions and feedback. Persons have no part in it.</summary>
internal sealed class NamedVersionsPort(
    UnitOfWork work,
    IDbContextFactory<RegistryDbContext> contexts,
    IRowLocks locks,
    NamedVersionJoins joins,
    GiveFeedback feedback,
    RecordStore store,
    RowRules rules,
    DisclosureLog disclosures,
    RegistryOptions options,
    TimeProvider time
) : INamedVersions
{
    private const int MostItems = 500;
    private const int MostCounted = 10_000;

    private static readonly string[] Standard =
    [
        NamedVersionKinds.Survey,
        NamedVersionKinds.Feedback,
        NamedVersionKinds.Import,
        NamedVersionKinds.Manual,
    ];

    public async Task<Outcome<NamedVersionView>> CreateAsync(
        NewNamedVersion version,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        if (NamedVersionJoins.Refused(caller) is { } refused)
        {
            return refused;
        }

        if (Check(version) is { Count: > 0 } problems)
        {
            return NamedVersionProblems.Invalid(problems);
        }

        return await work.RunAsync<NamedVersionView>(
            async db =>
            {
                var there = await db.NamedVersions.SingleOrDefaultAsync(v => v.Name == version.Name, cancellationToken);
                if (there is null)
                {
                    there = New(version, caller, ChangeNote.Moment(time));
                    db.NamedVersions.Add(there);
                    await db.SaveChangesAsync(cancellationToken);
                }
                else if (!IsSame(there, version, caller))
                {
                    return NamedVersionProblems.Taken;
                }

                return View(there);
            },
            _ => null,
            cancellationToken
        );
    }

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
        var admitted = (
            await known
                .Where(r => seesArchived || r.Status != RegistrantStatuses.Archived)
                .Select(r => r.Id)
                .ToListAsync(cancellationToken)
        ).ToHashSet();
        var items = rows.Take(page.Size).Where(r => admitted.Contains(r.RegistrantId)).ToList();
        await disclosures.WriteAsync(
            [.. items.Select(i => disclosures.Row(caller, i.RegistrantId, ["versions"]))],
            cancellationToken
        );
        return new Page<NamedVersionMember>(
            [.. items.Select(View)],
            rows.Count > page.Size ? ids[^1].ToString("D") : null
        );
    }

    public async Task<Outcome<NamedVersionMember>> JoinAsync(
        string name,
        RegistrantId registrant,
        long? version,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        if (NamedVersionJoins.Refused(caller) is { } refused)
        {
            return refused;
        }

        var note = ChangeNote.By(caller, null, null, time);
        return await work.RunAsync<NamedVersionMember>(
            async db =>
            {
                var begun = await joins.BeginAsync(db, name, dryRun: false, caller, cancellationToken);
                if (!begun.Succeeded)
                {
                    return begun.Problem;
                }

                await using var joining = begun.Value;
                using var record = await store.ReadAsync(db, registrant.Value, caller, cancellationToken);
                if (record is null || (record.Row.IsArchived && !PastRecord.SeesArchived(caller)))
                {
                    return RegistrantProblems.NotFound;
                }

                var number = version ?? record.Row.Version;
                if (number < 1 || number > record.Row.Version)
                {
                    return RegistrantProblems.VersionNotFound;
                }

                await joining.AddAsync(registrant.Value, number, note, cancellationToken);
                await db.SaveChangesAsync(cancellationToken);
                await joining.CommitAsync(cancellationToken);
                return new NamedVersionMember(registrant, number, note.Now);
            },
            _ => null,
            cancellationToken
        );
    }

    public async Task<Outcome<NamedVersionView>> CloseAsync(
        string name,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        if (NamedVersionJoins.Refused(caller) is { } refused)
        {
            return refused;
        }

        return await work.RunAsync<NamedVersionView>(
            async db =>
            {
                if (!NamedVersionRows.IsName(name))
                {
                    return NamedVersionProblems.Unknown;
                }

                await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
                // Those who are joining are waited for.
                await locks.LockNamedVersionAsync(db, name, alone: true, cancellationToken);
                var version = await db.NamedVersions.SingleOrDefaultAsync(v => v.Name == name, cancellationToken);
                if (version is null)
                {
                    return NamedVersionProblems.Unknown;
                }

                if (GiveFeedback.IsOfAnother(version, caller))
                {
                    return NamedVersionProblems.Others;
                }

                if (version.IsOpen)
                {
                    version.Close(ChangeNote.Moment(time), caller.Id);
                    await db.SaveChangesAsync(cancellationToken);
                }

                await transaction.CommitAsync(cancellationToken);
                return await CountedAsync(db, version, caller, cancellationToken);
            },
            _ => null,
            cancellationToken
        );
    }

    public Task<Outcome<FeedbackResult>> FeedbackAsync(
        Feedback sent,
        Caller caller,
        CancellationToken cancellationToken
    ) => feedback.HandleAsync(sent, caller, cancellationToken);

    public static NamedVersion New(NewNamedVersion version, Caller caller, DateTimeOffset now) =>
        new()
        {
            Name = version.Name,
            Kind = version.Kind,
            Source = version.Source,
            PeriodFrom = version.PeriodFrom,
            PeriodTo = version.PeriodTo,
            CreatedAt = now,
            CreatedByKind = NamedVersion.KindOf(caller),
            CreatedBy = caller.Id,
        };

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

    private static bool IsSame(NamedVersion there, NewNamedVersion version, Caller caller) =>
        there.CreatedBy == caller.Id
        && there.CreatedByKind == NamedVersion.KindOf(caller)
        && there.Kind == version.Kind
        && there.Source == version.Source
        && there.PeriodFrom == version.PeriodFrom
        && there.PeriodTo == version.PeriodTo;

    private static async Task<NamedVersionView> CountedAsync(
        RegistryDbContext db,
        NamedVersion version,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var view = View(version);
        if (!caller.Rows.IsAll)
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

    private static NamedVersionView View(NamedVersion version) =>
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

    private List<FieldProblem> Check(NewNamedVersion version)
    {
        var problems = new List<FieldProblem>();
        if (!NamedVersionRows.IsName(version.Name))
        {
            problems.Add(
                new FieldProblem(
                    "name",
                    "pattern",
                    $"A name has 1 to {NamedVersion.MaxName} lower-case letters, digits, dots, hyphens and underscores; the first is a letter."
                )
            );
        }

        string[] kinds = [.. options.NamedVersionKinds ?? Standard, NamedVersionKinds.Feedback];
        if (!kinds.Contains(version.Kind))
        {
            problems.Add(
                new FieldProblem("kind", "unknown", "Send one of " + string.Join(", ", kinds.Distinct()) + ".")
            );
        }

        if (
            version.Source is { } source
            && (source.Length is 0 or > NamedVersion.MaxSource || source.Any(char.IsControl))
        )
        {
            problems.Add(
                new FieldProblem(
                    "source",
                    "length",
                    $"A source has 1 to {NamedVersion.MaxSource} printable characters."
                )
            );
        }

        if (!ValueLimits.IsPlausible(version.PeriodFrom))
        {
            problems.Add(new FieldProblem("periodFrom", "range", "This day cannot be."));
        }

        if (!ValueLimits.IsPlausible(version.PeriodTo) || version.PeriodTo < version.PeriodFrom)
        {
            problems.Add(new FieldProblem("periodTo", "range", "This day cannot be, or lies before the first."));
        }

        return problems;
    }
}
