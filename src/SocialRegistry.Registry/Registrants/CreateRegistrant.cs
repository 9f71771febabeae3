using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using SocialRegistry.Contracts;
using SocialRegistry.Protection;
using SocialRegistry.Registry.Areas;
using SocialRegistry.Registry.Changes;
using SocialRegistry.Registry.Disclosures;
using SocialRegistry.Registry.Documents;
using SocialRegistry.Registry.Fields;
using SocialRegistry.Registry.Identifiers;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Search;
using SocialRegistry.Registry.Versions;

namespace SocialRegistry.Registry.Registrants;

/// <summary>Stores a new record.</summary>
internal sealed class CreateRegistrant(
    UnitOfWork work,
    RecordStore store,
    RecordViews views,
    WriterAnswers answers,
    PastRecord past,
    IdentifierReader identifierReader,
    RowRules rules,
    GenerateAtCreation generate,
    DisclosureLog disclosures,
    FieldCatalogue catalogue,
    IAreaTrees areas,
    NamedVersionJoins joins,
    DocumentReferences references,
    IKeyRing keys,
    RegistryOptions options,
    TimeProvider time
)
{
    public async Task<Outcome<RegistrantView>> HandleAsync(
        NewRegistrant registrant,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        if (!caller.May(Permissions.WriteRegistrants) || caller.Kind == CallerKind.Person)
        {
            return RegistrantProblems.NotAllowed(Permissions.WriteRegistrants);
        }

        if (IdempotencyKey.Check(registrant.IdempotencyKey) is { } wrongKey)
        {
            return wrongKey;
        }

        var note = ChangeNote.By(caller, registrant.Reason, registrant.EffectiveOn, time);
        var tree = await areas.CurrentAsync(cancellationToken);
        var contentHash = registrant.IdempotencyKey is null ? null : ContentHash(registrant);
        return await work.RunAsync<RegistrantView>(
            async db =>
            {
                var draft = Check(registrant, note, tree);
                return draft.Succeeded
                    ? await CreateAsync(db, registrant, draft.Value, contentHash, note, cancellationToken)
                    : draft.Problem;
            },
            conflict =>
                conflict == WriteConflict.Identifier && contentHash is null && registrant.Generate is not { Count: > 0 }
                    ? RegistrantProblems.IdentifierTaken
                    : null,
            cancellationToken
        );
    }

    private Outcome<RecordDraft> Check(NewRegistrant registrant, ChangeNote note, IAreaTree tree)
    {
        var draft = RecordDraft.Check(
            registrant.Kind,
            registrant.Values,
            registrant.Identifiers ?? [],
            registrant.Reason,
            registrant.EffectiveOn?.Earliest,
            catalogue.Current,
            identifierReader,
            note.Caller,
            note.Now,
            tree
        );
        return draft.Succeeded && generate.Check(registrant, note.Caller) is { } problem ? problem : draft;
    }

    private async Task<Outcome<RegistrantView>> CreateAsync(
        RegistryDbContext db,
        NewRegistrant registrant,
        RecordDraft draft,
        byte[]? contentHash,
        ChangeNote note,
        CancellationToken cancellationToken
    )
    {
        if (
            contentHash is not null
            && await RememberedAsync(db, registrant, contentHash, note, cancellationToken) is { } answer
        )
        {
            return answer;
        }

        if (
            await references.CheckAsync(db, registrant.Kind, registrant.Values, note.Caller, cancellationToken) is
            { } unknown
        )
        {
            return unknown;
        }

        var taken = await IsTakenAsync(db, draft.Identifiers!, cancellationToken);
        var withNumbers = taken ? draft : await generate.AddAsync(db, registrant, draft, cancellationToken);
        if (!withNumbers.Succeeded)
        {
            return withNumbers.Problem;
        }

        using var record = store.Make(new Registrant(RegistrantId.New(time), registrant.Kind, note.Now));
        var merged = Begin(record, withNumbers.Value, note.Compared, out var clear);
        if (!merged.Succeeded)
        {
            return merged.Problem;
        }

        if (
            !await rules.AdmitsNewAsync(
                NewRecord(registrant.Kind, registrant.Values, registrant.Identifiers ?? []),
                note.Caller,
                cancellationToken
            )
        )
        {
            return RegistrantProblems.OutsideRows;
        }

        if (taken)
        {
            // Perhaps by this very request, sent twice at once: both were stored together, so the key is seen by now.
            return contentHash is null
                ? RegistrantProblems.IdentifierTaken
                : await RememberedAsync(db, registrant, contentHash, note, cancellationToken)
                    ?? RegistrantProblems.IdentifierTaken;
        }

        var begun = await joins.BeginAsync(
            db,
            registrant.NamedVersion,
            registrant.DryRun,
            note.Caller,
            cancellationToken
        );
        if (!begun.Succeeded)
        {
            return begun.Problem;
        }

        await using var joining = begun.Value;
        db.Registrants.Add(record.Row);
        new RecordWriter(db, time).WriteVersion(record, merged.Value, ChangeOperations.Created, note, clear);
        if (contentHash is not null && !registrant.DryRun)
        {
            db.IdempotencyKeys.Add(
                new IdempotencyKey
                {
                    Caller = IdempotencyKey.CallerOf(note.Caller),
                    Key = registrant.IdempotencyKey!,
                    ContentHash = contentHash,
                    RegistrantId = record.Row.Id,
                    At = note.Now,
                }
            );
        }

        if (registrant.Generate is { Count: > 0 })
        {
            // What the caller has sent is no showing to it; numbers that the registry made are.
            db.Disclosures.Add(disclosures.Row(note.Caller, record.Row.Id, [IdentifierType.Identifiers]));
        }

        await joining.AddAsync(record, record.Row.Version, note, time, cancellationToken);
        if (await answers.StoreAsync(db, registrant.DryRun, note.Caller, cancellationToken) is { } left)
        {
            return left;
        }

        await joining.CommitAsync(cancellationToken);
        return views.Show(record, ReadGate.OfWriter(note.Caller), []);
    }

    /// <summary>A record that is to be made, as row rules look at it.</summary>
    public static QueryRecord NewRecord(
        string kind,
        IReadOnlyDictionary<string, JsonElement> values,
        IReadOnlyList<Identifier> identifiers
    ) =>
        new()
        {
            Kind = kind,
            Values = values,
            Identifiers = identifiers,
        };

    /// <summary>True when a record carries one of these identifiers.</summary>
    public static async Task<bool> IsTakenAsync(
        RegistryDbContext db,
        IReadOnlyList<KnownIdentifier> identifiers,
        CancellationToken cancellationToken
    )
    {
        foreach (var type in identifiers.GroupBy(i => i.Type.View.Id))
        {
            var tokens = type.Select(i => i.Token).ToList();
            if (await db.Identifiers.AnyAsync(i => i.Type == type.Key && tokens.Contains(i.Token), cancellationToken))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Makes the first document of a new record.</summary>
    public static Outcome<StoredDocument> Begin(
        OpenRecord record,
        RecordDraft draft,
        Comparisons compared,
        out Dictionary<string, JsonElement> clear
    )
    {
        record.Row.KeepHashKey(record.Cipher.MakeHashKey());
        clear = [];
        return draft.MergeInto(record, addIdentifiers: false, clear, compared);
    }

    /// <summary>What the same key was answered with the first time.</summary>
    private async Task<Outcome<RegistrantView>?> RememberedAsync(
        RegistryDbContext db,
        NewRegistrant registrant,
        byte[] contentHash,
        ChangeNote note,
        CancellationToken cancellationToken
    )
    {
        var known = await IdempotencyKey.FindAsync(
            db,
            note.Caller,
            registrant.IdempotencyKey!,
            note.Now.AddDays(-options.IdempotencyDays),
            cancellationToken
        );
        if (known is null)
        {
            return null;
        }

        if (!known.ContentHash.AsSpan().SequenceEqual(contentHash))
        {
            return RegistrantProblems.KeyReused;
        }

        // Who has lost sight of the record since is told of nothing.
        using var record = await store.ReadAsync(db, known.RegistrantId, note.Caller, cancellationToken);
        if (record is null or { Row.IsArchived: true })
        {
            return RegistrantProblems.NotFound;
        }

        using var first = (await past.ReadAsync(db, record, 1, cancellationToken))!;
        return views.Show(first.Record, ReadGate.OfWriter(note.Caller), []) with
        {
            Version = 1,
            UpdatedAt = first.Entry.RecordedAt,
        };
    }

    private byte[] ContentHash(NewRegistrant registrant) =>
        IdempotencyKey.HashOf(
            new
            {
                registrant.Kind,
                registrant.Values,
                registrant.Identifiers,
                registrant.Generate,
                registrant.Reason,
                registrant.EffectiveOn,
                registrant.NamedVersion,
            },
            keys
        );
}
