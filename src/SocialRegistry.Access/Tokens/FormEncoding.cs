using System.Text;

namespace SocialRegistry.Access.Tokens;

/// <summary>application/x-www-form-urlencoded (RFC 6749 appendix B), strictly.</summary>
internal static class FormEncoding
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The decoded text, or <c>null</c> when a percent sign is not followed by two hex digits or the bytes are not UTF-8.</summary>
    public static string? Decode(string text)
    {
        if (text.AsSpan().IndexOfAny('%', '+') < 0)
        {
            return text;
        }

        var bytes = new List<byte>(text.Length);
        Span<byte> utf8 = stackalloc byte[4];
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '+':
                    bytes.Add((byte)' ');
                    break;
                case '%':
                    if (
                        i + 2 >= text.Length
                        || !char.IsAsciiHexDigit(text[i + 1])
                        || !char.IsAsciiHexDigit(text[i + 2])
                    )
                    {
                        return null;
                    }

                    bytes.Add(Convert.ToByte(text.Substring(i + 1, 2), 16));
                    i += 2;
                    break;
                default:
                    if (!Rune.TryGetRuneAt(text, i, out var rune))
                    {
                        return null;
                    }

                    bytes.AddRange(utf8[..rune.EncodeToUtf8(utf8)]);
                    i += rune.Utf16SequenceLength - 1;
                    break;
            }
        }

        try
        {
            return Utf8.GetString([.. bytes]);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
