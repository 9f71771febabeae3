using System.Buffers;
using System.Text;
using System.Text.Json;

namespace SocialRegistry.LinkedData;

/// <summary>Strings of RFC 8785 §3.2.2.2: only what must be escaped is.</summary>
internal static class JcsText
{
    private static readonly SearchValues<char> MustEscape = SearchValues.Create(
        string.Concat(Enumerable.Range(0, 0x20).Select(c => (char)c)) + "\"\\"
    );

    public static void Write(string text, IBufferWriter<byte> target)
    {
        target.Write("\""u8);
        var rest = text.AsSpan();
        while (rest.IndexOfAny(MustEscape) is >= 0 and var at)
        {
            WriteUtf8(rest[..at], target);
            Escape(rest[at], target);
            rest = rest[(at + 1)..];
        }

        WriteUtf8(rest, target);
        target.Write("\""u8);
    }

    private static void WriteUtf8(ReadOnlySpan<char> text, IBufferWriter<byte> target)
    {
        var bytes = target.GetSpan(text.Length * 3);
        if (
            System.Text.Unicode.Utf8.FromUtf16(text, bytes, out _, out var written, replaceInvalidSequences: false)
            != OperationStatus.Done
        )
        {
            throw new JsonException("A text holds half a surrogate pair.");
        }

        target.Advance(written);
    }

    private static void Escape(char c, IBufferWriter<byte> target)
    {
        switch (c)
        {
            case '"':
                target.Write("\\\""u8);
                break;
            case '\\':
                target.Write("\\\\"u8);
                break;
            case '\b':
                target.Write("\\b"u8);
                break;
            case '\t':
                target.Write("\\t"u8);
                break;
            case '\n':
                target.Write("\\n"u8);
                break;
            case '\f':
                target.Write("\\f"u8);
                break;
            case '\r':
                target.Write("\\r"u8);
                break;
            default:
                target.Write(Encoding.ASCII.GetBytes($"\\u{(int)c:x4}"));
                break;
        }
    }
}
