using Microsoft.EntityFrameworkCore;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Consents;
using SocialRegistry.Registry.Fields;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Search;
using SocialRegistry.Registry.Versions;

namespace SocialRegistry.Registry.Registrants;

/// <summary>Get by id and find by identifiers.</summary>
internal sealed class ReadRegistrants(
    IDbContextFactory<RegistryDbContext> contexts,
    RecordStore store,
    ShowRecords show,
    RowRules rules,
    PastViews past,
    IdentifierReader identifierReader,
    ConsentGate consents,
    FieldCatalogue catalogue,
    TimeProvider time
)
{
    /// <summary>Identifiers or ids of one call.</summary>
    private const int MostIdentifiers = 1_000;

    public async Task<Outcome<RegistrantView>> GetAsync(
        RegistrantId id,
        ReadOptions options,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var opened = ReadGate.Open(caller, options, catalogue.Current);
        if (!opened.Succeeded)
        {
            return opened.Problem;
        }

        if (options.IsPast && !caller.May(Permissions.ReadVersions))
        {
            return RegistrantProblems.NotAllowed(Permissions.ReadVersions);
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        using var record = await store.ReadAsync(db, id.Value, caller, cancellationToken);
        if (record?.Row.IsErased == true)
        {
            return RegistrantProblems.Erased;
        }

        if (record is null || (record.Row.IsArchived && (!options.IsPast || !PastRecord.SeesArchived(caller))))
        {
            return RegistrantProblems.NotFound;
        }

        if (options.IsPast)
        {
            return await past.ShowAsync(db, record, options, opened.Value, cancellationToken);
        }

        var shown = await show.ShowAsync(db, [record], options, opened.Value, cancellationToken);
        return shown[0];
    }

    public async Task<Outcome<IReadOnlyList<RegistrantView?>>> FindAsync(
        IReadOnlyList<Identifier> identifiers,
        ReadOptions options,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var opened = ReadGate.Open(caller, options, catalogue.Current);
        if (!opened.Succeeded)
        {
            return opened.Problem;
        }

        if (TooMuch(identifiers.Count, options) is { } tooMuch)
        {
            return tooMuch;
        }

        var asked = Ask(identifiers, caller);
        if (!asked.Succeeded)
        {
            return asked.Problem;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var records = await LookUpAsync(db, asked.Value.OfType<KnownIdentifier>(), cancellationToken);
        try
        {
            var ids = await rules.AdmittedAsync(db, records.Keys, caller, cancellationToken);
            var admitted = records.Values.Where(r => ids.Contains(r.Row.Id)).ToList();
            var carriers = Carriers(admitted, options.CurrentIdentifiersOnly);
            var covers = await consents.LoadAsync(db, ids, caller, cancellationToken);
            var found = asked
                .Value.Select(i =>
                    i is not null
                    && carriers.TryGetValue(i.Key, out var id)
                    && covers.Finds(id, i.Type.View.Id, catalogue.Current)
                        ? id
                        : (Guid?)null
                )
                .ToList();
            admitted.RemoveAll(r => !found.Contains(r.Row.Id));
            var shown = await show.ShowAsync(db, admitted, options, opened.Value, cancellationToken);
            var byId = shown.ToDictionary(v => v.Id.Value);
            return Outcome.Of<IReadOnlyList<RegistrantView?>>([
                .. found.Select(id => id is { } there ? byId[there] : null),
            ]);
        }
        finally
        {
            foreach (var record in records.Values)
            {
                record.Dispose();
            }
        }
    }

    public async Task<Outcome<IReadOnlyList<RegistrantView?>>> GetManyAsync(
        IReadOnlyList<RegistrantId> ids,
        ReadOptions options,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var opened = ReadGate.Open(caller, options, catalogue.Current);
        if (!opened.Succeeded)
        {
            return opened.Problem;
        }

        if (TooMuch(ids.Count, options) is { } tooMuch)
        {
            return tooMuch;
        }

        var keys = ids.Select(i => i.Value).Distinct().ToList();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var known = await rules.RowsAsync(db, keys, caller, cancellationToken);
        var records = await store.ReadAsync(
            db,
            known.Where(r => r.Status != RegistrantStatuses.Archived),
            cancellationToken
        );
        try
        {
            var shown = await show.ShowAsync(db, records, options, opened.Value, cancellationToken);
            var byId = shown.ToDictionary(v => v.Id);
            return Outcome.Of<IReadOnlyList<RegistrantView?>>([.. ids.Select(byId.GetValueOrDefault)]);
        }
        finally
        {
            foreach (var record in records)
            {
                record.Dispose();
            }
        }
    }

    private static Problem? TooMuch(int count, ReadOptions options) =>
        count > MostIdentifiers ? RegistrantProblems.TooManyIdentifiers(MostIdentifiers)
        : options.IsPast ? Problem.Invalid("registrants.version_not_here", "Past versions are read one by one, by id.")
        : null;

    /// <summary>The identifiers to look for; <c>null</c> where the answer is "no such person" whatever is stored.</summary>
    private Outcome<List<KnownIdentifier?>> Ask(IReadOnlyList<Identifier> identifiers, Caller caller)
    {
        var asked = new List<KnownIdentifier?>(identifiers.Count);
        foreach (var (index, identifier) in identifiers.Index())
        {
            if (catalogue.Current.IdentifierType(identifier.Type) is not { } type)
            {
                return RegistrantProblems.UnknownIdentifierType(index);
            }

            asked.Add(type.IsIn(caller.Filters) ? identifierReader.Read(type, identifier.Value) : null);
        }

        return asked;
    }

    private async Task<Dictionary<Guid, OpenRecord>> LookUpAsync(
        RegistryDbContext db,
        IEnumerable<KnownIdentifier> identifiers,
        CancellationToken cancellationToken
    )
    {
        var records = new Dictionary<Guid, OpenRecord>();
        foreach (var type in identifiers.GroupBy(i => i.Type.View.Id))
        {
            var tokens = type.Select(i => i.Token).DistinctBy(Convert.ToHexString).ToList();
            var found = await store.ReadAsync(
                db,
                db.Identifiers.Where(i => i.Type == type.Key && tokens.Contains(i.Token))
                    .Join(db.Registrants, i => i.RegistrantId, r => r.Id, (i, r) => r)
                    .Where(r => r.Status != RegistrantStatuses.Archived && r.Status != RegistrantStatuses.Merged),
                cancellationToken
            );
            foreach (var record in found)
            {
                if (!records.TryAdd(record.Row.Id, record))
                {
                    record.Dispose();
                }
            }
        }

        return records;
    }

    private Dictionary<(string Type, string Token), Guid> Carriers(IEnumerable<OpenRecord> records, bool currentOnly)
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        return records
            .SelectMany(r =>
                r.Document.Identifiers.Where(i =>
                        !currentOnly || !(IdentifierDetails.Open(r.Cipher, i)?.ExpiresOn < today)
                    )
                    .Select(i => (Key: (i.Type, i.Token), r.Row.Id))
            )
            .ToDictionary(e => e.Key, e => e.Id);
    }
}
