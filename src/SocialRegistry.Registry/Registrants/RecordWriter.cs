using System.Text.Json;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Attestations;
using SocialRegistry.Registry.Changes;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Versions;

namespace SocialRegistry.Registry.Registrants;

/// <summary>Puts a change and all that goes with it into one unit of work: row, version, change entry, attestation fall-back, directory, what searches look into, outbox.</summary>
/// <param name="bulk">Takes new rows in place of the context, when there are many.</param>
internal sealed class RecordWriter(RegistryDbContext db, TimeProvider time, NewRows? bulk = null)
{
    /// <summary>Stores a new row.</summary>
    public void Add(object row)
    {
        if (bulk is null)
        {
            db.Add(row);
        }
        else
        {
            bulk.Add(row);
        }
    }

    /// <summary>The record takes its next version.</summary>
    /// <param name="clear">Clear values of the fields that changed, for the hashes of fallen attestations.</param>
    public IReadOnlyList<string> WriteVersion(
        OpenRecord record,
        StoredDocument next,
        string operation,
        ChangeNote note,
        IReadOnlyDictionary<string, JsonElement> clear
    )
    {
        note = note with { Now = record.Row.NextMoment(note.Now, later: true) };
        var before = record.Document;
        var changed = next.Differences(before);
        record.Row.Write(next, note.Now);
        record.Document = next;
        WriteDirectory(record.Row.Id, before, next);
        WriteSearchRows(record, changed, clear);
        var sequence = WriteEntry(record, operation, FieldChanges(before, next, changed), changed, note);
        AddVersion(record, before, sequence, changed, note);
        FallBack(record, changed, sequence, note, clear);
        KeepNewKeys(record);
        return changed;
    }

    /// <summary>The record takes its next version by a change of its members: an entry of the change log, and values as they were.</summary>
    /// <param name="fields">JSON: by field id <c>old</c> and <c>new</c> in stored form.</param>
    public void WriteVersionOfMembers(
        OpenRecord record,
        string operation,
        string fields,
        IReadOnlyList<string> changed,
        ChangeNote note
    )
    {
        // The moment of the version is that of its first entry: whoever asks for the version before sees none of its memberships.
        note = note with
        {
            Now = record.Row.NextMoment(note.Now, later: true),
        };
        var document = record.Document;
        record.Row.Write(document, note.Now);
        var sequence = WriteEntry(record, operation, fields, changed, note);
        AddVersion(record, document, sequence, changed, note);
    }

    /// <summary>An entry of the change log with its notice, without a new version.</summary>
    /// <param name="fields">JSON: by field id <c>old</c> and <c>new</c> in stored form.</param>
    public long WriteEntry(
        OpenRecord record,
        string operation,
        string fields,
        IReadOnlyList<string> changed,
        ChangeNote note
    )
    {
        note = note with { Now = record.Row.NextMoment(note.Now, later: false) };
        var entry = new ChangeEntry
        {
            RegistrantId = record.Row.Id,
            Sequence = record.Row.NextSequence(),
            Operation = operation,
            Version = record.Row.Version,
            RecordedAt = note.Now,
            EffectiveOn = note.EffectiveOn,
            ActorKind = note.Caller.Kind.ToString().ToLowerInvariant(),
            Actor = note.Caller.Id,
            Channel = note.Caller.Channel,
            RequestId = ChangeNote.RequestId(note.Caller),
            Decision = note.Caller.Decision is { } decision ? JsonSerializer.Serialize(decision) : null,
            Reason = note.Reason is { Length: > 0 } reason ? record.Cipher.SealText("reason", reason) : null,
            Epoch = record.Row.Epoch,
            Fields = fields,
        };
        Add(entry);
        Add(
            new OutboxEntry
            {
                Id = Guid.CreateVersion7(time.GetUtcNow()),
                RegistrantId = record.Row.Id,
                Sequence = entry.Sequence,
                Kind = record.Row.Kind,
                Operation = operation,
                Version = record.Row.Version,
                RecordedAt = note.Now,
                ChangedFields = JsonSerializer.Serialize(changed),
            }
        );
        return entry.Sequence;
    }

    /// <summary>Stores the data keys that the record's cipher made.</summary>
    public void KeepNewKeys(OpenRecord record)
    {
        record.Cipher.Made.ForEach(Add);
        record.Cipher.Made.Clear();
    }

