using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Attestations;
using SocialRegistry.Registry.ChangeRequests;
using SocialRegistry.Registry.Changes;
using SocialRegistry.Registry.Consents;
using SocialRegistry.Registry.Documents;
using SocialRegistry.Registry.Groups;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;
using SocialRegistry.Registry.Search;

namespace SocialRegistry.Registry.Erasures;

/// <summary>
/// Erases one record in one transaction: her memberships end, an empty version is written, and all keys of the record are destroyed.
/// Rows of the change log, of versions and of the history of attestations stay as they are; what they hold of her is ciphertext.
/// </summary>
internal sealed class EraseRecord(RecordStore store, TimeProvider time)
{
    private static Caller Nobody { get; } = Caller.System("erasures", "registry");

    public async Task HandleAsync(
        RegistryDbContext db,
        OpenRecord record,
        ChangeNote note,
        CancellationToken cancellationToken
    )
    {
        var writer = new RecordWriter(db, time);
        db.RemoveRange(record.Attestations);
        var id = record.Row.Id;
        db.RemoveRange(await db.Documents.Where(d => d.RegistrantId == id).ToListAsync(cancellationToken));
        db.RemoveRange(await db.ConsentGrants.Where(g => g.RegistrantId == id).ToListAsync(cancellationToken));
        db.RemoveRange(await db.Consents.Where(c => c.RegistrantId == id).ToListAsync(cancellationToken));
        await EndMembershipsAsync(db, writer, record, note, cancellationToken);
        await store.LoadSearchRowsAsync(db, record, record.Document.Values.Keys, cancellationToken);
        var empty = new StoredDocument
        {
            Status = RegistrantStatuses.Archived,
            StatusOn = note.EffectiveOn,
            Values = new Dictionary<string, JsonElement>(),
            Identifiers = [],
        };
        writer.WriteVersion(record, empty, ChangeOperations.Erased, note, new Dictionary<string, JsonElement>());
        record.Row.KeepHashKey([]);
        await db.SaveChangesAsync(cancellationToken);
        await ShredAsync(db, record.Row.Id, cancellationToken);
    }

    private async Task EndMembershipsAsync(
        RegistryDbContext db,
        RecordWriter writer,
        OpenRecord record,
        ChangeNote note,
        CancellationToken cancellationToken
    )
    {
        var open = await db
            .Memberships.Where(m => m.MemberId == record.Row.Id && m.EndedOn == null)
            .ToListAsync(cancellationToken);
        var groups = await store.LoadAsync(db, [.. open.Select(m => m.GroupId)], Nobody, cancellationToken);
        foreach (var membership in open)
        {
            // The head too: a household without one is mended by its registrar, an erasure does not wait for it.
            var before = membership.ToView();
            membership.End(note.EffectiveOn, null);
            MembershipLog.Write(
                writer,
                groups[membership.GroupId],
                record,
                before,
                membership.ToView(),
                isNewVersion: true,
                note
            );
        }
    }

    /// <summary>Takes away the keys, and everything beside the record by which she could be found or read.</summary>
    private static async Task ShredAsync(RegistryDbContext db, Guid id, CancellationToken cancellationToken)
    {
        // The request by which she came onto the register has keys of its own.
        var made = db.ChangeRequests.Where(r => r.SubjectId == null && r.ResultId == id).Select(r => r.Id);
        await db
            .RecordKeys.Where(k => k.RegistrantId == id || made.Contains(k.RegistrantId))
            .ExecuteDeleteAsync(cancellationToken);
        await db.Identifiers.Where(i => i.RegistrantId == id).ExecuteDeleteAsync(cancellationToken);
        await db.SearchTokens.Where(t => t.RegistrantId == id).ExecuteDeleteAsync(cancellationToken);
        await db.SearchTexts.Where(t => t.RegistrantId == id).ExecuteDeleteAsync(cancellationToken);
        await db.DocumentPieces.Where(p => p.RegistrantId == id).ExecuteDeleteAsync(cancellationToken);
        await db.IdempotencyKeys.Where(k => k.RegistrantId == id).ExecuteDeleteAsync(cancellationToken);
    }
}
