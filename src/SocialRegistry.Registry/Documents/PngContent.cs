using System.Buffers.Binary;

namespace SocialRegistry.Registry.Documents;

/// <summary>PNG (ISO/IEC 15948 §5): every chunk with its checksum from IHDR to IEND, and nothing behind.</summary>
internal static class PngContent
{
    private static readonly uint[] Table = MakeTable();

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    public static string? Fault(ReadOnlySpan<byte> content)
    {
        if (!content.StartsWith(Signature))
        {
            return "The file does not begin as PNG.";
        }

        content = content[Signature.Length..];
        var (isFirst, hasData) = (true, false);
        while (content.Length >= 12)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(content);
            if (length > content.Length - 12)
            {
                break;
            }

            var body = content.Slice(4, (int)length + 4);
            if (Crc(body) != BinaryPrimitives.ReadUInt32BigEndian(content[((int)length + 8)..]))
            {
                return "A checksum of the file is wrong.";
            }

            var type = body[..4];
            if (isFirst && !(type.SequenceEqual("IHDR"u8) && length == 13))
            {
                break;
            }

            isFirst = false;
            hasData |= type.SequenceEqual("IDAT"u8);
            content = content[((int)length + 12)..];
            if (type.SequenceEqual("IEND"u8))
            {
                return !hasData ? "The file holds no picture."
                    : content.IsEmpty ? null
                    : "Something stands behind the picture.";
            }
        }

        return "The file is not whole, or not PNG throughout.";
    }

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc = Table[(byte)(crc ^ value)] ^ (crc >> 8);
        }

        return ~crc;
    }

    private static uint[] MakeTable()
    {
        var table = new uint[256];
        for (uint n = 0; n < 256; n++)
        {
            var c = n;
            for (var k = 0; k < 8; k++)
            {
                c = (c & 1) == 0 ? c >> 1 : 0xEDB88320 ^ (c >> 1);
            }

            table[n] = c;
        }

        return table;
    }
}
