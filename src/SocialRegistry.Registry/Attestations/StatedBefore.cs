using Microsoft.EntityFrameworkCore;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Documents;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;

namespace SocialRegistry.Registry.Attestations;

/// <summary>What statements about one record meet: those taken before under the same signature, and the documents they may name.</summary>
internal sealed class StatedBefore
{
    private readonly List<AttestationEntry> entries;
    private readonly ILookup<int, RecordKeyRow> keys;
    private readonly HashSet<Guid> documents;

    private StatedBefore(List<AttestationEntry> entries, IEnumerable<RecordKeyRow> keys, IEnumerable<Guid> documents)
    {
        this.entries = entries;
        this.keys = keys.ToLookup(k => k.Epoch);
        this.documents = [.. documents];
    }

    public static async Task<StatedBefore> LoadAsync(
        RegistryDbContext db,
        Guid id,
        IReadOnlyList<AttestationOf> statements,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var signed = statements.Any(s => s.Statement.Signature is not null);
        var entries = signed ? await SignedAsync(db, id, statements, cancellationToken) : [];
        var epochs = entries.Select(e => e.Epoch).Distinct().ToList();
        var keys =
            entries.Count == 0
                ? []
                : await db
                    .RecordKeys.AsNoTracking()
                    .Where(k => k.RegistrantId == id && epochs.Contains(k.Epoch))
                    .ToListAsync(cancellationToken);
        var named = statements.Select(s => s.Statement.Document?.Value).OfType<Guid>().Distinct().ToList();
        var documents =
            named.Count == 0 || !AttestationReader.SeesDocuments(caller)
                ? []
                : await db
                    .Documents.Where(d => d.RegistrantId == id && named.Contains(d.Id))
                    .Select(d => d.Id)
                    .ToListAsync(cancellationToken);
        return new StatedBefore(entries, keys, documents);
    }

    /// <summary>The statement that was taken under the same signature.</summary>
    public AttestationEntry? Entry(string field, StatementSignature? signature) =>
        signature is null ? null : entries.Find(e => e.Field == field && signature.Equals(e.Signature));

    /// <summary>As it was answered then.</summary>
    public AttestationView Show(OpenRecord record, AttestationEntry entry, RecordStore store, Caller caller)
    {
        using var then = new OpenRecord(record.Row, store.Cipher(record.Row, entry.Epoch, keys[entry.Epoch]));
        return AttestationReader.Show(then, entry, DateOnly.MinValue, caller);
    }

    /// <summary>True when the record has the document and the attestor may know of it.</summary>
    public bool Sees(DocumentId document) => documents.Contains(document.Value);

    private static async Task<List<AttestationEntry>> SignedAsync(
        RegistryDbContext db,
        Guid id,
        IReadOnlyList<AttestationOf> statements,
        CancellationToken cancellationToken
    )
    {
        var fields = statements.Where(s => s.Statement.Signature is not null).Select(s => s.Field).Distinct().ToList();
        return await db
            .AttestationHistory.AsNoTracking()
            .Where(e => e.RegistrantId == id && fields.Contains(e.Field) && e.SignatureDigest != null)
            .ToListAsync(cancellationToken);
    }
}
