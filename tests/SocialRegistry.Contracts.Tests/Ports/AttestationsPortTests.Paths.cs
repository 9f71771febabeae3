using Xunit;

namespace SocialRegistry.Contracts.Tests.Ports;

/// <summary>Every way from one status to another, allowed and refused, with the table as it stands without configuration.</summary>
public abstract partial class AttestationsPortTests
{
    private const string Refused = "attestations.transition";

    /// <summary>From each status to each that is sent: what comes about, or the code of the refusal.</summary>
    public static TheoryData<string, string, string> Paths =>
        new()
        {
            { "NEW", "NEW", Refused },
            { "NEW", "ATTESTED", "ATTESTED" },
            { "NEW", "REJECTED", "REJECTED" },
            { "ATTESTED", "NEW", "NEW" },
            { "ATTESTED", "ATTESTED", "ATTESTED" },
            { "ATTESTED", "REJECTED", "REJECTED" },
            { "REJECTED", "NEW", "NEW" },
            { "REJECTED", "ATTESTED", "ATTESTED" },
            { "REJECTED", "REJECTED", Refused },
            { "PENDING", "NEW", "NEW" },
            { "PENDING", "ATTESTED", "ATTESTED" },
            { "PENDING", "REJECTED", "REJECTED" },
            { "EXPIRED", "NEW", "NEW" },
            { "EXPIRED", "ATTESTED", "ATTESTED" },
            { "EXPIRED", "REJECTED", "REJECTED" },
        };

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Each_way_is_allowed_or_refused_as_the_table_says(string from, string to, string result)
    {
        var (person, field) = await InAsync(from);
        var before = await HistoryAsync(person, field);

        var outcome = await StateAsync(person, field, new AttestationStatement { Status = to }, Second);

        var expected = result == Refused ? from : result;
        Assert.Equal(result == Refused ? Refused : null, outcome.Problem?.Code);
        Assert.Equal(expected, (await ListAsync(person))[field].Status);
        Assert.Equal(before.Count + (result == Refused ? 0 : 1), (await HistoryAsync(person, field)).Count);
        if (result != Refused)
        {
            Assert.Equal(expected, outcome.Require().Status);
            Assert.Equal(expected, (await HistoryAsync(person, field))[0].Status);
        }
    }

    [Theory]
    [InlineData("NEW")]
    [InlineData("ATTESTED")]
    [InlineData("REJECTED")]
    [InlineData("PENDING")]
    [InlineData("EXPIRED")]
    public async Task From_every_status_another_value_is_NEW_and_the_history_stays(string from)
    {
        var (person, field) = await InAsync(from);
        var before = await HistoryAsync(person, field);

        await PatchAsync(person, 1, $$"""{"{{field}}":"no"}""");

        Assert.Equal("NEW", (await ListAsync(person))[field].Status);
        var after = await HistoryAsync(person, field);
        Assert.Equal(before, after.TakeLast(before.Count));
        Assert.All(after.SkipLast(before.Count), h => Assert.Equal("NEW", h.Status));
        // What was NEW before has nothing to fall back from.
        Assert.Equal(from == "NEW" ? 0 : 1, after.Count - before.Count);
    }

    [Fact]
    public async Task What_two_persons_attest_needs_two_again_after_it_was_rejected_expired_or_changed()
    {
        var (person, field) = await InAsync("PENDING");
        var soon = Attested with { ValidUntil = DateOnly.FromDateTime(Ports.Clock.GetUtcNow().UtcDateTime) };
        Assert.Equal("ATTESTED", (await StateAsync(person, field, soon, Second)).Require().Status);
        // Attested already: another word of one person is not enough to make it so anew.
        Assert.Equal("PENDING", (await StateAsync(person, field, soon)).Require().Status);
        Assert.Equal("ATTESTED", (await StateAsync(person, field, soon, Second)).Require().Status);
        Ports.Clock.AdjustTime(Ports.Clock.GetUtcNow().AddDays(1));
        Assert.Equal("EXPIRED", (await ListAsync(person))[field].Status);
        Assert.Equal("PENDING", (await StateAsync(person, field, Attested)).Require().Status);
        Assert.Equal("attestations.same_person", (await StateAsync(person, field, Attested)).Problem?.Code);
        await PatchAsync(person, 1, $$"""{"{{field}}":"no"}""");
        Assert.Equal("PENDING", (await StateAsync(person, field, Attested, Second)).Require().Status);
        Assert.Equal("ATTESTED", (await StateAsync(person, field, Attested)).Require().Status);
    }

    private static Caller Second { get; } = Attestor with { Id = "second" };

    /// <summary>A value in a status.</summary>
    private async Task<(RegistrantId Person, string Field)> InAsync(string status)
    {
        var policy = new AttestationPolicyView { TwoPersons = status == "PENDING" };
        var field = await FieldAsync(policy);
        var person = await WithAsync(field);
        var statement = status switch
        {
            "NEW" => null,
            "REJECTED" => Rejected,
            "EXPIRED" => Attested with { ValidUntil = DateOnly.FromDateTime(Ports.Clock.GetUtcNow().UtcDateTime) },
            _ => Attested,
        };
        if (statement is not null)
        {
            (await StateAsync(person, field, statement)).Require();
        }

        if (status == "EXPIRED")
        {
            Ports.Clock.AdjustTime(Ports.Clock.GetUtcNow().AddDays(1));
        }

        Assert.Equal(status, (await ListAsync(person))[field].Status);
        return (person, field);
    }
}
