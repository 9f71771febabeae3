using Xunit;

namespace SocialRegistry.Contracts.Tests.Ports;

/// <summary>Couples.</summary>
public abstract partial class RelationshipsPortTests
{
    private static readonly DateOnly Wedding = new(2005, 5, 20);
    private static readonly DateOnly Parting = new(2012, 8, 1);

    [Fact]
    public async Task A_couple_is_kept_as_entered_and_seen_from_both_sides()
    {
        var (a, b) = await PairAsync();

        var first = (await MarryAsync(a, b)).Require();
        var (c, d) = await PairAsync();
        var second = (await MarryAsync(d, c)).Require();

        Assert.Equal((a, b, true, Wedding), (first.Person1Id, first.Person2Id, first.IsMarried, first.MarriedOn));
        Assert.Equal((d, c), (second.Person1Id, second.Person2Id));
        Assert.Equivalent(first, Assert.Single(await SpousesAsync(a)));
        Assert.Equivalent(first, Assert.Single(await SpousesAsync(b)));
        Assert.Equivalent(second, Assert.Single(await SpousesAsync(c)));
    }

    [Fact]
    public async Task The_same_pair_and_day_changes_the_couple_whichever_way_it_is_named()
    {
        var (a, b) = await PairAsync();
        var first = (await MarryAsync(a, b)).Require();

        var second = (await MarryAsync(b, a, Wedding, Parting)).Require();
        var again = (await MarryAsync(b, a, Wedding, Parting)).Require();

        Assert.Equal(first.Id, second.Id);
        Assert.Equal((2, 2), (second.Revision, again.Revision));
        Assert.Equal((true, Parting), (second.IsSeparated, second.SeparatedOn));
        Assert.Single(await SpousesAsync(a));
    }

    [Fact]
    public async Task A_couple_that_marries_keeps_its_record()
    {
        var (a, b) = await PairAsync();
        var together = (await SetAsync(new SpouseChange { Person1 = Of(a), Person2 = Of(b) })).Require();

        var married = (await MarryAsync(a, b)).Require();

        Assert.False(together.IsMarried);
        Assert.Equal((together.Id, true, Wedding), (married.Id, married.IsMarried, married.MarriedOn));
    }

    [Fact]
    public async Task A_pair_is_a_couple_once_at_a_time_and_may_marry_again()
    {
        var (a, b) = await PairAsync();
        (await MarryAsync(a, b)).Require();

        var twice = await MarryAsync(a, b, Wedding.AddYears(1));
        (await MarryAsync(a, b, Wedding, Parting)).Require();
        var overlapping = await MarryAsync(b, a, Parting.AddDays(-1));
        var again = await MarryAsync(a, b, Parting);

        Assert.Equal("relationships.pair_open", twice.Problem?.Code);
        Assert.Equal("relationships.pair_overlap", overlapping.Problem?.Code);
        Assert.Equal(1, again.Require().Revision);
        Assert.Equal(2, (await SpousesAsync(a)).Count);
    }

    [Fact]
    public async Task Marriages_with_several_are_taken_unless_configured_otherwise()
    {
        var (a, b) = await PairAsync();
        var (c, _) = await PairAsync();
        (await MarryAsync(a, b)).Require();

        Assert.Empty((await MarryAsync(a, c)).Require().Warnings);
    }

    [Fact]
    public async Task The_columns_of_a_couple_agree_with_each_other()
    {
        var (a, b) = await PairAsync();
        var couple = new SpouseChange { Person1 = Of(a), Person2 = Of(b) };
        var married = couple with { IsMarried = true, MarriedOn = Wedding };

        await RefusedAsync(couple with { MarriedOn = Wedding }, "relationships.married_on_needs_married", "MarriedOn");
        await RefusedAsync(couple with { IsSeparated = true }, "relationships.separated_needs_married", "IsSeperated");
        await RefusedAsync(
            married with
            {
                SeparatedOn = Parting,
            },
            "relationships.separated_on_needs_separated",
            "SeperatedOn"
        );
        await RefusedAsync(
            married with
            {
                IsSeparated = true,
                SeparatedOn = Wedding.AddDays(-1),
            },
            "relationships.separated_before_married",
            "SeperatedOn"
        );
        await RefusedAsync(
            married with
            {
                MarriedOn = new DateOnly(1979, 12, 31),
            },
            "relationships.married_before_birth",
            "MarriedOn"
        );
        await RefusedAsync(
            married with
            {
                MarriedOn = new DateOnly(1500, 1, 1),
            },
            "relationships.date_out_of_range",
            "MarriedOn"
        );
        await RefusedAsync(married with { Person2 = Of(a) }, "relationships.self", "Person2Id");
        var group = (await Registrants.StoreAsync(Persons.Household())).Id;
        await RefusedAsync(married with { Person2 = Of(group) }, "relationships.not_an_individual", "Person2Id");
        await RefusedAsync(
            married with
            {
                Person1 = Of(RegistrantId.New(TimeProvider.System)),
            },
            "relationships.person_unknown",
            "Person1Id"
        );
        Assert.Empty(await SpousesAsync(a));
        (await SetAsync(married with { IsSeparated = true, SeparatedOn = Wedding })).Require();
    }

