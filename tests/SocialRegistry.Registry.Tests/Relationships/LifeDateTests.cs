using SocialRegistry.Registry.Relationships;
using Xunit;

namespace SocialRegistry.Registry.Tests.Relationships;

public sealed class LifeDateTests
{
    [Theory]
    [InlineData("1980-02-29", "1980-02-29", "1980-02-29")]
    [InlineData("1981-02", "1981-02-01", "1981-02-28")]
    [InlineData("1980", "1980-01-01", "1980-12-31")]
    public void A_date_is_read_as_exactly_as_it_is_known(string text, string first, string last)
    {
        var date = LifeDate.Parse(text);

        Assert.Equal((DateOnly.Parse(first), DateOnly.Parse(last)), (date?.Earliest, date?.Latest));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0000")]
    [InlineData("1980-13")]
    [InlineData("1981-02-29")]
    [InlineData("80-01-01")]
    [InlineData("1980-01-01T00:00:00Z")]
    public void What_is_no_date_is_not_known(string text) => Assert.Null(LifeDate.Parse(text));

    [Theory]
    [InlineData("1980", "1992", false)]
    [InlineData("1980", "1991", true)]
    [InlineData("1980-12-31", "1992", false)]
    [InlineData("1980-02", "1992-01", true)]
    [InlineData("1980-02", "1992-02", false)]
    [InlineData("9990", "9998", true)]
    public void Only_what_is_surely_too_young_is(string parent, string child, bool tooYoung) =>
        Assert.Equal(
            tooYoung,
            LifeDate.Parse(parent)!.Value.IsSurelyLessThanYearsBefore(12, LifeDate.Parse(child)!.Value)
        );

    [Theory]
    [InlineData("1900", "1971", false)]
    [InlineData("1900", "1972", true)]
    [InlineData("1900-06-15", "1971-06-14", false)]
    [InlineData("1900-06-15", "1971-06-15", true)]
    public void Only_what_is_surely_too_old_is(string parent, string child, bool tooOld) =>
        Assert.Equal(
            tooOld,
            LifeDate.Parse(parent)!.Value.IsSurelyMoreThanYearsBefore(70, LifeDate.Parse(child)!.Value)
        );
}
