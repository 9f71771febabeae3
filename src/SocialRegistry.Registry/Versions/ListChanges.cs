using System.Globalization;
using Microsoft.EntityFrameworkCore;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Changes;
using SocialRegistry.Registry.Consents;
using SocialRegistry.Registry.Disclosures;
using SocialRegistry.Registry.Fields;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;
using SocialRegistry.Registry.Search;

namespace SocialRegistry.Registry.Versions;

/// <summary>The entries of a record's change log, newest first, with old and new values within the caller's scope.</summary>
internal sealed class ListChanges(
    IDbContextFactory<RegistryDbContext> contexts,
    RecordStore store,
    RowRules rules,
    FieldCatalogue catalogue,
    ConsentGate consents,
    DisclosureLog disclosures
)
{
    public async Task<Outcome<Page<ChangeView>>> HandleAsync(
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

        if (!ListVersions.TryParse(page, out var before))
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
        var onPage = rows.Take(page.Size).ToList();
        var ends = onPage.SelectMany(ChangedFields.Ends).Distinct().ToList();
        var admitted = await rules.AdmittedAsync(db, ends, caller, cancellationToken);
        using var ciphers = await EpochCiphers.LoadAsync(
            db,
            store,
            record,
            onPage.Select(r => r.Epoch),
            cancellationToken
        );
        var fields = new ChangedFields(of, catalogue.Current, record.Row, admitted);
        var items = onPage.ConvertAll(row => new ChangeView
        {
            Sequence = row.Sequence,
            Operation = row.Operation,
            Version = row.Version,
            RecordedAt = row.RecordedAt,
            EffectiveOn = row.EffectiveOn,
            ChangedBy = gate.Actor(row.Actor),
            Channel = row.Channel,
            Reason = gate.Reason(ciphers.Of(row.Epoch), row.Reason),
            RequestId = gate.RequestId(row.RequestId),
            Fields = fields.Of(row, ciphers.Of(row.Epoch)),
        });
        var shown = items
            .SelectMany(i => i.Fields)
            .Select(f => f.Masked ? Masks.Shown(f.Field) : f.Field)
            .Distinct()
            .Append("changes")
            .ToList();
        await disclosures.WriteAsync([disclosures.Row(of, id.Value, shown)], cancellationToken);
        return new Page<ChangeView>(
            items,
            rows.Count > page.Size ? items[^1].Sequence.ToString(CultureInfo.InvariantCulture) : null
        );
    }

    private static IQueryable<ChangeEntry> Wanted(
        RegistryDbContext db,
        Guid id,
        HistoryFilter filter,
        long number,
        long before
    )
    {
        var changes = db.Changes.AsNoTracking().Where(c => c.RegistrantId == id && c.Sequence < before);
        if (filter.NamedVersion is not null)
        {
            changes = changes.Where(c => c.Version == number);
        }

        if (filter.From is { } from)
        {
            changes = changes.Where(c => c.RecordedAt >= from);
        }

        if (filter.To is { } to)
        {
            changes = changes.Where(c => c.RecordedAt < to);
        }

        if (filter.Field is { } field)
        {
            // As the writer of entries writes it: no value looks like it, since quotes in values are escaped.
            var named = $"\"{field}\":{{\"old\":";
            changes = changes.Where(c => c.Fields.Contains(named));
        }

        if (filter.Actor is { } actor)
        {
            changes = changes.Where(c => c.Actor == actor);
        }

        if (filter.Channel is { } channel)
        {
            changes = changes.Where(c => c.Channel == channel);
        }

        return changes.OrderByDescending(c => c.Sequence);
    }
}