    [Fact]
    public async Task A_couple_entered_in_error_is_taken_away()
    {
        var (a, b) = await PairAsync();
        var couple = (await MarryAsync(a, b)).Require();

        var stale = await Relationships.RemoveSpousesAsync(couple.Id, Seen(9), PortCallers.Registrar, Cancellation);
        (await Relationships.RemoveSpousesAsync(couple.Id, Seen(1), PortCallers.Registrar, Cancellation)).Require();
        var again = await Relationships.RemoveSpousesAsync(
            couple.Id,
            WriteConditions.None,
            PortCallers.Registrar,
            Cancellation
        );

        Assert.Equal(("relationships.changed_since", 1), (stale.Problem?.Code, stale.Problem?.CurrentVersion));
        Assert.Equal("relationships.not_found", again.Problem?.Code);
        Assert.Empty(await SpousesAsync(b));
    }

    [Fact]
    public async Task A_revision_of_a_couple_that_no_longer_stands_is_refused()
    {
        var (a, b) = await PairAsync();
        var change = new SpouseChange
        {
            Person1 = Of(a),
            Person2 = Of(b),
            ExpectedRevision = 0,
        };
        (await SetAsync(change)).Require();

        Assert.Equal("relationships.changed_since", (await SetAsync(change with { IsMarried = true })).Problem?.Code);
    }

    [Fact]
    public async Task Of_the_same_couple_entered_many_times_at_once_one_stands()
    {
        var (a, b) = await PairAsync();

        var outcomes = await Task.WhenAll(
            Enumerable
                .Range(0, 6)
                .Select(i =>
                    Task.Run(() =>
                        i % 2 == 0 ? MarryAsync(a, b, Wedding.AddDays(i)) : MarryAsync(b, a, Wedding.AddDays(i))
                    )
                )
        );

        Assert.Single(outcomes, o => o.Succeeded);
        Assert.All(outcomes.Where(o => !o.Succeeded), o => Assert.Equal("relationships.pair_open", o.Problem!.Code));
        Assert.Single(await SpousesAsync(a));
    }

    private Task<Outcome<SpouseView>> SetAsync(SpouseChange change) =>
        Relationships.SetSpousesAsync(change, PortCallers.Registrar, Cancellation);

    private Task<Outcome<SpouseView>> MarryAsync(
        RegistrantId first,
        RegistrantId second,
        DateOnly? on = null,
        DateOnly? until = null
    ) =>
        SetAsync(
            new SpouseChange
            {
                Person1 = Of(first),
                Person2 = Of(second),
                IsMarried = true,
                MarriedOn = on ?? Wedding,
                IsSeparated = until is not null,
                SeparatedOn = until,
            }
        );

    private async Task RefusedAsync(SpouseChange change, string code, string field)
    {
        var problem = (await SetAsync(change)).Problem;
        Assert.Equal((code, field), (problem?.Code, problem?.Fields.Single().Field));
    }

    private async Task<IReadOnlyList<SpouseView>> SpousesAsync(RegistrantId person) =>
        (await Relationships.ListSpousesAsync(person, PortCallers.Registrar, Cancellation)).Require();

    private async Task<(RegistrantId, RegistrantId)> PairAsync() => (await BornAsync(1980), await BornAsync(1981));

    private static PersonReference Of(RegistrantId id) => PersonReference.Of(id);
}
