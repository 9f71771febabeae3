using System.Globalization;
using System.Text;

namespace SocialRegistry.JsonSchema;

/// <summary><c>uri-template</c>: RFC 6570 §2.</summary>
internal static class UriTemplates
{
    public static bool Fits(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '{':
                    var end = text.IndexOf('}', i);
                    if (end < 0 || !IsExpression(text[(i + 1)..end]))
                    {
                        return false;
                    }

                    i = end;
                    break;
                case '%':
                    if (!IsEncoded(text, i))
                    {
                        return false;
                    }

                    i += 2;
                    break;
                default:
                    if (!Rune.TryGetRuneAt(text, i, out var rune) || !IsLiteral(rune.Value))
                    {
                        return false;
                    }

                    i += rune.Utf16SequenceLength - 1;
                    break;
            }
        }

        return true;
    }

    /// <summary>§2.1, with erratum 6937, which allows the apostrophe.</summary>
    private static bool IsLiteral(int point) =>
        point < 0x80
            ? point is > ' ' and not ('"' or '%' or '<' or '>' or '\\' or '^' or '`' or '{' or '|' or '}' or 0x7F)
            : point >= 0xA0 && (point & 0xFFFF) < 0xFFFE && point is < 0xFDD0 or > 0xFDEF;

    private static bool IsExpression(string text)
    {
        // The operators =,!@| are kept for later (§2.2) and so are not yet any.
        var list = text.Length > 0 && "+#./;?&".Contains(text[0], StringComparison.Ordinal) ? text[1..] : text;
        return list.Length > 0 && list.Split(',').All(IsVariable);
    }

    private static bool IsVariable(string text)
    {
        if (text.EndsWith('*'))
        {
            text = text[..^1];
        }
        else if (text.IndexOf(':', StringComparison.Ordinal) is >= 0 and var colon)
        {
            var length = text[(colon + 1)..];
            if (
                length.Length is 0 or > 4
                || length[0] == '0'
                || !int.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out _)
            )
            {
                return false;
            }

            text = text[..colon];
        }

        return text.Split('.').All(IsName);
    }

    private static bool IsName(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '%' && IsEncoded(text, i))
            {
                i += 2;
            }
            else if (!char.IsAsciiLetterOrDigit(text[i]) && text[i] != '_')
            {
                return false;
            }
        }

        return text.Length > 0;
    }

    private static bool IsEncoded(string text, int at) =>
        at + 2 < text.Length && char.IsAsciiHexDigit(text[at + 1]) && char.IsAsciiHexDigit(text[at + 2]);
}
