using System.Buffers;
using System.Buffers.Text;

namespace SocialRegistry.Credentials;

/// <summary>A byte buffer that grows and is used again: nothing is allocated once it is large enough.</summary>
internal sealed class Utf8Buffer : IBufferWriter<byte>
{
    private byte[] bytes = new byte[4096];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => bytes.AsSpan(0, Length);

    public void Clear() => Length = 0;

    public void Append(ReadOnlySpan<byte> data)
    {
        data.CopyTo(GetSpan(data.Length));
        Length += data.Length;
    }

    public void Append(byte value)
    {
        GetSpan(1)[0] = value;
        Length++;
    }

    public void AppendBase64Url(ReadOnlySpan<byte> data)
    {
        var room = GetSpan(Base64Url.GetEncodedLength(data.Length));
        Length += Base64Url.EncodeToUtf8(data, room);
    }

    public void Advance(int count) => Length += count;

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Grow(sizeHint);
        return bytes.AsSpan(Length);
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Grow(sizeHint);
        return bytes.AsMemory(Length);
    }

    private void Grow(int room)
    {
        var needed = Length + Math.Max(room, 256);
        if (needed > bytes.Length)
        {
            Array.Resize(ref bytes, Math.Max(needed, bytes.Length * 2));
        }
    }
}
