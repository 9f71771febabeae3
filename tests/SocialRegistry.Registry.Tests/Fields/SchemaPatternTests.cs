using System.Diagnostics;
using SocialRegistry.Registry.Fields;
using Xunit;

namespace SocialRegistry.Registry.Tests.Fields;

public sealed class SchemaPatternTests
{
    [Theory]
    [InlineData("^a$", "a", true)]
    [InlineData("^a$", "a\n", false)]
    [InlineData(@"^a\$$", "a$", true)]
    [InlineData("^[$]+$", "$$", true)]
    [InlineData(@"^\d+$", "12", true)]
    [InlineData(@"^\d+$", "१२", false)]
    [InlineData(@"^[\d-]+$", "1-2", true)]
    [InlineData(@"^[\d-]+$", "१", false)]
    [InlineData("b", "abc", true)]
    public void A_pattern_means_what_JSON_Schema_says(string pattern, string text, bool matches) =>
        Assert.Equal(matches, SchemaPattern.Matches(SchemaPattern.Compile(pattern), text));

    [Fact]
    public void A_match_that_takes_too_long_is_no_match()
    {
        var clock = Stopwatch.StartNew();

        Assert.False(SchemaPattern.Matches(SchemaPattern.Compile("^(a+)+$"), new string('a', 10_000) + "!"));
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(5));
    }
}
