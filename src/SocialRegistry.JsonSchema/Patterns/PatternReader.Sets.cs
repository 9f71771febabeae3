using System.Globalization;

namespace SocialRegistry.JsonSchema;

/// <summary>Character classes and escapes.</summary>
internal sealed partial class PatternReader
{
    /// <summary>Whether a quantifier may follow.</summary>
    private bool ReadEscape()
    {
        if (Take("\\b"))
        {
            output.Append(WordEdge);
            return false;
        }

        if (Take("\\B"))
        {
            output.Append("(?!").Append(WordEdge).Append(')');
            return false;
        }

        if (Take("\\k"))
        {
            var end = AtEnd || source[position] != '<' ? -1 : source.IndexOf('>', position);
            if (end < 0 || !groupNames.TryGetValue(source[(position + 1)..end], out var named))
            {
                throw Wrong("a reference names no group");
            }

            position = end + 1;
            WriteReference(named);
            return true;
        }

        if (position + 1 < source.Length && source[position + 1] is >= '1' and <= '9')
        {
            position++;
            var number = ReadCount()!.Value;
            WriteReference(number <= groupCount ? number : throw Wrong("a reference names no group"));
            return true;
        }

        output.Append((ReadSetEscape() ?? Single(ReadPointEscape(inClass: false))).ToExpression());
        return true;
    }

    /// <summary>A group that has not matched yet stands for nothing, as ECMA-262 says; .NET would fail.</summary>
    private void WriteReference(int group) => output.Append(CultureInfo.InvariantCulture, $"(?({group})\\k<{group}>|)");

    private static CodePoints Single(int point) => CodePoints.Of((point, point));

    private CodePoints ReadClass()
    {
        position++;
        var negated = Take("^");
        var parts = new List<CodePoints>();
        while (true)
        {
            if (AtEnd)
            {
                throw Wrong("a bracket is not closed");
            }

            if (Take("]"))
            {
                break;
            }

            parts.Add(ReadClassPart());
        }

        var set = CodePoints.Union(parts);
        return negated ? set.Complement() : set;
    }

    private CodePoints ReadClassPart()
    {
        if (source[position] == '\\' && ReadSetEscape() is { } set)
        {
            return set;
        }

        var from = ReadClassPoint();
        if (position + 1 >= source.Length || source[position] != '-' || source[position + 1] == ']')
        {
            return Single(from);
        }

        position++;
        if (source[position] == '\\' && ReadSetEscape() is { } after)
        {
            return CodePoints.Union([Single(from), Single('-'), after]);
        }

        var to = ReadClassPoint();
        return to >= from ? CodePoints.Of((from, to)) : throw Wrong("a range is out of order");
    }

    private int ReadClassPoint() => source[position] == '\\' ? ReadPointEscape(inClass: true) : NextPoint();

    /// <summary><c>\d \w \s \p{…}</c> and their opposites; null when the escape is of another kind.</summary>
    private CodePoints? ReadSetEscape()
    {
        var set = position + 1 >= source.Length ? null : Named(source[position + 1]);
        if (set is not null)
        {
            position += 2;
            return set;
        }

        if (!Take("\\p{") && !Take("\\P{"))
        {
            return null;
        }

        var negated = source[position - 2] == 'P';
        var end = source.IndexOf('}', position);
        var name = end < 0 ? "" : source[position..end];
        var property = UnicodeProperties.Find(name) ?? throw Wrong("a property of this name is not known");
        position = end + 1;
        return negated ? property.Complement() : property;
    }

    private static CodePoints? Named(char letter) =>
        letter switch
        {
            'd' => CodePoints.Digits,
            'D' => CodePoints.Digits.Complement(),
            'w' => CodePoints.Word,
            'W' => CodePoints.Word.Complement(),
            's' => CodePoints.Space,
            'S' => CodePoints.Space.Complement(),
            _ => null,
        };

    private int ReadPointEscape(bool inClass)
    {
        position++;
        if (AtEnd)
        {
            throw Wrong("a backslash stands at the end");
        }

        var letter = source[position++];
        switch (letter)
        {
            case 't':
                return '\t';
            case 'n':
                return '\n';
            case 'v':
                return '\v';
            case 'f':
                return '\f';
            case 'r':
                return '\r';
            case 'b' when inClass:
                return '\b';
            case '0' when AtEnd || !char.IsAsciiDigit(source[position]):
                return 0;
            case 'c' when !AtEnd && char.IsAsciiLetter(source[position]):
                return source[position++] % 32;
            case 'x':
                return ReadHex(2);
            case 'u':
                return ReadUnicode();
            case var other when char.IsAscii(other) && !char.IsLetterOrDigit(other) && !char.IsControl(other):
                return other;
            default:
                throw Wrong("an escape of this letter is not known");
        }
    }

    private int ReadUnicode()
    {
        if (Take("{"))
        {
            var end = source.IndexOf('}', position);
            var value = end < 0 || end == position ? -1 : Hex(source.AsSpan(position, end - position));
            position = value < 0 ? position : end + 1;
            return value is >= 0 and <= 0x10FFFF ? value : throw Wrong("a code point is none");
        }

        var first = ReadHex(4);
        if (char.IsHighSurrogate((char)first) && Take("\\u"))
        {
            var second = ReadHex(4);
            return char.IsLowSurrogate((char)second)
                ? char.ConvertToUtf32((char)first, (char)second)
                : throw Wrong("half a surrogate pair stands there");
        }

        return first;
    }

    private int ReadHex(int digits)
    {
        var value = position + digits > source.Length ? -1 : Hex(source.AsSpan(position, digits));
        position += digits;
        return value >= 0 ? value : throw Wrong($"{digits} hexadecimal digits have to follow");
    }

    private static int Hex(ReadOnlySpan<char> digits) =>
        int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value) ? value : -1;
}
