using System.Buffers.Binary;

namespace SocialRegistry.Registry.Documents;

/// <summary>WebP (RFC 9649 §2): a RIFF container of its stated size whose chunks fill it.</summary>
internal static class WebPContent
{
    public static string? Fault(ReadOnlySpan<byte> content)
    {
        if (content.Length < 20 || !content.StartsWith("RIFF"u8) || !content[8..].StartsWith("WEBP"u8))
        {
            return "The file does not begin as WebP.";
        }

        if (BinaryPrimitives.ReadUInt32LittleEndian(content[4..]) != content.Length - 8)
        {
            return "The file is not of the size that it states.";
        }

        content = content[12..];
        var hasPicture = false;
        while (content.Length >= 8)
        {
            var type = content[..4];
            var length = BinaryPrimitives.ReadUInt32LittleEndian(content[4..]);
            var padded = (long)length + (length & 1);
            if (padded > content.Length - 8)
            {
                return "The file is not whole, or not WebP throughout.";
            }

            hasPicture |= type.SequenceEqual("VP8 "u8) || type.SequenceEqual("VP8L"u8) || type.SequenceEqual("ANMF"u8);
            content = content[(8 + (int)padded)..];
        }

        return !content.IsEmpty ? "Something stands behind the picture."
            : hasPicture ? null
            : "The file holds no picture.";
    }
}
