using Microsoft.EntityFrameworkCore;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;

namespace SocialRegistry.Registry.Documents;

/// <summary>The content of a document: a few pieces at a time are fetched, checked and opened while it is read.</summary>
internal sealed class DocumentStream(
    IDbContextFactory<RegistryDbContext> contexts,
    DocumentRow row,
    RecordCipher cipher
) : Stream
{
    private const int Fetched = 8;

    private readonly Queue<byte[]> ahead = new();
    private ReadOnlyMemory<byte> piece;
    private int next;
    private int opened;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => row.Size;

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <exception cref="IOException">The document was removed while it was read.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (piece.IsEmpty && opened < row.Pieces)
        {
            if (ahead.Count == 0)
            {
                await FetchAsync(cancellationToken);
            }

            var path = DocumentPiece.Path(row.Id, opened++, row.Pieces);
            piece = cipher.OpenPiece(path, ahead.Dequeue());
        }

        var count = Math.Min(buffer.Length, piece.Length);
        piece[..count].CopyTo(buffer);
        piece = piece[count..];
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            cipher.Dispose();
        }

        base.Dispose(disposing);
    }

    private async Task FetchAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var from = next;
        var pieces = await db
            .DocumentPieces.AsNoTracking()
            .Where(p => p.RegistrantId == row.RegistrantId && p.DocumentId == row.Id)
            .Where(p => p.Number >= from && p.Number < from + Fetched)
            .OrderBy(p => p.Number)
            .ToListAsync(cancellationToken);
        if (pieces.Count != Math.Min(Fetched, row.Pieces - from))
        {
            throw new IOException("The document is no longer there.");
        }

        next += pieces.Count;
        pieces.ForEach(p => ahead.Enqueue(p.Tail));
    }
}
