using System.Text.Json;
using System.Text.Json.Nodes;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Attestations;
using SocialRegistry.Registry.Changes;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Versions;

namespace SocialRegistry.Registry.Registrants;

/// <summary>Puts a change and all that goes with it into one unit of work: row, version, change entry, attestation fall-back, directory, outbox.</summary>
internal sealed class RecordWriter(RegistryDbContext db, TimeProvider time)
{
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
        var before = record.Document;
        var changed = next.Differences(before);
        record.Row.Write(next, note.Now);
        record.Document = next;
        WriteDirectory(record.Row.Id, before, next);
        var sequence = WriteEntry(record, operation, FieldChanges(before, next, changed), changed, note);
        db.Versions.Add(
            new VersionEntry
            {
                RegistrantId = record.Row.Id,
                Number = record.Row.Version,
                Sequence = sequence,
                RecordedAt = note.Now,
                EffectiveOn = note.EffectiveOn,
                Epoch = record.Row.Epoch,
                ChangedFields = JsonSerializer.Serialize(changed),
                ReversePatch = next.ReversePatch(before),
                Snapshot = record.Row.Version % VersionEntry.SnapshotEvery == 0 ? next.Snapshot() : null,
            }
        );
        FallBack(record, changed, note, clear);
        KeepNewKeys(record);
        return changed;
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
            RequestId = note.Caller.RequestId,
            Reason = note.Reason is { Length: > 0 } reason ? record.Cipher.SealText("reason", reason) : null,
            Epoch = record.Row.Epoch,
            Fields = fields,
            PreviousHash = record.Row.ChainHash,
        };
        entry.Hash = ChangeChain.Hash(entry);
        record.Row.Chain(entry.Hash);
        db.Changes.Add(entry);
        db.Outbox.Add(
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
        db.RecordKeys.AddRange(record.Cipher.Made);
        record.Cipher.Made.Clear();
    }

    private static string FieldChanges(StoredDocument before, StoredDocument next, IReadOnlyList<string> changed)
    {
        var fields = new JsonObject();
        foreach (var id in changed)
        {
            fields[id] = id switch
            {
                "status" => Change(JsonValue.Create(before.Status), JsonValue.Create(next.Status)),
                Fields.IdentifierType.Identifiers => Change(
                    JsonSerializer.SerializeToNode(before.Identifiers),
                    JsonSerializer.SerializeToNode(next.Identifiers)
                ),
                _ => Change(Node(before, id), Node(next, id)),
            };
        }

        return fields.ToJsonString();
    }

    private static JsonObject Change(JsonNode? old, JsonNode? next) => new() { ["old"] = old, ["new"] = next };

    private static JsonNode? Node(StoredDocument document, string id) =>
        document.Values.TryGetValue(id, out var value) ? JsonNode.Parse(value.GetRawText()) : null;

    private void WriteDirectory(Guid registrant, StoredDocument before, StoredDocument next)
    {
        var old = before.Identifiers.Select(i => (i.Type, i.Token)).ToHashSet();
        var now = next.Identifiers.Select(i => (i.Type, i.Token)).ToHashSet();
        db.Identifiers.AddRange(now.Except(old).Select(i => Entry(registrant, i)));
        db.Identifiers.RemoveRange(old.Except(now).Select(i => Entry(registrant, i)));
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
        ChangeNote note,
        IReadOnlyDictionary<string, JsonElement> clear
    )
    {
        foreach (var attestation in record.Attestations.Where(a => changed.Contains(a.Field)).ToList())
        {
            db.AttestationHistory.Add(
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
                    Version = record.Row.Version,
                    Epoch = record.Row.Epoch,
                }
            );
            db.Attestations.Remove(attestation);
            record.Attestations.Remove(attestation);
        }
    }
}
