using System.Globalization;
using Microsoft.EntityFrameworkCore;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Consents;
using SocialRegistry.Registry.Disclosures;
using SocialRegistry.Registry.Fields;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;
using SocialRegistry.Registry.Search;

namespace SocialRegistry.Registry.Attestations;

/// <summary>Finds values that wait for a statement, record by record in the order of their ids.</summary>
internal sealed class WaitingAttestations(
    IDbContextFactory<RegistryDbContext> contexts,
    RowRules rules,
    IStoredValues values,
    FieldCatalogue catalogue,
    ConsentGate consents,
    DisclosureLog disclosures,
    TimeProvider time
)
{
    private const int BatchRecords = 200;

    /// <summary>Records looked at for one page.</summary>
    private const int MostRecords = 2_000;

    public async Task<Outcome<Page<WaitingAttestation>>> ListAsync(
        WaitingFilter filter,
        PageRequest page,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        if (!caller.May(Permissions.WriteAttestations) || caller.Kind == CallerKind.Person)
        {
            return RegistrantProblems.NotAllowed(Permissions.WriteAttestations);
        }

        if (page.Size is < 1 or > 500 || Place.Read(page.After) is not { } place)
        {
            return RegistrantProblems.BadPage;
        }

        if (filter.Kind is not (null or RegistrantKinds.Individual or RegistrantKinds.Group))
        {
            return AttestationProblems.Invalid([
                new FieldProblem("kind", "unknown", "A record is an individual or a group."),
            ]);
        }

        var fields = Fields(filter, caller);
        if (fields.Count == 0)
        {
            return filter.Field is { } named
                ? AttestationProblems.UnknownField(named)
                : new Page<WaitingAttestation>([], null);
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var records = await RecordsAsync(db, filter, fields, caller, cancellationToken);
        var items = new List<WaitingAttestation>();
        for (var looked = 0; looked < MostRecords; looked += BatchRecords)
        {
            var batch = await BatchAsync(db, records, place, cancellationToken);
            var covers = await consents.LoadAsync(db, batch.ConvertAll(b => b.Row.Id), caller, cancellationToken);
            foreach (var (row, states) in batch)
            {
                var of = covers.Gate(ReadGate.OfWriter(caller), row.Id).Caller.Fields;
                var theirs = fields.Where(f => of.Contains(f.Id)).ToList();
                foreach (var field in Waiting(row, theirs, states).Where(f => place.IsBefore(row.Id, f.Field)))
                {
                    if (items.Count == page.Size)
                    {
                        return await ShowAsync(db, items, place, caller, cancellationToken);
                    }

                    items.Add(field);
                    place = new Place(row.Id, field.Field);
                }

                place = new Place(row.Id, null);
            }

            if (batch.Count < BatchRecords)
            {
                return await ShowAsync(db, items, null, caller, cancellationToken);
            }
        }

        return await ShowAsync(db, items, place, caller, cancellationToken);
    }

    /// <summary>Fields that the caller sees in the clear and that it attests, in the order of their ids.</summary>
    private List<FieldView> Fields(WaitingFilter filter, Caller caller) =>
        [
            .. catalogue
                .Current.View.Fields.Where(f =>
                    f is { Attestable: true, State: FieldState.Published }
                    && (filter.Field is null || f.Id == filter.Field)
                    && (filter.Kind is null || f.Kind == filter.Kind)
                    && caller.Fields.Contains(f.Id)
                    && !RecordDraft.IsMasked(caller, f.Id)
                    && new AttestationRule(f).Admits(caller)
                )
                .OrderBy(f => f.Id, StringComparer.Ordinal),
        ];

    private async Task<IQueryable<Registrant>> RecordsAsync(
        RegistryDbContext db,
        WaitingFilter filter,
        IReadOnlyList<FieldView> fields,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        BoundQuery query = filter.Area is { } area ? new BoundArea(area) : new BoundAnd([]);
        var records = await rules.RowsAsync(db, query, caller, cancellationToken);
        records = records.Where(r => r.Status != RegistrantStatuses.Merged);
        if (filter.Field is not { } field)
        {
            return records;
        }

        // Only of one field can the database tell which records have nothing to look at.
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var kinds = fields.Select(f => f.Kind).ToList();
        var having = values.Having(db, field);
        var states = db.Attestations;
        return records.Where(r =>
            kinds.Contains(r.Kind)
            && having.Any(h => h.Id == r.Id)
            && !states.Any(a =>
                a.RegistrantId == r.Id
                && a.Field == field
                && a.Status != AttestationStatuses.New
                && a.Status != AttestationStatuses.Pending
                && a.Status != AttestationStatuses.Expired
                && (a.Status != AttestationStatuses.Attested || a.ValidUntil == null || a.ValidUntil >= today)
            )
        );
    }

    private static async Task<List<(Registrant Row, IEnumerable<Attestation> States)>> BatchAsync(
        RegistryDbContext db,
        IQueryable<Registrant> records,
        Place place,
        CancellationToken cancellationToken
    )
    {
        var from = place.Record;
        var after = place.Field is null
            ? records.Where(r => r.Id.CompareTo(from) > 0)
            : records.Where(r => r.Id.CompareTo(from) >= 0);
        var rows = await after.AsNoTracking().OrderBy(r => r.Id).Take(BatchRecords).ToListAsync(cancellationToken);
        var ids = rows.ConvertAll(r => r.Id);
        var states = (
            await db.Attestations.AsNoTracking().Where(a => ids.Contains(a.RegistrantId)).ToListAsync(cancellationToken)
        ).ToLookup(a => a.RegistrantId);
        return rows.ConvertAll(r => (r, states[r.Id]));
    }

    private IEnumerable<WaitingAttestation> Waiting(
        Registrant row,
        IReadOnlyList<FieldView> fields,
        IEnumerable<Attestation> states
    )
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var held = row.Document().Values;
        var stated = states.ToDictionary(s => s.Field, s => s.StatusOn(today));
        return fields
            .Where(f => f.Kind == row.Kind && held.ContainsKey(f.Id))
            .Select(f => new WaitingAttestation(
                row.RegistrantId,
                row.Kind,
                f.Id,
                stated.GetValueOrDefault(f.Id, AttestationStatuses.New),
                row.UpdatedAt
            ))
            .Where(w =>
                w.Status is AttestationStatuses.New or AttestationStatuses.Pending or AttestationStatuses.Expired
            );
    }

    private async Task<Outcome<Page<WaitingAttestation>>> ShowAsync(
        RegistryDbContext db,
        IReadOnlyList<WaitingAttestation> items,
        Place? next,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var rows = items.Select(i => i.Id.Value).Distinct().ToList();
        var covers = await consents.LoadAsync(db, rows, caller, cancellationToken);
        await disclosures.WriteAsync(
            [.. rows.Select(id => disclosures.Row(caller, id, ["attestations"], covers.Reference(id)))],
            cancellationToken
        );
        return new Page<WaitingAttestation>(items, next?.ToString());
    }

    /// <summary>How far a list has come.</summary>
    /// <param name="Field">The last field shown of the record; absent: all of them.</param>
    private sealed record Place(Guid Record, string? Field)
    {
        public static Place? Read(string? text)
        {
            if (text is null)
            {
                return new Place(Guid.Empty, null);
            }

            var parts = text.Split('.', 2);
            return Guid.TryParseExact(parts[0], "N", out var record) && parts is [_] or [_, { Length: > 0 and <= 60 }]
                ? new Place(record, parts.ElementAtOrDefault(1))
                : null;
        }

        public bool IsBefore(Guid record, string field) =>
            record != Record || (Field is not null && string.CompareOrdinal(Field, field) < 0);

        public override string ToString() =>
            Field is null
                ? Record.ToString("N", CultureInfo.InvariantCulture)
                : string.Create(CultureInfo.InvariantCulture, $"{Record:N}.{Field}");
    }
}
