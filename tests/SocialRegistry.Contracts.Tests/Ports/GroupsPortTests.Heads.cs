using Xunit;

namespace SocialRegistry.Contracts.Tests.Ports;

/// <summary>An active household with members has a head, by whatever way it comes to be one.</summary>
public abstract partial class GroupsPortTests
{
    [Fact]
    public async Task A_household_is_made_empty_or_with_its_head()
    {
        var (_, person) = await PairAsync();
        Task<Outcome<RegistrantView>> MakeAsync(params NewMember[] members) =>
            Groups.CreateAsync(NewHousehold(members), GroupCommand.Plain, PortCallers.Registrar, Cancellation);

        Assert.Equal(
            "groups.head_required",
            (await MakeAsync(new NewMember { Member = person, Kinds = ["spouse"] })).Problem?.Code
        );
        Assert.Empty(await AllAsync(person));
        var empty = (await MakeAsync()).Require().Id;
        Assert.Equal("groups.head_required", (await AddAsync(Member(empty, person))).Problem?.Code);
        (await AddAsync(Member(empty, person, "head"))).Require();
        (await MakeAsync(new NewMember { Member = person, Kinds = ["head"] })).Require();
    }

    [Fact]
    public async Task A_household_comes_back_with_a_head_or_empty()
    {
        var (group, head) = await PairAsync();
        var (_, member) = await PairAsync();
        (await AddAsync(Member(group, head, "head"))).Require();
        (await AddAsync(Member(group, member))).Require();
        (await StatusAsync(group, RegistrantStatuses.Inactive)).Require();
        (await EndAsync(group, head, new MembershipEnd())).Require();

        Assert.Equal("groups.head_required", (await StatusAsync(group, RegistrantStatuses.Active)).Problem?.Code);
        Assert.Equal(RegistrantStatuses.Inactive, (await ReadAsync(group)).Require().Status);
        (await ChangeAsync(group, member, "head")).Require();
        Assert.Equal(RegistrantStatuses.Active, (await StatusAsync(group, RegistrantStatuses.Active)).Require().Status);

        (await StatusAsync(group, RegistrantStatuses.Archived)).Require();
        Assert.Equal(
            RegistrantStatuses.Active,
            (await StatusAsync(group, RegistrantStatuses.Active, 8)).Require().Status
        );
        (await EndAsync(group, member, new MembershipEnd())).Require();
        (await StatusAsync(group, RegistrantStatuses.Inactive)).Require();
        (await StatusAsync(group, RegistrantStatuses.Active)).Require();
    }

    [Fact]
    public async Task A_group_becomes_a_household_with_a_head_only()
    {
        var number = Persons.NewHousehold();
        var group = (await Registrants.StoreAsync(Persons.Club() with { Identifiers = [number] })).Id;
        var (_, person) = await PairAsync();
        (await AddAsync(Member(group, person))).Require();
        async Task<Problem?> PatchAsync(bool dryRun = false) =>
            (
                await Registrants.UpdateAsync(
                    group,
                    new RegistrantPatch
                    {
                        ExpectedVersion = 2,
                        Values = Persons.Values("""{"group_type":"2"}"""),
                        DryRun = dryRun,
                    },
                    PortCallers.Registrar,
                    Cancellation
                )
            ).Problem;
        async Task<Outcome<ImportedRegistrant>> ImportAsync(bool dryRun = false) =>
            (
                await Registrants.ImportAsync(
                    [
                        new ImportRow
                        {
                            Kind = RegistrantKinds.Group,
                            Values = Persons.Values("""{"group_type":"2"}"""),
                            Identifiers = [number],
                        },
                    ],
                    dryRun,
                    PortCallers.Registrar,
                    Cancellation
                )
            ).Require()[0];

        Assert.Equal("groups.head_required", (await PatchAsync(dryRun: true))?.Code);
        Assert.Equal("groups.head_required", (await PatchAsync())?.Code);
        Assert.Equal("groups.head_required", (await ImportAsync(dryRun: true)).Problem?.Code);
        Assert.Equal("groups.head_required", (await ImportAsync()).Problem?.Code);
        Assert.Equal(2, (await ReadAsync(group)).Require().Version);
        (await ChangeAsync(group, person, "head")).Require();
        Assert.Equal(ImportAction.Updated, (await ImportAsync()).Require().Action);
    }

