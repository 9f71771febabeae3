using System.Text;

namespace SocialRegistry.Exchange.Csv;

/// <summary>Finds out how the bytes of a file are to be read: UTF-8 with or without mark, UTF-16 with mark.</summary>
internal static class CsvText
{
    /// <summary>A reader over the text, without the byte-order mark. Bytes that are not of the encoding end as <see cref="DecoderFallbackException"/>.</summary>
    public static StreamReader Open(Stream content) =>
        new(
            content,
            new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true),
            detectEncodingFromByteOrderMarks: true,
            bufferSize: 32 * 1024,
            leaveOpen: true
        );

    /// <summary>The delimiter of a header line: the one of <c>, ; tab |</c> that stands in it most often outside quotes.</summary>
    public static char DelimiterOf(string header)
    {
        const string candidates = ",;\t|";
        var counts = new int[candidates.Length];
        var quoted = false;
        foreach (var character in header)
        {
            quoted ^= character == '"';
            var at = candidates.IndexOf(character, StringComparison.Ordinal);
            if (!quoted && at >= 0)
            {
                counts[at]++;
            }
        }

        return candidates[Array.IndexOf(counts, counts.Max())];
    }
}
