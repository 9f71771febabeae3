using Xunit;

namespace SocialRegistry.Contracts.Tests.Ports;

/// <summary>Nobody moves a record to where it may not know of it, by whatever call.</summary>
public abstract partial class RegistrantsPortTests
{
    private const string OutsideRows = "registrants.outside_rows";

    [Theory]
    [MemberData(nameof(Scopes))]
    public async Task A_change_keeps_a_record_within_the_callers_rows(string scope)
    {
        var (area, elsewhere) = (NewArea(), NewArea());
        var (uin, other) = (Persons.NewUin(), Persons.NewUin());
        async Task<RegistrantId> StoreOneAsync(Identifier identifier) =>
            (
                await Registrants.StoreAsync(
                    Persons.Amira(identifier) with
                    {
                        Values = Persons.Values($$"""{"sex":"female","area":"{{area}}"}"""),
                    }
                )
            ).Id;
        var (person, neighbour) = (await StoreOneAsync(uin), await StoreOneAsync(other));
        var caller = Narrow(scope, area);
        var away = Persons.Values($$"""{"sex":"male","area":"{{elsewhere}}"}""");
        async Task<Problem?> UpdateAsync(bool dryRun) =>
            (
                await Registrants.UpdateAsync(
                    person,
                    new RegistrantPatch
                    {
                        ExpectedVersion = 1,
                        Values = away,
                        DryRun = dryRun,
                    },
                    caller,
                    Cancellation
                )
            ).Problem;
        ImportRow Row(Identifier identifier, Dictionary<string, System.Text.Json.JsonElement> values) =>
            new()
            {
                Kind = RegistrantKinds.Individual,
                Values = values,
                Identifiers = [identifier],
            };
        async Task<IEnumerable<string?>> ImportAsync(bool dryRun) =>
            (
                await Registrants.ImportAsync(
                    [Row(uin, away), Row(other, Persons.Values("""{"occupation":"2"}"""))],
                    dryRun,
                    caller,
                    Cancellation
                )
            )
                .Require()
                .Select(o => o.Problem?.Code);

        var refused = await UpdateAsync(dryRun: false);
        Assert.Equal((OutsideRows, ProblemKind.Forbidden), (refused?.Code, refused?.Kind));
        Assert.Equal(OutsideRows, (await UpdateAsync(dryRun: true))?.Code);
        Assert.Equal([OutsideRows, null], await ImportAsync(dryRun: true));
        Assert.Equal([OutsideRows, null], await ImportAsync(dryRun: false));

        var kept = await ReadAsync(person, PortCallers.Registrar);
        Assert.Equal((1, area), (kept.Version, kept.Text("area")));
        Assert.Equal(2, (await ReadAsync(neighbour, PortCallers.Registrar)).Version);
    }

    [Fact]
    public async Task A_status_keeps_a_record_within_the_callers_rows()
    {
        var person = await StoreAsync(NewArea(), "{}");
        var caller = PortCallers.Registrar with
        {
            Rows = new RowScope { Population = Query("""{"status":"active"}""") },
        };

        var refused = await Registrants.ChangeStatusAsync(person, Change(1, "inactive"), caller, Cancellation);

        Assert.Equal(OutsideRows, refused.Problem?.Code);
        Assert.Equal(1, (await ReadAsync(person, PortCallers.Registrar)).Version);
    }

    [Fact]
    public async Task A_membership_keeps_its_records_within_the_callers_rows()
    {
        var area = NewArea();
        var (club, other) = (await StoreGroupAsync(area, "{}"), await StoreGroupAsync(area, "{}"));
        var person = await StoreAsync(area, "{}");
        await JoinAsync(club, person);
        var caller = PortCallers.Registrar with
        {
            Rows = new RowScope
            {
                Population = Query($$$"""{"or":[{"kind":"group"},{"memberOf":{"area":"{{{area}}}"}}]}"""),
            },
        };

        var ended = await Ports.Groups.EndMemberAsync(
            club,
            person,
            new MembershipEnd(),
            GroupCommand.Plain,
            caller,
            Cancellation
        );
        Assert.Equal(OutsideRows, ended.Problem?.Code);
        Assert.Null(Assert.Single(await OpenAsync(club)).EndedOn);
        var moved = await Ports.Groups.MoveMemberAsync(
            club,
            new MemberMove { Member = person, ToGroup = other },
            GroupCommand.Plain,
            caller,
            Cancellation
        );
        Assert.True(moved.Succeeded);
        Assert.Equal(person, Assert.Single(await OpenAsync(other)).MemberId);

        async Task<IReadOnlyList<MembershipView>> OpenAsync(RegistrantId group) =>
            (
                await Ports.Groups.MembershipsAsync(
                    group,
                    new MembershipQuery(),
                    new PageRequest(),
                    PortCallers.Registrar,
                    Cancellation
                )
            )
                .Require()
                .Items;
    }
}
