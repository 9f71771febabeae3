using Xunit;

namespace SocialRegistry.Contracts.Tests;

public sealed class OutcomeTests
{
    private static readonly Problem Problem = Problem.NotFound("things.not_found", "There is no such thing.");

    [Fact]
    public void Success_has_a_value_and_no_problem()
    {
        Outcome<int> outcome = 7;

        Assert.True(outcome.Succeeded);
        Assert.Equal((7, null, 7), (outcome.Value, outcome.Problem, outcome.Require()));
    }

    [Fact]
    public void A_refusal_has_a_problem_and_requiring_its_value_names_the_code()
    {
        Outcome<int> outcome = Problem;

        Assert.False(outcome.Succeeded);
        Assert.Same(Problem, outcome.Problem);
        var error = Assert.Throws<InvalidOperationException>(() => outcome.Require());
        Assert.Contains("things.not_found", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Mapping_changes_a_value_and_keeps_a_problem()
    {
        Outcome<int> refused = Problem;

        Assert.Equal("7", ((Outcome<int>)7).Map(v => v.ToString()).Value);
        Assert.Same(Problem, refused.Map<string>(_ => throw new InvalidOperationException("not asked")).Problem);
    }

    [Fact]
    public void An_outcome_of_an_interface_is_made_by_name()
    {
        var outcome = Outcome.Of<IReadOnlyList<int>>([1, 2]);

        Assert.Equal([1, 2], outcome.Require());
    }
}
