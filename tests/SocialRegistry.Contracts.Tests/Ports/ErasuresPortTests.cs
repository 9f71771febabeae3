using Xunit;

namespace SocialRegistry.Contracts.Tests.Ports;

/// <summary>One asks, another confirms; needs a registry with <c>Registry:Erasures:Allowed</c>.</summary>
public abstract class ErasuresPortTests : PortTests
{
    private static readonly Caller Second = PortCallers.Registrar with { Id = "second" };

    private static readonly NewErasure Why = new() { Ground = "act-7", Reason = "she asked for it" };

    [Fact]
    public async Task A_record_is_erased_by_two_and_its_household_is_named()
    {
        var (person, other) = ((await StoreAsync()).Id, (await StoreAsync()).Id);
        var group = (await Registrants.StoreAsync(Persons.Household())).Id;
        foreach (var (member, kind) in new[] { (person, "head"), (other, "member") })
        {
            var edge = new MembershipView
            {
                GroupId = group,
                MemberId = member,
                Kinds = [kind],
            };
            (await Ports.Groups.AddMemberAsync(edge, PortCallers.Registrar, Cancellation)).Require();
        }

        var asked = (await Ports.Erasures.RequestAsync(person, Why, PortCallers.Registrar, Cancellation)).Require();
        var own = await Ports.Erasures.ConfirmAsync(person, PortCallers.Registrar, Cancellation);
        var done = (await Ports.Erasures.ConfirmAsync(person, Second, Cancellation)).Require();
        var tombstone = (await Ports.Erasures.GetAsync(person, Second, Cancellation)).Require();
        var read = await Registrants.GetAsync(person, ReadOptions.Default, PortCallers.Registrar, Cancellation);
        var twice = await Ports.Erasures.RequestAsync(person, Why, Second, Cancellation);

        Assert.Equal((ErasureStates.Requested, null), (asked.State, asked.EndedBy));
        Assert.Equal("erasures.own_request", own.Problem?.Code);
        Assert.Equal((ErasureStates.Erased, "registrar", "second"), (done.State, done.RequestedBy, done.EndedBy));
        Assert.Equal([group], done.HouseholdsWithoutHead);
        Assert.Equal([group], tombstone.HouseholdsWithoutHead);
        Assert.Equal((done.EndedAt, "act-7"), (tombstone.EndedAt, tombstone.Ground));
        Assert.Equal(("registrants.erased", ProblemKind.Gone), (read.Problem?.Code, read.Problem?.Kind));
        Assert.Equal("registrants.erased", twice.Problem?.Code);
    }

    [Fact]
    public async Task A_request_is_refused_and_may_be_made_again()
    {
        var person = (await StoreAsync()).Id;
        (await Ports.Erasures.RequestAsync(person, Why, PortCallers.Registrar, Cancellation)).Require();

        var refused = (await Ports.Erasures.RefuseAsync(person, Second, Cancellation)).Require();
        var gone = await Ports.Erasures.ConfirmAsync(person, Second, Cancellation);
        var again = (await Ports.Erasures.RequestAsync(person, Why, Second, Cancellation)).Require();

        Assert.Equal(ErasureStates.Refused, refused.State);
        Assert.Equal("erasures.not_found", gone.Problem?.Code);
        Assert.Equal((ErasureStates.Requested, "second"), (again.State, again.RequestedBy));
        Assert.True(
            (await Registrants.GetAsync(person, ReadOptions.Default, PortCallers.Registrar, Cancellation)).Succeeded
        );
    }

    [Fact]
    public async Task Wrong_requests_and_callers_are_refused()
    {
        var person = (await StoreAsync()).Id;
        var wrong = new NewErasure { Ground = "because of Amira", Reason = "" };
        var group = (await Registrants.StoreAsync(Persons.Household())).Id;

        var invalid = await Ports.Erasures.RequestAsync(person, wrong, PortCallers.Registrar, Cancellation);
        var ofGroup = await Ports.Erasures.RequestAsync(group, Why, PortCallers.Registrar, Cancellation);
        var none = await Ports.Erasures.GetAsync(person, PortCallers.Registrar, Cancellation);
        var herself = PortCallers.Person(person) with { Permissions = Permissions.All };
        var byHerself = await Ports.Erasures.RequestAsync(person, Why, herself, Cancellation);
        var byPartner = await Ports.Erasures.ConfirmAsync(
            person,
            PortCallers.Partner("cash", [], []) with
            {
                Permissions = Permissions.All,
            },
            Cancellation
        );

        Assert.Equal(["reason", "ground"], invalid.Problem?.Fields.Select(f => f.Field));
        Assert.Equal("erasures.not_of_groups", ofGroup.Problem?.Code);
        Assert.Equal("erasures.not_found", none.Problem?.Code);
        Assert.Equal(ProblemKind.Forbidden, byHerself.Problem?.Kind);
        Assert.Equal(ProblemKind.Forbidden, byPartner.Problem?.Kind);
    }

    private Task<RegistrantView> StoreAsync() => Registrants.StoreAsync(Persons.Amira());
}