    [Fact]
    public async Task Who_comes_back_from_the_archive_comes_to_no_household_without_a_head()
    {
        var (group, head) = await PairAsync();
        var (_, member) = await PairAsync();
        (await AddAsync(Member(group, head, "head"))).Require();
        (await AddAsync(Member(group, member))).Require();
        (await StatusAsync(member, RegistrantStatuses.Archived)).Require();
        (await EndAsync(group, head, new MembershipEnd())).Require();

        var back = await StatusAsync(member, RegistrantStatuses.Active, 2);

        Assert.Equal("groups.head_required", back.Problem?.Code);
        (await AddAsync(Member(group, head, "head") with { StartedOn = Today })).Require();
        Assert.True((await StatusAsync(member, RegistrantStatuses.Active, 2)).Succeeded);
    }

    [Theory]
    [InlineData(RegistrantStatuses.Deceased)]
    [InlineData(RegistrantStatuses.Archived)]
    public async Task The_death_of_a_head_leaves_her_household_to_be_seen_to(string status)
    {
        var (group, head, spouse, _) = await HouseholdAsync();
        var (club, _) = await ClubAsync();
        (await AddAsync(Member(club, head, "head"))).Require();
        Assert.False(await IsHeadlessAsync(group));
        var caller = PortCallers.Registrar with { Id = "clerk-" + Persons.Next() };

        var tried = (await StatusAsync(head, status, dryRun: true, caller: caller)).Require();
        Assert.Equal(group, Assert.Single(tried.Warnings).Registrant);
        Assert.False(await IsHeadlessAsync(group));
        var changed = (await StatusAsync(head, status, caller: caller)).Require();

        Assert.Equal(new RegistrantWarning("groups.without_living_head", group), Assert.Single(changed.Warnings));
        Assert.True(await IsHeadlessAsync(group));
        // Her membership goes on until somebody is named in her place.
        var (_, newcomer) = await PairAsync();
        Assert.Equal("groups.head_exists", (await AddAsync(Member(group, newcomer, "head"))).Problem?.Code);
        var shown = await Ports.Versions.DisclosuresAsync(
            group,
            new PageRequest(),
            PortCallers.Registrar,
            Cancellation
        );
        Assert.Contains(shown.Require().Items, d => d.ShownTo == caller.Id && d.Fields.Contains("memberships"));
        (
            await Groups.ChangeHeadAsync(
                group,
                new HeadChange { Head = spouse },
                GroupCommand.Plain,
                PortCallers.Registrar,
                Cancellation
            )
        ).Require();
        Assert.False(await IsHeadlessAsync(group));
    }

    [Fact]
    public async Task No_household_is_named_to_who_may_not_know_of_it()
    {
        var (_, first, _, _) = await HouseholdAsync();
        var (_, second, _, _) = await HouseholdAsync();
        var blind = PortCallers.Registrar with { Fields = FieldScope.Of(["given_name", "death_date"]) };
        var narrow = PortCallers.Registrar with
        {
            Rows = new RowScope { Population = QueryReader.Read("""{"kind":"individual"}""").Require() },
        };

        Assert.Empty((await StatusAsync(first, RegistrantStatuses.Deceased, caller: blind)).Require().Warnings);
        Assert.Empty((await StatusAsync(second, RegistrantStatuses.Deceased, caller: narrow)).Require().Warnings);
    }

    private async Task<bool> IsHeadlessAsync(RegistrantId group) =>
        (await Registrants.GetAsync(group, new ReadOptions { Derived = true }, PortCallers.Registrar, Cancellation))
            .Require()
            .Derived["without_living_head"]
            .GetBoolean();

    private async Task<Outcome<RegistrantView>> StatusAsync(
        RegistrantId id,
        string status,
        long? version = null,
        bool dryRun = false,
        Caller? caller = null
    ) =>
        await Registrants.ChangeStatusAsync(
            id,
            new StatusChange
            {
                ExpectedVersion = version ?? (await ReadAsync(id)).Require().Version,
                Status = status,
                Reason = "as told at the desk",
                On = status == RegistrantStatuses.Deceased ? Today : null,
                DryRun = dryRun,
            },
            caller ?? PortCallers.Registrar,
            Cancellation
        );
}
