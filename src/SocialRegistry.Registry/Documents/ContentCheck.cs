using SocialRegistry.Contracts;

namespace SocialRegistry.Registry.Documents;

/// <summary>
/// Whether a content is what its media type says, from its first byte to its last: what stands before, behind or beside a format is
/// how one file becomes two.
/// </summary>
internal static class ContentCheck
{
    /// <summary>What is wrong, in words; <c>null</c> when nothing is.</summary>
    public static string? Fault(string mediaType, ReadOnlySpan<byte> content) =>
        (
            mediaType switch
            {
                DocumentTypes.Pdf => PdfContent.Fault(content),
                DocumentTypes.Jpeg => JpegContent.Fault(content),
                DocumentTypes.Png => PngContent.Fault(content),
                DocumentTypes.WebP => WebPContent.Fault(content),
                DocumentTypes.Text or DocumentTypes.Csv => TextContent.Fault(content),
                _ => "This media type is not taken.",
            }
        ) ?? (ZipEnd.StandsIn(content) ? "The file is an archive as well." : null);
}

/// <summary>The end of a ZIP archive, which readers look for from behind, whatever stands before.</summary>
internal static class ZipEnd
{
    private const int RecordSize = 22;
    private const int MaxComment = ushort.MaxValue;

    public static bool StandsIn(ReadOnlySpan<byte> content)
    {
        var tail = content[Math.Max(0, content.Length - RecordSize - MaxComment)..];
        return tail.LastIndexOf("PK\u0005\u0006"u8) >= 0;
    }
}

/// <summary>Markup at the beginning of a file, by which a browser that sniffs would take it for a page.</summary>
internal static class Markup
{
    private const int Looked = 1_024;

    private static readonly string[] Marks =
    [
        "<!doctype",
        "<html",
        "<head",
        "<body",
        "<script",
        "<svg",
        "<iframe",
        "<?xml",
        "<?php",
        "<!--",
    ];

    public static bool StandsIn(ReadOnlySpan<byte> content)
    {
        var start = System.Text.Encoding.Latin1.GetString(content[..Math.Min(content.Length, Looked)]);
        return Array.Exists(Marks, mark => start.Contains(mark, StringComparison.OrdinalIgnoreCase));
    }
}
