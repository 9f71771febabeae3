using System.Buffers.Binary;

namespace SocialRegistry.Registry.Documents;

/// <summary>JPEG (ITU-T T.81 annex B): every segment from start to end of image, and nothing behind.</summary>
internal static class JpegContent
{
    private const byte StartOfImage = 0xD8;
    private const byte EndOfImage = 0xD9;
    private const byte StartOfScan = 0xDA;

    public static string? Fault(ReadOnlySpan<byte> content)
    {
        if (content.Length < 20 || content[0] != 0xFF || content[1] != StartOfImage || content[2] != 0xFF)
        {
            return "The file does not begin as JPEG.";
        }

        var (at, hasFrame) = (2, false);
        while (true)
        {
            // Fill bytes may stand before a marker.
            while (at < content.Length && content[at] == 0xFF && at + 1 < content.Length && content[at + 1] == 0xFF)
            {
                at++;
            }

            if (at + 2 > content.Length || content[at] != 0xFF)
            {
                return "The file is not whole, or not JPEG throughout.";
            }

            var marker = content[at + 1];
            at += 2;
            if (marker == EndOfImage)
            {
                return !hasFrame ? "The file holds no picture."
                    : content[at..].ContainsAnyExcept((byte)0) ? "Something stands behind the picture."
                    : null;
            }

            if (at + 2 > content.Length || BinaryPrimitives.ReadUInt16BigEndian(content[at..]) is < 2 and var _)
            {
                return "The file is not whole, or not JPEG throughout.";
            }

            hasFrame |= marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);
            at += BinaryPrimitives.ReadUInt16BigEndian(content[at..]);
            if (at > content.Length)
            {
                return "The file is not whole, or not JPEG throughout.";
            }

            if (marker == StartOfScan)
            {
                at = BehindScan(content, at);
            }
        }
    }

    /// <summary>The next marker behind entropy-coded data: not a stuffed zero and not a restart.</summary>
    private static int BehindScan(ReadOnlySpan<byte> content, int at)
    {
        while (at + 1 < content.Length)
        {
            var next = content[at..].IndexOf((byte)0xFF);
            if (next < 0)
            {
                return content.Length;
            }

            at += next;
            if (at + 1 < content.Length && content[at + 1] is not (0x00 or (>= 0xD0 and <= 0xD7)))
            {
                return at;
            }

            at += 2;
        }

        return content.Length;
    }
}
