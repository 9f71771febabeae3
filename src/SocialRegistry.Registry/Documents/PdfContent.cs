namespace SocialRegistry.Registry.Documents;

/// <summary>PDF (ISO 32000): header first, end-of-file mark last, nothing that runs by itself in the clear.</summary>
internal static class PdfContent
{
    private const int MaxBehind = 4;

    public static string? Fault(ReadOnlySpan<byte> content)
    {
        if (
            content.Length < 32
            || !(content.StartsWith("%PDF-1."u8) || content.StartsWith("%PDF-2."u8))
            || !char.IsAsciiDigit((char)content[7])
        )
        {
            return "The file does not begin as PDF.";
        }

        var end = content.LastIndexOf("%%EOF"u8);
        if (end < 0 || content.Length - end - 5 > MaxBehind || content[(end + 5)..].ContainsAnyExcept("\r\n \0"u8))
        {
            return "The file does not end as PDF.";
        }

        if (content.IndexOf("startxref"u8) < 0)
        {
            return "The file has no cross-reference table.";
        }

        return Markup.StandsIn(content) ? "The file is a page as well."
            : HasName(content, "/JavaScript"u8) || HasName(content, "/JS"u8) || HasName(content, "/Launch"u8)
                ? "The file holds a program."
            : null;
    }

    /// <summary>A name, and not the beginning of a longer one.</summary>
    private static bool HasName(ReadOnlySpan<byte> content, ReadOnlySpan<byte> name)
    {
        while (content.IndexOf(name) is >= 0 and var at)
        {
            content = content[(at + name.Length)..];
            if (content.IsEmpty || !char.IsAsciiLetterOrDigit((char)content[0]))
            {
                return true;
            }
        }

        return false;
    }
}
