using System.Globalization;
using System.Text;

namespace SocialRegistry.JsonSchema;

/// <summary>Reads the grammar of ECMA-262 §22.2.1 in unicode mode and writes the same expression for .NET.</summary>
internal sealed partial class PatternReader(string source)
{
    private const int MaxNesting = 50;
    private const string WordEdge = "(?:(?<=[A-Za-z0-9_])(?![A-Za-z0-9_])|(?<![A-Za-z0-9_])(?=[A-Za-z0-9_]))";

    private static readonly string[] Lookarounds = ["(?=", "(?!", "(?<=", "(?<!"];

    private readonly StringBuilder output = new();
    private readonly Dictionary<string, int> groupNames = new(StringComparer.Ordinal);
    private int groupCount;
    private int position;
    private int opened;

    private bool AtEnd => position >= source.Length;

    /// <exception cref="PatternException">Not an expression.</exception>
    public string Translate()
    {
        if (source.Length > SchemaPattern.MaxLength)
        {
            throw new PatternException($"it has more than {SchemaPattern.MaxLength} characters.");
        }

        FindGroups();
        ReadAlternatives(nesting: 0);
        if (!AtEnd)
        {
            throw Wrong("a closing parenthesis has no opening one");
        }

        return output.ToString();
    }

    private void ReadAlternatives(int nesting)
    {
        if (nesting > MaxNesting)
        {
            throw Wrong($"more than {MaxNesting} groups stand in each other");
        }

        while (!AtEnd && source[position] != ')')
        {
            if (source[position] == '|')
            {
                output.Append('|');
                position++;
            }
            else if (ReadTerm(nesting))
            {
                ReadQuantifier();
            }
        }
    }

    /// <summary>Whether a quantifier may follow.</summary>
    private bool ReadTerm(int nesting)
    {
        switch (source[position])
        {
            case '^':
                output.Append("\\A");
                position++;
                return false;
            case '$':
                output.Append("\\z");
                position++;
                return false;
            case '(':
                return ReadGroup(nesting);
            case '[':
                output.Append(ReadClass().ToExpression());
                return true;
            case '.':
                output.Append(CodePoints.NotLineEnds.ToExpression());
                position++;
                return true;
            case '\\':
                return ReadEscape();
            case '*' or '+' or '?':
                throw Wrong("there is nothing to repeat");
            case '{' or '}' or ']':
                throw Wrong("a brace or bracket of its own has to be written with a backslash");
            default:
                WriteLiteral(NextPoint());
                return true;
        }
    }

    private bool ReadGroup(int nesting)
    {
        var start = Lookarounds.FirstOrDefault(Take);
        var repeatable = start is null;
        if (start is null)
        {
            start = Take("(?:") ? "(?:" : ReadCapture();
        }

        output.Append(start);
        ReadAlternatives(nesting + 1);
        if (AtEnd)
        {
            throw Wrong("a group is not closed");
        }

        position++;
        output.Append(')');
        return repeatable;
    }

    private string ReadCapture()
    {
        if (Take("(?<"))
        {
            position = source.IndexOf('>', position) + 1;
        }
        else if (Take("(?"))
        {
            throw Wrong("a group of this kind is not known");
        }
        else
        {
            position++;
        }

        return $"(?<{++opened}>";
    }

    private void ReadQuantifier()
    {
        if (AtEnd)
        {
            return;
        }

        switch (source[position])
        {
            case '*' or '+' or '?':
                output.Append(source[position++]);
                break;
            case '{':
                ReadCounts();
                break;
            default:
                return;
        }

        if (!AtEnd && source[position] == '?')
        {
            output.Append('?');
            position++;
        }
    }

    private void ReadCounts()
    {
        position++;
        var minimum = ReadCount() ?? throw Wrong("a count is missing after the brace");
        int? maximum = minimum;
        if (Take(","))
        {
            maximum = ReadCount();
        }

        if (!Take("}"))
        {
            throw Wrong("a brace is not closed");
        }

        if (maximum < minimum)
        {
            throw Wrong("the counts in braces are out of order");
        }

        output.Append(CultureInfo.InvariantCulture, $"{{{minimum}");
        output.Append(maximum == minimum ? "}" : $",{maximum?.ToString(CultureInfo.InvariantCulture)}}}");
    }

    private int? ReadCount()
    {
        var start = position;
        while (!AtEnd && char.IsAsciiDigit(source[position]))
        {
            position++;
        }

        return position == start ? null
            : int.TryParse(
                source.AsSpan(start, position - start),
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var count
            )
                ? count
            : int.MaxValue;
    }

    private void WriteLiteral(int point) => output.Append(CodePoints.Of((point, point)).ToExpression());

    private int NextPoint()
    {
        var point = Rune.TryGetRuneAt(source, position, out var rune)
            ? rune.Value
            : throw Wrong("half a surrogate pair stands there");
        position += point > 0xFFFF ? 2 : 1;
        return point;
    }

    private bool Take(string text)
    {
        if (string.CompareOrdinal(source, position, text, 0, text.Length) != 0)
        {
            return false;
        }

        position += text.Length;
        return true;
    }

    private PatternException Wrong(string what) => new($"{what} (at character {position + 1}).");

    /// <summary>Counts the capturing groups first, because a reference may stand before its group.</summary>
    private void FindGroups()
    {
        var inClass = false;
        for (var i = 0; i < source.Length; i++)
        {
            switch (source[i])
            {
                case '\\':
                    i++;
                    break;
                case '[':
                    inClass = true;
                    break;
                case ']':
                    inClass = false;
                    break;
                case '(' when !inClass:
                    FindGroup(i + 1);
                    break;
            }
        }
    }

    private void FindGroup(int at)
    {
        if (at >= source.Length || source[at] != '?')
        {
            groupCount++;
            return;
        }

        if (at + 2 >= source.Length || source[at + 1] != '<' || source[at + 2] is '=' or '!')
        {
            return;
        }

        groupCount++;
        var end = source.IndexOf('>', at);
        var name = end < 0 ? "" : source[(at + 2)..end];
        if (name.Length == 0 || char.IsDigit(name[0]) || !name.All(c => char.IsLetterOrDigit(c) || c is '_' or '$'))
        {
            throw new PatternException("a group's name is none.");
        }

        if (!groupNames.TryAdd(name, groupCount))
        {
            throw new PatternException($"two groups have the name {name}.");
        }
    }
}
