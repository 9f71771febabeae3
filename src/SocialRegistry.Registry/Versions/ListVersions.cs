using System.Globalization;
using Microsoft.EntityFrameworkCore;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Changes;
using SocialRegistry.Registry.Consents;
using SocialRegistry.Registry.Disclosures;
using SocialRegistry.Registry.Fields;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;

namespace SocialRegistry.Registry.Versions;

/// <summary>The versions of a record, newest first.</summary>
internal sealed class ListVersions(
    IDbContextFactory<RegistryDbContext> contexts,
    RecordStore store,
    FieldCatalogue catalogue,
    ConsentGate consents,
    DisclosureLog disclosures
)
{
    private const int MostItems = 500;

    public async Task<Outcome<Page<VersionView>>> HandleAsync(
        RegistrantId id,
        HistoryFilter filter,
        PageRequest page,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var opened = ReadGate.Open(caller, Permissions.ReadVersions, null, catalogue.Current);
        if (!opened.Succeeded)
        {
            return opened.Problem;
        }

        if (!TryParse(page, out var before))
        {
            return RegistrantProblems.BadPage;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        using var record = await store.ReadAsync(db, id.Value, caller, cancellationToken);
        if (record?.Row.IsErased == true)
        {
            return RegistrantProblems.Erased;
        }

        if (record is null || (record.Row.IsArchived && !PastRecord.SeesArchived(caller)))
        {
            return RegistrantProblems.NotFound;
        }

        var of = await consents.OfAsync(db, opened.Value, id.Value, cancellationToken);
        var gate = new HistoryGate(of, catalogue.Current, record.Row.Kind);
        if (gate.Check(filter) is { } problem)
        {
            return problem;
        }

        var number = filter.NamedVersion is { } name
            ? await NamedVersionRows.NumberAsync(db, name, id.Value, cancellationToken)
            : 0;
        if (!number.Succeeded)
        {
            return number.Problem;
        }

        var rows = gate.FindsNothing(filter)
            ? []
            : await Wanted(db, id.Value, filter, number.Value, before)
                .Take(page.Size + 1)
                .ToListAsync(cancellationToken);
        var numbers = rows.ConvertAll(r => r.Version.Number);
        var names = await db
            .NamedVersionEntries.Where(e => e.RegistrantId == id.Value && numbers.Contains(e.Number))
            .OrderBy(e => e.Name)
            .ToListAsync(cancellationToken);
        var items = rows.Take(page.Size)
            .Select(r => new VersionView(
                r.Version.Number,
                r.Version.RecordedAt,
                PartialDate.Of(r.Version.EffectiveOn, r.Version.EffectivePrecision),
                gate.Actor(r.Change.Actor),
                r.Change.Channel,
                gate.Reason(record.Cipher, r.Change.Reason),
                gate.RequestId(r.Change.RequestId),
                [.. VersionEntry.FieldsOf(r.Version.ChangedFields).Where(gate.Shows)]
            )
            {
                NamedVersions = [.. names.Where(n => n.Number == r.Version.Number).Select(n => n.Name)],
            })
            .ToList();
        await disclosures.WriteAsync([disclosures.Row(of, id.Value, ["versions"])], cancellationToken);
        return new Page<VersionView>(
            items,
            rows.Count > page.Size ? items[^1].Number.ToString(CultureInfo.InvariantCulture) : null
        );
    }

    /// <summary>The number that a page begins below.</summary>
    public static bool TryParse(PageRequest page, out long before)
    {
        before = long.MaxValue;
        return page.Size is >= 1 and <= MostItems
            && (
                page.After is not { } after
                || (long.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out before) && before >= 1)
            );
    }

    private static IQueryable<Row> Wanted(RegistryDbContext db, Guid id, HistoryFilter filter, long number, long before)
    {
        var versions = db.Versions.AsNoTracking().Where(v => v.RegistrantId == id && v.Number < before);
        if (filter.NamedVersion is not null)
        {
            versions = versions.Where(v => v.Number == number);
        }

        if (filter.From is { } from)
        {
            versions = versions.Where(v => v.RecordedAt >= from);
        }

        if (filter.To is { } to)
        {
            versions = versions.Where(v => v.RecordedAt < to);
        }

        if (filter.Field is { } field)
        {
            var named = $"\"{field}\"";
            versions = versions.Where(v => v.ChangedFields.Contains(named));
        }

        var changes = db.Changes.AsNoTracking();
        if (filter.Actor is { } actor)
        {
            changes = changes.Where(c => c.Actor == actor);
        }

        if (filter.Channel is { } channel)
        {
            changes = changes.Where(c => c.Channel == channel);
        }

        return versions
            .Join(
                changes,
                v => new { v.RegistrantId, v.Sequence },
                c => new { c.RegistrantId, c.Sequence },
                (v, c) => new Row { Version = v, Change = c }
            )
            .OrderByDescending(r => r.Version.Number);
    }

    private sealed class Row
    {
        public required VersionEntry Version { get; init; }

        public required ChangeEntry Change { get; init; }
    }
}
