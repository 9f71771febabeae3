using System.Text.Json.Nodes;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;

namespace SocialRegistry.Registry.Attestations;

/// <summary>Puts a statement into a unit of work: history, what holds now, entry of the change log with its notice.</summary>
internal sealed class AttestationWriter(RegistryDbContext db, TimeProvider time)
{
    public void Write(
        OpenRecord record,
        Attestation? current,
        AttestationEntry entry,
        string operation,
        ChangeNote note
    )
    {
        db.AttestationHistory.Add(entry);
        var old = current?.Status ?? AttestationStatuses.New;
        if (current is null)
        {
            current = new Attestation
            {
                RegistrantId = entry.RegistrantId,
                Field = entry.Field,
                EntryId = entry.Id,
                Status = entry.Status,
                ValueHash = entry.ValueHash,
                By = entry.By,
            };
            db.Attestations.Add(current);
            record.Attestations.Add(current);
        }

        current.EntryId = entry.Id;
        current.Status = entry.Status;
        current.ValueHash = entry.ValueHash;
        current.By = entry.By;
        current.ValidUntil = entry.ValidUntil;
        var writer = new RecordWriter(db, time);
        var change = new JsonObject
        {
            ["attestations." + entry.Field] = new JsonObject
            {
                ["old"] = new JsonObject { ["status"] = old },
                ["new"] = new JsonObject { ["status"] = entry.Status, ["entry"] = entry.Id.ToString() },
            },
        };
        entry.Sequence = writer.WriteEntry(record, operation, change.ToJsonString(), [entry.Field], note);
        writer.KeepNewKeys(record);
    }
}
