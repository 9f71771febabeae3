using System.Globalization;
using SocialRegistry.Registry.Groups;
using Xunit;

namespace SocialRegistry.Registry.Tests.Groups;

public sealed class GroupFiguresTests
{
    private static readonly DateOnly Day = new(2026, 6, 1);

    [Theory]
    [InlineData("2021-06-01", "children_under_18")]
    [InlineData("2021-06-02", "children_under_5")]
    [InlineData("2026-06-01", "children_under_5")]
    [InlineData("2008-06-02", "children_under_18")]
    [InlineData("2008-06-01", "adults_18_59")]
    [InlineData("1966-06-02", "adults_18_59")]
    [InlineData("1966-06-01", "elderly_60_plus")]
    [InlineData("2026-06-02", "age_unknown")]
    [InlineData("around 1950", "age_unknown")]
    [InlineData(null, "age_unknown")]
    [InlineData("1950", "elderly_60_plus")]
    [InlineData("2000-02", "adults_18_59")]
    public void A_member_counts_by_completed_years(string? born, string counted)
    {
        var figures = GroupFigures.Of([(born, null)], Day);

        string[] ages = ["children_under_5", "children_under_18", "adults_18_59", "elderly_60_plus", "age_unknown"];
        string[] expected = counted == "children_under_5" ? [counted, "children_under_18"] : [counted];
        Assert.Equal(expected, ages.Where(a => figures[a]!.Value.GetInt32() == 1));
        Assert.Equal(1, figures["group_size"]!.Value.GetInt32());
    }

    [Fact]
    public void Who_was_born_on_a_leap_day_grows_older_every_year()
    {
        (string?, string?)[] leap = [("2008-02-29", "female")];

        Assert.Equal(1, GroupFigures.Of(leap, new DateOnly(2026, 2, 27))["children_under_18"]!.Value.GetInt32());
        Assert.Equal(1, GroupFigures.Of(leap, new DateOnly(2026, 3, 1))["adults_18_59"]!.Value.GetInt32());
    }

    [Fact]
    public void The_ratio_is_of_dependants_to_adults_and_there_is_none_without_adults()
    {
        var family = GroupFigures.Of(
            [("1980-01-01", "female"), ("1979-01-01", "male"), ("1982-01-01", "male"), ("2020-01-01", "other")],
            Day
        );
        var orphans = GroupFigures.Of([("2015-01-01", "male")], Day);

        Assert.Equal("0.33", family["dependency_ratio"]!.Value.GetRawText());
        Assert.Null(orphans["dependency_ratio"]);
        Assert.Equal((1, 2), (family["females"]!.Value.GetInt32(), family["males"]!.Value.GetInt32()));
    }

    [Fact]
    public void The_figures_of_random_households_add_up()
    {
        var random = new Random(20260601);
        for (var i = 0; i < 500; i++)
        {
            var members = Enumerable
                .Range(0, random.Next(0, 12))
                .Select(_ =>
                    (
                        (string?)
                            Day.AddDays(-random.Next(0, 40_000)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                        (string?)"female"
                    )
                )
                .ToList();
            var figures = GroupFigures.Of(members, Day);

            int Of(string field) => figures[field]!.Value.GetInt32();

            Assert.Equal(members.Count, Of("children_under_18") + Of("adults_18_59") + Of("elderly_60_plus"));
            Assert.True(Of("children_under_5") <= Of("children_under_18"));
            Assert.Equal(members.Count, Of("females"));
        }
    }
}
