using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Changes;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;

namespace SocialRegistry.Registry.Documents;

/// <summary>Reads a file whole, checks it, and stores it in pieces with its entry of the change log.</summary>
internal sealed class AddDocument(
    UnitOfWork work,
    RecordStore store,
    Repeats repeats,
    DocumentOptions options,
    TimeProvider time
)
{
    private int uploads;

    public async Task<Outcome<DocumentView>> HandleAsync(
        RegistrantId id,
        NewDocument document,
        Stream content,
        WriteConditions conditions,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        if (DocumentChecks.Check(document) is { Count: > 0 } problems)
        {
            return DocumentProblems.Invalid(problems);
        }

        if (IdempotencyKey.Check(conditions.IdempotencyKey) is { } wrongKey)
        {
            return wrongKey;
        }

        // Refused and not queued: a slow sender must not hold a place that others wait for.
        if (Interlocked.Increment(ref uploads) > options.MaxUploads)
        {
            Interlocked.Decrement(ref uploads);
            return DocumentProblems.Busy;
        }

        byte[] bytes = [];
        try
        {
            var read = await ReadAsync(content, cancellationToken);
            if (!read.Succeeded)
            {
                return read.Problem;
            }

            bytes = read.Value;
            if (ContentCheck.Fault(document.MediaType, bytes) is { } fault)
            {
                return DocumentProblems.Mismatch(fault);
            }

            var note = ChangeNote.By(caller, null, null, time);
            var sent = new
            {
                Registrant = id,
                Document = document,
                Sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes)),
            };
            var repeat = repeats.Of(conditions.IdempotencyKey, conditions.DryRun, "document", sent, note);
            return await work.RunAsync<DocumentView>(
                db => StoreAsync(db, id, document, bytes, conditions.DryRun, repeat, note, cancellationToken),
                _ => null,
                cancellationToken
            );
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
            Interlocked.Decrement(ref uploads);
        }
    }

    private async Task<Outcome<byte[]>> ReadAsync(Stream content, CancellationToken cancellationToken)
    {
        using var whole = new MemoryStream();
        var buffer = new byte[DocumentPiece.Size];
        while (await content.ReadAsync(buffer, cancellationToken) is > 0 and var count)
        {
            if (whole.Length + count > options.MaxBytes)
            {
                return DocumentProblems.TooLarge(options.MaxBytes);
            }

            whole.Write(buffer, 0, count);
        }

        return whole.Length == 0 ? DocumentProblems.Empty : whole.ToArray();
    }

    private async Task<Outcome<DocumentView>> StoreAsync(
        RegistryDbContext db,
        RegistrantId id,
        NewDocument document,
        byte[] bytes,
        bool dryRun,
        Repeat? repeat,
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

        if (await repeats.RecallAsync<Stored>(db, repeat, _ => [id.Value], cancellationToken) is { } recalled)
        {
            return recalled.Succeeded
                ? await ShowAsync(db, record, recalled.Value.Id, note.Caller, cancellationToken)
                : recalled.Problem;
        }

        if (await db.Documents.CountAsync(d => d.RegistrantId == id.Value, cancellationToken) >= options.MaxPerRecord)
        {
            return DocumentProblems.TooMany(options.MaxPerRecord);
        }

        var key = DocumentId.New(time).Value;
        var label = new DocumentLabel(
            document.Kind,
            document.FileName,
            document.MediaType,
            document.Description,
            Convert.ToHexStringLower(SHA256.HashData(bytes))
        );
        var row = new DocumentRow
        {
            RegistrantId = id.Value,
            Id = key,
            Epoch = record.Row.Epoch,
            Label = label.Seal(record.Cipher, key),
            Size = bytes.Length,
            Pieces = (bytes.Length + DocumentPiece.Size - 1) / DocumentPiece.Size,
            AddedAt = note.Now,
            AddedBy = note.Caller.Id,
        };
        if (dryRun)
        {
            return label.Show(row, note.Caller);
        }

        Repeats.Remember(db, repeat, id.Value, new Stored(key));
        db.Documents.Add(row);
        AddPieces(db, record, row, bytes);
        var writer = new RecordWriter(db, time);
        var change = DocumentChange.Of(null, row);
        writer.WriteEntry(record, ChangeOperations.DocumentAdded, change, [DocumentTypes.Field], note);
        writer.KeepNewKeys(record);
        await db.SaveChangesAsync(cancellationToken);
        return label.Show(row, note.Caller);
    }

    /// <summary>A document that was stored under the same key; a problem when it was taken away since.</summary>
    private async Task<Outcome<DocumentView>> ShowAsync(
        RegistryDbContext db,
        OpenRecord record,
        Guid document,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var row = await db
            .Documents.AsNoTracking()
            .SingleOrDefaultAsync(d => d.RegistrantId == record.Row.Id && d.Id == document, cancellationToken);
        if (row is null)
        {
            return DocumentProblems.NotFound;
        }

        var keys = await db
            .RecordKeys.AsNoTracking()
            .Where(k => k.RegistrantId == record.Row.Id && k.Epoch == row.Epoch)
            .ToListAsync(cancellationToken);
        using var cipher = store.Cipher(record.Row, row.Epoch, keys);
        return DocumentLabel.Open(cipher, row).Show(row, caller);
    }

    private sealed record Stored(Guid Id);

    private static void AddPieces(RegistryDbContext db, OpenRecord record, DocumentRow row, byte[] bytes)
    {
        for (var i = 0; i < row.Pieces; i++)
        {
            var clear = bytes.AsSpan(i * DocumentPiece.Size);
            clear = clear[..Math.Min(clear.Length, DocumentPiece.Size)];
            db.DocumentPieces.Add(
                new DocumentPiece
                {
                    RegistrantId = row.RegistrantId,
                    DocumentId = row.Id,
                    Number = i,
                    Tail = record.Cipher.SealPiece(DocumentPiece.Path(row.Id, i, row.Pieces), clear),
                }
            );
        }
    }
}

/// <summary>What the change log says of a document: its id and its sealed label, before and after.</summary>
internal static class DocumentChange
{
    public static string Of(DocumentRow? old, DocumentRow? now) =>
        new JsonObject
        {
            [DocumentTypes.Field] = new JsonObject { ["old"] = Shown(old), ["new"] = Shown(now) },
        }.ToJsonString(JsonSerializerOptions.Web);

    private static JsonObject? Shown(DocumentRow? row) =>
        row is null
            ? null
            : new JsonObject
            {
                ["id"] = row.Id.ToString("D"),
                ["epoch"] = row.Epoch,
                ["label"] = System.Buffers.Text.Base64Url.EncodeToString(row.Label),
            };
}
