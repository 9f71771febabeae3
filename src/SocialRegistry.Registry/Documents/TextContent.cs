using System.Text.Unicode;

namespace SocialRegistry.Registry.Documents;

/// <summary>Plain text and CSV: UTF-8 without control characters, and no page, program or PDF in disguise.</summary>
internal static class TextContent
{
    public static string? Fault(ReadOnlySpan<byte> content)
    {
        if (!Utf8.IsValid(content))
        {
            return "The file is not text in UTF-8.";
        }

        foreach (var value in content)
        {
            if (value is 0x7F or (< 0x20 and not ((byte)'\t' or (byte)'\n' or (byte)'\r' or (byte)'\f')))
            {
                return "The file holds control characters.";
            }
        }

        return Markup.StandsIn(content) || content.IndexOf("<script"u8) >= 0 ? "The file is a page as well."
            : content[..Math.Min(content.Length, 1_024)].IndexOf("%PDF-"u8) >= 0 ? "The file is PDF as well."
            : content.StartsWith("#!"u8) ? "The file is a program."
            : null;
    }
}
