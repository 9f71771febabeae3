using Google.Protobuf;
using Grpc.Core;

namespace SocialRegistry.Grpc.Messages;

/// <summary>The pieces of a content, as they arrive, as one stream.</summary>
/// <param name="pieces">The messages behind the first.</param>
/// <param name="read">The piece in a message; an exception when it is none.</param>
/// <param name="end">Disposed with the stream.</param>
internal sealed class PieceStream<T>(IAsyncStreamReader<T> pieces, Func<T, ByteString> read, IDisposable? end = null)
    : Stream
{
    private ReadOnlyMemory<byte> piece;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (piece.IsEmpty)
        {
            if (!await pieces.MoveNext(cancellationToken))
            {
                return 0;
            }

            piece = read(pieces.Current).Memory;
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
            end?.Dispose();
        }

        base.Dispose(disposing);
    }
}
