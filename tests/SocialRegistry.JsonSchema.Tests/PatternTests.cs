using Xunit;

namespace SocialRegistry.JsonSchema.Tests;

/// <summary>Regular expressions carried over from ECMA-262 to .NET.</summary>
public sealed class PatternTests
{
    [Theory]
    [InlineData("^.$", "🐲", true)]
    [InlineData("^.$", "\n", false)]
    [InlineData("^[^a]$", "🐲", true)]
    [InlineData("^[🐲-🐴]{2}$", "🐳🐴", true)]
    [InlineData("^[🐲-🐴]$", "🐵", false)]
    [InlineData("^[^🐲]$", "🐲", false)]
    [InlineData("^\\u{1F432}\\uD83D\\uDC32$", "🐲🐲", true)]
    [InlineData("^\\p{Lu}$", "𐐀", true)]
    [InlineData("^\\P{L}$", "𐐀", false)]
    [InlineData("^[\\p{L}\\p{M}' -]+$", "D'Arcy Ngũgĩ", true)]
    [InlineData("^[\\w-]+$", "a-b", true)]
    [InlineData("^[^\\d\\s]+$", "a1", false)]
    [InlineData("a$", "a\n", false)]
    [InlineData("\\bé", "é", false)]
    [InlineData("\\Bé", "é", true)]
    [InlineData("^(?:(a)|b)\\1$", "b", true)]
    [InlineData("^(?<x>a)(b)\\2\\k<x>$", "abba", true)]
    [InlineData("^(?=.{3}$)(?!aaa)a+?$", "aaa", false)]
    [InlineData("(?<=a)b", "ab", true)]
    [InlineData("^a{2,}b{0,1}c{3}$", "aaaccc", true)]
    [InlineData("^\\x41\\cJ\\0\\t$", "A\n\0\t", true)]
    [InlineData("^[\\b\\-\\]]+$", "\b-]", true)]
    [InlineData("[]", "a", false)]
    [InlineData("^\\/\\.\\-$", "/.-", true)]
    public void Mean_what_ecmascript_says(string source, string text, bool matches)
    {
        Assert.True(SchemaPattern.TryParse(source, out var pattern, out var problem), problem);
        Assert.Equal(matches, pattern.Matches(text));
    }

    [Fact]
    public void A_match_that_takes_too_long_is_given_up()
    {
        var text = new string('a', 40) + "!";
        Assert.True(SchemaPattern.TryParse("^(a|aa)+$", out var pattern, out _));
        Assert.False(pattern.Matches(text));

        var result = Json.Schema("""{"not":{"pattern":"^(a|aa)+$"}}""").Validate(Json.Value($"\"{text}\""));

        Assert.True(result.LimitReached);
        Assert.False(result.IsValid);
        Assert.Equal("limit", result.Errors[^1].Keyword);
    }

    [Fact]
    public void A_problem_says_where_it_is()
    {
        Assert.False(SchemaPattern.TryParse("ab(c", out _, out var problem));
        Assert.Equal("a group is not closed (at character 5).", problem);
        Assert.False(SchemaPattern.TryParse(new string('(', 60) + new string(')', 60), out _, out _));
        Assert.False(SchemaPattern.TryParse(new string('a', SchemaPattern.MaxLength + 1), out _, out _));
    }
}
