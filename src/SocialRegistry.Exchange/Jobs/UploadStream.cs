using SocialRegistry.Protection;

namespace SocialRegistry.Exchange.Jobs;

/// <summary>An upload read back piece by piece, in clear only in memory.</summary>
internal sealed class UploadStream(JobStore store, Job job, RecordKey key) : Stream
{
    private byte[]? piece = [];
    private int sequence;
    private int at;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException("Read the database asynchronously.");

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (piece is not null && at == piece.Length)
        {
            piece = await store.ReadPartAsync(job, key, JobPartKinds.Upload, ++sequence, cancellationToken);
            at = 0;
        }

        if (piece is null)
        {
            return 0;
        }

        var count = Math.Min(buffer.Length, piece.Length - at);
        piece.AsSpan(at, count).CopyTo(buffer.Span);
        at += count;
        return count;
    }

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
