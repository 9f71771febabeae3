using System.Text;
using System.Text.RegularExpressions;

namespace SocialRegistry.Registry.Fields;

/// <summary>
/// Regular expressions of JSON Schema (ECMA-262) for .NET: <c>$</c> is the end of the text and not the line break before it,
/// <c>\d</c> is 0 to 9. Every match is bounded in time.
/// </summary>
internal static class SchemaPattern
{
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(100);

    /// <exception cref="InvalidOperationException">Not a regular expression.</exception>
    public static Regex Compile(string pattern)
    {
        try
        {
            return new Regex(Translate(pattern), RegexOptions.CultureInvariant, Limit);
        }
        catch (ArgumentException e)
        {
            throw new InvalidOperationException("The pattern " + pattern + " is not a regular expression.", e);
        }
    }

    /// <summary>False also when the time is over.</summary>
    public static bool Matches(Regex pattern, string text)
    {
        try
        {
            return pattern.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

    private static string Translate(string pattern)
    {
        var result = new StringBuilder(pattern.Length + 8);
        var inClass = false;
        for (var i = 0; i < pattern.Length; i++)
        {
            switch (pattern[i])
            {
                case '\\' when i + 1 < pattern.Length && pattern[i + 1] == 'd':
                    result.Append(inClass ? "0-9" : "[0-9]");
                    i++;
                    break;
                case '\\' when i + 1 < pattern.Length:
                    result.Append(pattern, i, 2);
                    i++;
                    break;
                case '$' when !inClass:
                    result.Append("\\z");
                    break;
                case var character:
                    inClass = inClass ? character != ']' : character == '[';
                    result.Append(character);
                    break;
            }
        }

        return result.ToString();
    }
}
