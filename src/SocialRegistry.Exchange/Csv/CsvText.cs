using System.Text;

namespace SocialRegistry.Exchange.Csv;

/// <summary>Finds out how a file is to be read: UTF-8 with or without a byte-order mark, UTF-16 of either order; delimiter <c>, ; tab |</c>.</summary>
internal static class CsvText
{
    /// <summary>Stands in the text where bytes were not of the encoding.</summary>
    public const char Replacement = '\uFFFD';

    private const string Delimiters = ",;\t|";

    /// <summary>A reader over the text, without the mark. It leaves <paramref name="content"/> open.</summary>
    public static async Task<TextReader> OpenAsync(Stream content, CancellationToken cancellationToken)
    {
        var start = new byte[4];
        var read = await content.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellationToken);
        return new StreamReader(
            new PrefixedStream(start.AsMemory(0, read), content),
            EncodingOf(start.AsSpan(0, read)),
            detectEncodingFromByteOrderMarks: true,
            bufferSize: 32 * 1024,
            leaveOpen: true
        );
    }

    /// <summary>The delimiter that stands most often outside quotes in the first line; a comma when none does.</summary>
    public static char DelimiterOf(ReadOnlySpan<char> line)
    {
        Span<int> counts = stackalloc int[Delimiters.Length];
        var quoted = false;
        foreach (var character in line)
        {
            quoted ^= character == '"';
            if (!quoted && Delimiters.IndexOf(character, StringComparison.Ordinal) is >= 0 and var at)
            {
                counts[at]++;
            }
        }

        var best = 0;
        for (var i = 1; i < counts.Length; i++)
        {
            best = counts[i] > counts[best] ? i : best;
        }

        return Delimiters[best];
    }

    /// <summary>Marks are left to the reader; UTF-16 without a mark shows by the zero half of its first character.</summary>
    private static Encoding EncodingOf(ReadOnlySpan<byte> start) =>
        start switch
        {
            [not 0, 0, not 0, 0] => new UnicodeEncoding(bigEndian: false, byteOrderMark: true),
            [0, not 0, 0, not 0] => new UnicodeEncoding(bigEndian: true, byteOrderMark: true),
            _ => new UTF8Encoding(encoderShouldEmitUTF8Identifier: true),
        };
}
