using Xunit;

namespace SocialRegistry.Contracts.Tests.Queries;

/// <summary>Texts and dates as queries compare them.</summary>
public sealed class QueryValueTests
{
    [Theory]
    [InlineData("  João \t  Çelik ", "joao celik")]
    [InlineData("STRASSE", "strasse")]
    [InlineData("Straße", "strasse")]
    [InlineData("ΣΊΣΥΦΟΣ", "σισυφοσ")]
    [InlineData("Й", "и")]
    [InlineData("Ａ１", "a1")]
    [InlineData("\u0301\u0000 \U0010FFFF", "")]
    public void A_folded_text_has_neither_case_nor_accents(string text, string folded) =>
        Assert.Equal(folded, TextFold.Apply(text));

    [Fact]
    public void Marks_that_make_other_letters_stay()
    {
        Assert.NotEqual(TextFold.Apply("कि"), TextFold.Apply("क"));
        Assert.NotEqual(TextFold.Apply("กี"), TextFold.Apply("ก"));
    }

    [Fact]
    public void Folding_twice_changes_nothing()
    {
        var random = new Random(7);
        for (var i = 0; i < 20_000; i++)
        {
            var text = string.Concat(
                Enumerable.Range(0, 4).Select(_ => char.ConvertFromUtf32(NoSurrogate(random.Next(0x20, 0x2FFFF))))
            );
            Assert.Equal(TextFold.Apply(text), TextFold.Apply(TextFold.Apply(text)));
        }

        static int NoSurrogate(int value) => value is >= 0xD800 and <= 0xDFFF ? 'x' : value;
    }

    [Fact]
    public void Dates_lie_at_their_first_day_and_equal_what_covers_them()
    {
        string[] all =
        [
            .. from y in new[] { 1979, 1980 } select $"{y}",
            .. from y in new[] { 1979, 1980 } from m in new[] { 1, 2, 12 } select $"{y}-{m:00}",
            .. from y in new[] { 1979, 1980 }
            from m in new[] { 1, 2, 12 }
            from d in new[] { 1, 2, 28 }
            select $"{y}-{m:00}-{d:00}",
            "1980-02-29",
            "1980-12-31",
        ];
        foreach (var (stored, asked) in all.SelectMany(s => all.Select(a => (s, a))))
        {
            Assert.True(QueryDate.TryParse(asked, out var date));
            var first = Day(stored, "-01-01");
            var from = Day(asked, "-01-01");
            var to = DateOnly.ParseExact(date.Last, "yyyy-MM-dd");

            Assert.Equal(first < from, date.Compare(stored, QueryOperator.Lt));
            Assert.Equal(first >= from, date.Compare(stored, QueryOperator.Ge));
            Assert.Equal(first <= to, date.Compare(stored, QueryOperator.Le));
            Assert.Equal(first > to, date.Compare(stored, QueryOperator.Gt));
            Assert.Equal(stored.StartsWith(asked, StringComparison.Ordinal), date.Compare(stored, QueryOperator.Eq));
        }

        static DateOnly Day(string text, string rest) =>
            DateOnly.ParseExact(text + rest[(text.Length - 4)..], "yyyy-MM-dd");
    }

    [Theory]
    [InlineData("1980-00")]
    [InlineData("1980-02-30")]
    [InlineData("198")]
    [InlineData("80-01-01")]
    [InlineData("1980/01")]
    [InlineData(" 1980")]
    [InlineData("0000")]
    [InlineData("")]
    [InlineData(null)]
    public void What_is_no_date_is_none(string? text) => Assert.False(QueryDate.TryParse(text, out _));
}
