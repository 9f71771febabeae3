using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Changes;
using SocialRegistry.Registry.Disclosures;
using SocialRegistry.Registry.Fields;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;

namespace SocialRegistry.Registry.Identifiers;

/// <summary>Gives records numbers, and tells how full the pools are.</summary>
internal sealed class IdentifierPoolPort(
    UnitOfWork work,
    IDbContextFactory<RegistryDbContext> contexts,
    RecordStore store,
    NumberPool pool,
    FieldCatalogue catalogue,
    DisclosureLog disclosures,
    TimeProvider time
) : IIdentifierPool
{
    public async Task<Outcome<IssuedIdentifier>> IssueAsync(
        RegistrantId id,
        string type,
        long expectedVersion,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        if (!caller.May(Permissions.WriteRegistrants) || caller.Kind == CallerKind.Person)
        {
            return RegistrantProblems.NotAllowed(Permissions.WriteRegistrants);
        }

        var known = catalogue.Current.IdentifierType(type);
        if (known?.View.Generator is null || !known.IsIn(caller.Fields))
        {
            return IdentifierProblems.NoGenerator;
        }

        var note = ChangeNote.By(caller, null, null, time);
        return await work.RunAsync<IssuedIdentifier>(
            db => IssueAsync(db, id, known, expectedVersion, note, cancellationToken),
            // The number itself may have been typed in this moment: another one is taken.
            _ => null,
            cancellationToken
        );
    }

    public async Task<Outcome<IReadOnlyList<IdentifierPoolView>>> ListAsync(
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        if (!caller.May(Permissions.ReadRegistrants) || caller.Kind == CallerKind.Person)
        {
            return RegistrantProblems.NotAllowed(Permissions.ReadRegistrants);
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var counts = await db
            .PooledNumbers.GroupBy(n => n.Type)
            .Select(g => new
            {
                Type = g.Key,
                All = g.LongCount(),
                Free = g.LongCount(n => n.TakenAt == null),
            })
            .ToDictionaryAsync(c => c.Type, cancellationToken);
        return Outcome.Of<IReadOnlyList<IdentifierPoolView>>([
            .. catalogue
                .Current.View.IdentifierTypes.Where(t => t.Generator is not null)
                .Select(t =>
                    counts.TryGetValue(t.Id, out var c)
                        ? new IdentifierPoolView(t.Id, c.Free, c.All - c.Free, t.Generator!.PoolSize)
                        : new IdentifierPoolView(t.Id, 0, 0, t.Generator!.PoolSize)
                ),
        ]);
    }

    private async Task<Outcome<IssuedIdentifier>> IssueAsync(
        RegistryDbContext db,
        RegistrantId id,
        IdentifierType type,
        long expectedVersion,
        ChangeNote note,
        CancellationToken cancellationToken
    )
    {
        var loaded = await store.LoadAsync(db, [id.Value], note.Caller, cancellationToken);
        using var record = loaded.GetValueOrDefault(id.Value);
        if (record is null || record.Row.IsArchived)
        {
            return RegistrantProblems.NotFound;
        }

        if (record.Row.Version != expectedVersion)
        {
            return RegistrantProblems.ChangedSince(record.Row.Version);
        }

        if (record.Row.Kind != type.View.Kind)
        {
            return IdentifierProblems.NoGenerator;
        }

        var carried = record.Document.Identifiers;
        if (carried.Any(i => i.Type == type.View.Id))
        {
            return IdentifierProblems.AlreadyCarried;
        }

        if (carried.Count >= ValueLimits.MaxIdentifiers)
        {
            return IdentifierProblems.TooMany;
        }

        if (await pool.TakeAsync(db, type, cancellationToken) is not { } number)
        {
            return IdentifierProblems.Exhausted;
        }

        var next = new StoredDocument
        {
            Status = record.Row.Status,
            StatusOn = record.Document.StatusOn,
            Values = record.Document.Values,
            Identifiers =
            [
                .. carried,
                new StoredIdentifier(
                    type.View.Id,
                    record.Cipher.SealText(RecordDraft.IdentifierPath(type.View.Id), number.Value),
                    number.TokenText
                ),
            ],
        };
        var nothing = new Dictionary<string, JsonElement>();
        new RecordWriter(db, time).WriteVersion(record, next, ChangeOperations.Updated, note, nothing);
        // The number is the registry's own, so its first showing is one.
        db.Disclosures.Add(disclosures.Row(note.Caller, id.Value, [IdentifierType.Identifiers]));
        await db.SaveChangesAsync(cancellationToken);
        return new IssuedIdentifier(new Identifier(type.View.Id, number.Value), record.Row.Version);
    }
}
