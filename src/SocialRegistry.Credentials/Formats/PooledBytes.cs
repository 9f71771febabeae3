using System.Buffers;
using System.Buffers.Text;

namespace SocialRegistry.Credentials.Formats;

/// <summary>Bytes that grow in rented memory, which is wiped before it goes back: it held personal data.</summary>
internal sealed class PooledBytes(int capacity) : IBufferWriter<byte>, IDisposable
{
    private byte[] rented = ArrayPool<byte>.Shared.Rent(capacity);
    private int length;

    public ReadOnlySpan<byte> Written => rented.AsSpan(0, length);

    public void Clear() => length = 0;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(GetSpan(bytes.Length));
        length += bytes.Length;
    }

    public void Append(byte single)
    {
        GetSpan(1)[0] = single;
        length++;
    }

    public void AppendBase64Url(ReadOnlySpan<byte> bytes)
    {
        Base64Url.EncodeToUtf8(bytes, GetSpan(Base64Url.GetEncodedLength(bytes.Length)), out _, out var written);
        length += written;
    }

    public void Advance(int count) => length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Grow(sizeHint);
        return rented.AsMemory(length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Grow(sizeHint);
        return rented.AsSpan(length);
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(rented, clearArray: true);
        rented = [];
        length = 0;
    }

    private void Grow(int wanted)
    {
        var needed = length + Math.Max(wanted, 1);
        if (needed <= rented.Length)
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, rented.Length * 2));
        Written.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(rented, clearArray: true);
        rented = larger;
    }
}
