using Xunit;

namespace SocialRegistry.Contracts.Tests.Ports;

/// <summary>Revisions, dry runs and the same request again.</summary>
public abstract partial class RelationshipsPortTests
{
    private static RowScope Elsewhere { get; } = new() { Areas = new HashSet<string> { "N-99-999" } };

    [Fact]
    public async Task A_relation_has_a_revision_under_which_it_is_ended_and_removed()
    {
        var type = await TypeAsync();
        var (a, b) = await PairAsync();
        var added = (await RelateAsync(a, type.Code, b, Wedding)).Require();
        var end = (WriteConditions c) =>
            Relationships.EndRelationAsync(b, added.Id, Parting, c, PortCallers.Registrar, Cancellation);

        var tried = (await end(Seen(1) with { DryRun = true })).Require();
        var ended = (await end(Seen(1))).Require();
        var stale = (await end(Seen(1))).Problem!;
        var staleRemoval = await Relationships.RemoveRelationAsync(
            a,
            added.Id,
            Seen(1),
            PortCallers.Registrar,
            Cancellation
        );
        var dryRemoval = await Relationships.RemoveRelationAsync(
            a,
            added.Id,
            Seen(2) with
            {
                DryRun = true,
            },
            PortCallers.Registrar,
            Cancellation
        );
        var read = (await Relationships.GetRelationAsync(a, added.Id, PortCallers.Registrar, Cancellation)).Require();
        var stranger = await Relationships.GetRelationAsync(
            RegistrantId.New(TimeProvider.System),
            added.Id,
            PortCallers.Registrar,
            Cancellation
        );

        Assert.Equal((1L, Parting, 2L, Parting), (added.Revision, tried.EndedOn, ended.Revision, ended.EndedOn));
        Assert.Equal((ProblemKind.PreconditionFailed, 2L), (stale.Kind, stale.CurrentVersion));
        Assert.Equal("relationships.changed_since", staleRemoval.Problem?.Code);
        Assert.True(dryRemoval.Succeeded);
        Assert.Equal((2L, type.Code, Parting), (read.Revision, read.Type, read.EndedOn));
        Assert.Equal("relationships.not_found", stranger.Problem?.Code);
    }

    [Fact]
    public async Task A_dry_run_answers_like_the_real_one_and_stores_nothing()
    {
        var type = await TypeAsync();
        var (a, b) = await PairAsync();
        var (child, mother) = (await BornAsync(2010), await BornAsync(1980));
        var relation = new NewRelation
        {
            Type = type.Code,
            To = PersonReference.Of(b),
            DryRun = true,
        };
        var couple = new SpouseChange
        {
            Person1 = PersonReference.Of(a),
            Person2 = PersonReference.Of(b),
            IsMarried = true,
            DryRun = true,
        };

        var related = await Relationships.AddRelationAsync(a, relation, PortCallers.Registrar, Cancellation);
        var wed = await Relationships.SetSpousesAsync(couple, PortCallers.Registrar, Cancellation);
        var born = await Relationships.SetParentsAsync(
            child,
            Parents(mother) with
            {
                DryRun = true,
            },
            PortCallers.Registrar,
            Cancellation
        );
        var refused = await Relationships.SetParentsAsync(
            child,
            Parents(child) with
            {
                DryRun = true,
            },
            PortCallers.Registrar,
            Cancellation
        );
        var changes = (
            await Ports.Versions.ChangesAsync(
                a,
                HistoryFilter.None,
                new PageRequest(),
                PortCallers.Registrar,
                Cancellation
            )
        ).Require();

        Assert.Equal((a, b, 1L), (related.Require().FromId, related.Require().ToId, related.Require().Revision));
        Assert.True(wed.Require().IsMarried);
        Assert.Equal((mother, 1L), (born.Require().Parent1Id, born.Require().Revision));
        Assert.Equal("relationships.self", refused.Problem?.Code);
        Assert.Empty(await RelationsAsync(a));
        Assert.Empty((await Relationships.ListSpousesAsync(a, PortCallers.Registrar, Cancellation)).Require());
        Assert.Equal(
            0,
            (await Relationships.GetParentsAsync(child, PortCallers.Registrar, Cancellation)).Require().Revision
        );
        Assert.Single(changes.Items);
    }

    [Fact]
    public async Task A_relation_under_a_key_is_added_once_and_shown_again_to_who_may_know_of_it()
    {
        var type = await TypeAsync();
        var (a, b) = await PairAsync();
        var caller = PortCallers.Staff("keyed-" + Persons.Next(), [.. Permissions.All]);
        var relation = new NewRelation
        {
            Type = type.Code,
            To = PersonReference.Of(b),
            IdempotencyKey = "relate",
        };
        var add = (NewRelation r, Caller c) => Relationships.AddRelationAsync(a, r, c, Cancellation);

        var both = await Task.WhenAll(Task.Run(() => add(relation, caller)), Task.Run(() => add(relation, caller)));
        var other = await add(relation with { StartedOn = Wedding }, caller);
        var blind = await add(relation, caller with { Rows = Elsewhere });
        var forbidden = await add(relation, caller with { Permissions = new HashSet<string>() });
        var empty = await add(relation with { IdempotencyKey = "" }, caller);

        Assert.Equal(both[0].Require(), both[1].Require());
        Assert.Single(await RelationsAsync(a));
        Assert.Equal("registrants.idempotency_key_reused", other.Problem?.Code);
        Assert.Equal(ProblemKind.NotFound, blind.Problem?.Kind);
        Assert.Equal(ProblemKind.Forbidden, forbidden.Problem?.Kind);
        Assert.Equal("registrants.idempotency_key_invalid", empty.Problem?.Code);
    }
}
