using Xunit;

namespace SocialRegistry.Contracts.Tests.Ports;

/// <summary>Relations of configured types, and all relationships of many.</summary>
public abstract partial class RelationshipsPortTests
{
    [Fact]
    public async Task A_relation_is_named_from_both_ends()
    {
        var type = await TypeAsync();
        var (nurse, patient) = await PairAsync();

        var added = (await RelateAsync(nurse, type.Code, patient)).Require();

        var far = Assert.Single(await RelationsAsync(patient));
        Assert.Equal((type.Code, nurse, patient), (added.Type, added.FromId, added.ToId));
        Assert.Equal((added.Id, type.Inverse, patient, nurse), (far.Id, far.Type, far.FromId, far.ToId));
        Assert.Equal(added, Assert.Single(await RelationsAsync(nurse)));
    }

    [Fact]
    public async Task A_relation_entered_by_its_inverse_is_the_same_relation()
    {
        var type = await TypeAsync();
        var (nurse, patient) = await PairAsync();
        (await RelateAsync(patient, type.Inverse!, nurse)).Require();

        var twice = await RelateAsync(nurse, type.Code, patient);

        Assert.Equal("relationships.relation_open", twice.Problem?.Code);
        Assert.Equal(type.Code, Assert.Single(await RelationsAsync(nurse)).Type);
    }

    [Fact]
    public async Task A_symmetric_relation_stands_once()
    {
        var type = await TypeAsync(symmetric: true);
        var (a, b) = await PairAsync();
        (await RelateAsync(b, type.Code, a)).Require();

        Assert.Equal("relationships.relation_open", (await RelateAsync(a, type.Code, b)).Problem?.Code);
        Assert.Equal((type.Code, a, b), Ends(Assert.Single(await RelationsAsync(a))));
        Assert.Equal((type.Code, b, a), Ends(Assert.Single(await RelationsAsync(b))));
    }

    [Fact]
    public async Task A_relation_ends_and_may_begin_again()
    {
        var type = await TypeAsync();
        var (a, b) = await PairAsync();
        var first = (await RelateAsync(a, type.Code, b, Wedding)).Require();

        var tooEarly = await EndAsync(b, first.Id, Wedding.AddDays(-1));
        var ended = (await EndAsync(b, first.Id, Parting)).Require();
        var again = await RelateAsync(a, type.Code, b, Parting);
        var between = await RelateAsync(a, type.Code, b, Wedding, Wedding.AddDays(5));

        Assert.Equal("relationships.ended_before_started", tooEarly.Problem?.Code);
        Assert.Equal((Wedding, Parting), (ended.StartedOn, ended.EndedOn));
        Assert.True(again.Succeeded);
        Assert.Equal("relationships.relation_open", between.Problem?.Code);
        Assert.Equal(2, (await RelationsAsync(a)).Count);
    }

    [Fact]
    public async Task A_relation_is_taken_away_by_its_ends_only()
    {
        var type = await TypeAsync();
        var (a, b) = await PairAsync();
        var relation = (await RelateAsync(a, type.Code, b)).Require();
        var stranger = await BornAsync(1990);

        Assert.Equal("relationships.not_found", (await RemoveAsync(stranger, relation.Id)).Problem?.Code);
        Assert.Equal("relationships.not_found", (await EndAsync(stranger, relation.Id, Parting)).Problem?.Code);
        (await RemoveAsync(b, relation.Id)).Require();
        Assert.Equal("relationships.not_found", (await RemoveAsync(b, relation.Id)).Problem?.Code);
        Assert.Empty(await RelationsAsync(a));
    }

    [Fact]
    public async Task A_relation_keeps_to_its_type()
    {
        var type = await TypeAsync();
        var (a, b) = await PairAsync();
        var group = (await Registrants.StoreAsync(Persons.Household())).Id;
        var toGroups = await TypeAsync(toKinds: [RegistrantKinds.Group]);

        Assert.Equal("relationships.type_unknown", (await RelateAsync(a, "no_such", b)).Problem?.Code);
        Assert.Equal("relationships.self", (await RelateAsync(a, type.Code, a)).Problem?.Code);
        Assert.Equal("relationships.kind_not_allowed", (await RelateAsync(a, type.Code, group)).Problem?.Code);
        Assert.Equal("relationships.kind_not_allowed", (await RelateAsync(a, toGroups.Code, b)).Problem?.Code);
        Assert.Equal("relationships.kind_not_allowed", (await RelateAsync(a, toGroups.Inverse!, b)).Problem?.Code);
        (await RelateAsync(a, toGroups.Code, group)).Require();
        Assert.Equal(toGroups.Inverse, Assert.Single(await RelationsAsync(group)).Type);
        await Ports.RelationTypes.SaveAsync(type with { IsRetired = true }, PortCallers.Registrar, Cancellation);
        Assert.Equal("relationships.type_unknown", (await RelateAsync(a, type.Code, b)).Problem?.Code);
    }

