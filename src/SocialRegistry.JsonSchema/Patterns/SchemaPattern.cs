using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace SocialRegistry.JsonSchema;

/// <summary>
/// A regular expression of JSON Schema (ECMA-262, unicode mode: <c>\d</c> is 0 to 9, <c>$</c> is the end of the text,
/// <c>.</c> is a whole character also beyond the basic plane) carried over to .NET. Every match is bounded in time.
/// </summary>
public sealed class SchemaPattern
{
    /// <summary>The longest pattern taken, in UTF-16 units.</summary>
    public const int MaxLength = 4_000;

    private static readonly TimeSpan TimePerMatch = TimeSpan.FromMilliseconds(100);

    private SchemaPattern(string source, Regex expression) => (Source, Expression) = (source, expression);

    /// <summary>As it stands in the schema.</summary>
    public string Source { get; }

    internal Regex Expression { get; }

    /// <summary>Reads a pattern.</summary>
    /// <param name="source">The pattern.</param>
    /// <param name="pattern">Usable, when this returns true.</param>
    /// <param name="problem">What is wrong, when this returns false.</param>
    public static bool TryParse(
        string source,
        [NotNullWhen(true)] out SchemaPattern? pattern,
        [NotNullWhen(false)] out string? problem
    )
    {
        ArgumentNullException.ThrowIfNull(source);
        pattern = null;
        try
        {
            var translated = new PatternReader(source).Translate();
            pattern = new SchemaPattern(source, new Regex(translated, RegexOptions.CultureInvariant, TimePerMatch));
            problem = null;
            return true;
        }
        catch (PatternException e)
        {
            problem = e.Message;
            return false;
        }
        catch (ArgumentException)
        {
            problem = "the expression cannot be read.";
            return false;
        }
    }

    /// <summary>Whether the pattern matches somewhere in the text; false also when the time (100 ms) is over.</summary>
    public bool Matches(string text)
    {
        try
        {
            return Expression.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }
}