    private void AddVersion(
        OpenRecord record,
        StoredDocument before,
        long sequence,
        IReadOnlyList<string> changed,
        ChangeNote note
    ) =>
        Add(
            new VersionEntry
            {
                RegistrantId = record.Row.Id,
                Number = record.Row.Version,
                Sequence = sequence,
                RecordedAt = note.Now,
                EffectiveOn = note.EffectiveOn,
                EffectivePrecision = note.EffectivePrecision,
                Epoch = record.Row.Epoch,
                CatalogueVersion =
                    record.CheckedAgainst
                    ?? throw new InvalidOperationException("The values were not checked against a catalogue."),
                ChangedFields = JsonSerializer.Serialize(changed),
                ReversePatch = record.Row.Version == 1 ? "{}" : record.Document.ReversePatch(before),
                Snapshot = record.Row.Version % VersionEntry.SnapshotEvery == 0 ? record.Document.Snapshot() : null,
            }
        );

    private static string FieldChanges(StoredDocument before, StoredDocument next, IReadOnlyList<string> changed) =>
        JsonText.Object(writer =>
        {
            foreach (var id in changed)
            {
                writer.WriteStartObject(id);
                WriteMember(writer, "old", before, id);
                WriteMember(writer, "new", next, id);
                writer.WriteEndObject();
            }
        });

    private static void WriteMember(Utf8JsonWriter writer, string name, StoredDocument document, string id)
    {
        writer.WritePropertyName(name);
        if (id == "status")
        {
            writer.WriteStringValue(document.Status);
        }
        else if (id == Fields.IdentifierType.Identifiers)
        {
            StoredDocument.WriteIdentifiers(writer, document.Identifiers);
        }
        else if (document.Values.TryGetValue(id, out var value))
        {
            value.WriteTo(writer);
        }
        else
        {
            writer.WriteNullValue();
        }
    }

    private void WriteDirectory(Guid registrant, StoredDocument before, StoredDocument next)
    {
        var old = before.Identifiers.Select(i => (i.Type, i.Token)).ToHashSet();
        var now = next.Identifiers.Select(i => (i.Type, i.Token)).ToHashSet();
        foreach (var identifier in now.Except(old))
        {
            Add(Entry(registrant, identifier));
        }

        db.Identifiers.RemoveRange(old.Except(now).Select(i => Entry(registrant, i)));
    }

    private void WriteSearchRows(
        OpenRecord record,
        IReadOnlyList<string> changed,
        IReadOnlyDictionary<string, JsonElement> clear
    )
    {
        if (record.Search is not { } search || !search.Keeps(record.Row.Kind, changed))
        {
            return;
        }

        if (record.Row.Version > 1)
        {
            var standing =
                record.SearchRows ?? throw new InvalidOperationException("What searches look into was not loaded.");
            db.RemoveRange(standing.Where(r => changed.Contains(r.Field)).Select(r => r.Row));
        }

        foreach (var id in changed)
        {
            if (clear.TryGetValue(id, out var value))
            {
                search.Make(record.Row.Id, record.Row.Kind, id, value).ToList().ForEach(Add);
            }
        }
    }

    private static IdentifierEntry Entry(Guid registrant, (string Type, string Token) identifier) =>
        new()
        {
            Type = identifier.Type,
            Token = System.Buffers.Text.Base64Url.DecodeFromChars(identifier.Token),
            RegistrantId = registrant,
        };

    private void FallBack(
        OpenRecord record,
        IReadOnlyList<string> changed,
        long sequence,
        ChangeNote note,
        IReadOnlyDictionary<string, JsonElement> clear
    )
    {
        foreach (var attestation in record.Attestations.Where(a => changed.Contains(a.Field)).ToList())
        {
            Add(
                new AttestationEntry
                {
                    RegistrantId = record.Row.Id,
                    Id = Guid.CreateVersion7(time.GetUtcNow()),
                    Field = attestation.Field,
                    Status = AttestationStatuses.New,
                    ValueHash =
                        record.Document.Values.ContainsKey(attestation.Field)
                        && clear.TryGetValue(attestation.Field, out var value)
                            ? record.ValueHash(attestation.Field, value)
                            : "",
                    By = note.Caller.Id,
                    At = note.Now,
                    Sequence = sequence,
                    Version = record.Row.Version,
                    Epoch = record.Row.Epoch,
                }
            );
            db.Attestations.Remove(attestation);
            record.Attestations.Remove(attestation);
        }
    }
}