    [Fact]
    public async Task A_record_shows_its_relationships_when_asked_and_when_they_are_in_the_scope()
    {
        var (child, mother) = (await BornAsync(2010), await BornAsync(1980));
        var father = await BornAsync(1979);
        await SetAsync(child, Parents(mother, father) with { Guardian = Of(father) });
        await MarryAsync(mother, father);
        var type = await TypeAsync();
        await RelateAsync(mother, type.Code, child);

        var shown = await RecordAsync(mother, PortCallers.Registrar, true);
        var others = (await RecordAsync(father, PortCallers.Registrar, true))!;
        var partner = PortCallers.Partner("p", ["given_name"], []);

        Assert.Equal([child], shown!.Children);
        Assert.Null(shown.Parents);
        Assert.Equal(father, Assert.Single(shown.Spouses).Person2Id);
        Assert.Equal((type.Code, mother, child), Ends(Assert.Single(shown.Relations)));
        Assert.Equal([child], others.Children);
        Assert.Equal([child], others.Wards);
        Assert.Equal(father, (await RecordAsync(child, PortCallers.Registrar, true))!.Parents!.GuardianId);
        Assert.Null(await RecordAsync(mother, PortCallers.Registrar, false));
        Assert.Null(await RecordAsync(mother, partner, true));
        Assert.NotNull(await RecordAsync(mother, partner with { Fields = FieldScope.Of(["relationships"]) }, true));
    }

    [Fact]
    public async Task Relationships_of_many_come_in_the_order_asked()
    {
        var (child, mother) = (await BornAsync(2010), await BornAsync(1980));
        await SetAsync(child, Parents(mother));
        var gone = await BornAsync(1950);
        await SetAsync(mother, Parents(gone));
        await ArchiveAsync(gone);

        var found = await Relationships.FindAsync(
            [mother, gone, child, RegistrantId.New(TimeProvider.System), mother],
            PortCallers.Registrar,
            Cancellation
        );

        var views = found.Require();
        Assert.Equal([mother, null, child, null, mother], views.Select(v => v?.RegistrantId));
        Assert.Equal([child], views[0]!.Children);
        Assert.Null(views[0]!.Parents!.Parent1Id);
        Assert.Equal(mother, views[2]!.Parents!.Parent1Id);
        var many = Enumerable.Repeat(mother, 1_001).ToList();
        var refused = await Relationships.FindAsync(many, PortCallers.Registrar, Cancellation);
        Assert.Equal("relationships.too_many", refused.Problem?.Code);
    }

    private static (string, RegistrantId, RegistrantId) Ends(RelationView view) => (view.Type, view.FromId, view.ToId);

    private async Task<RelationshipsView?> RecordAsync(RegistrantId id, Caller caller, bool asked) =>
        (await Registrants.GetAsync(id, new ReadOptions { Relationships = asked }, caller, Cancellation))
            .Require()
            .Relationships;

    private Task<Outcome<RelationView>> RelateAsync(
        RegistrantId from,
        string type,
        RegistrantId to,
        DateOnly? startedOn = null,
        DateOnly? endedOn = null
    ) =>
        Relationships.AddRelationAsync(
            from,
            new NewRelation
            {
                Type = type,
                To = Of(to),
                StartedOn = startedOn,
                EndedOn = endedOn,
            },
            PortCallers.Registrar,
            Cancellation
        );

    private Task<Outcome<RelationView>> EndAsync(RegistrantId registrant, Guid id, DateOnly on) =>
        Relationships.EndRelationAsync(registrant, id, on, WriteConditions.None, PortCallers.Registrar, Cancellation);

    private Task<Outcome<Done>> RemoveAsync(RegistrantId registrant, Guid id) =>
        Relationships.RemoveRelationAsync(registrant, id, WriteConditions.None, PortCallers.Registrar, Cancellation);

    private async Task<IReadOnlyList<RelationView>> RelationsAsync(RegistrantId registrant) =>
        (await Relationships.ListRelationsAsync(registrant, PortCallers.Registrar, Cancellation)).Require();

    private async Task<RelationTypeView> TypeAsync(bool symmetric = false, IReadOnlyList<string>? toKinds = null) =>
        (
            await Ports.RelationTypes.SaveAsync(
                RelationTypesPortTests.New(symmetric) with
                {
                    ToKinds = toKinds ?? [RegistrantKinds.Individual],
                },
                PortCallers.Registrar,
                Cancellation
            )
        ).Require();
}
