using Xunit;

namespace SocialRegistry.Contracts.Tests.Ports;

/// <summary>Changes of the catalogue that are tried, and such as are sent twice.</summary>
public abstract partial class CatalogueChangesPortTests
{
    private static readonly WriteConditions Dry = new() { DryRun = true };

    [Fact]
    public async Task A_field_is_tried_before_it_is_drafted_published_and_retired()
    {
        var id = NewId();

        var tried = (await Changes.DraftAsync(Number(id), Dry, Designer, Cancellation)).Require();
        var nothing = await Changes.PublishAsync(Name(id), Dry, Designer, Cancellation);
        (await DraftAsync(Number(id))).Require();
        var before = (await Ports.Fields.GetAsync(Cancellation)).Version;
        var published = (await Changes.PublishAsync(Name(id), Dry, Designer, Cancellation)).Require();
        var version = (await Ports.Fields.GetAsync(Cancellation)).Version;
        (await Changes.PublishAsync(Name(id), Designer, Cancellation)).Require();
        var retired = (await Changes.RetireAsync(Name(id), Dry, Designer, Cancellation)).Require();

        Assert.Equal(id, tried.Field.Id);
        Assert.Equal(ProblemKind.NotFound, nothing.Problem?.Kind);
        Assert.Equal((before + 1, before), (published.CatalogueVersion, version));
        Assert.Equal(FieldState.Retired, retired.Field!.State);
        Assert.Null(await FaultAsync($$"""{"{{id}}":3}"""));
    }

    [Fact]
    public async Task What_is_sent_twice_under_a_key_happens_once()
    {
        var id = NewId();
        var key = new WriteConditions { IdempotencyKey = "catalogue-" + id };
        var fresh = key with { IdempotencyKey = "list-" + id, ExpectedVersion = 0 };
        var list = new CodeListView(id, [Code("a")]);

        var drafts = new[]
        {
            (await Changes.DraftAsync(Number(id), key, Designer, Cancellation)).Require(),
            (await Changes.DraftAsync(Number(id), key, Designer, Cancellation)).Require(),
        };
        var reused = await Changes.DraftAsync(Number(id, 20), key, Designer, Cancellation);
        var publish = key with { IdempotencyKey = "publish-" + id };
        var first = (await Changes.PublishAsync(Name(id), publish, Designer, Cancellation)).Require();
        var second = (await Changes.PublishAsync(Name(id), publish, Designer, Cancellation)).Require();
        var made = (await Changes.PutCodeListAsync(list, fresh, Designer, Cancellation)).Require();
        var again = (await Changes.PutCodeListAsync(list, fresh, Designer, Cancellation)).Require();
        var exists = await Changes.PutCodeListAsync(list, fresh with { IdempotencyKey = null }, Designer, Cancellation);
        var strange = await Changes.PutCodeListAsync(
            list,
            new WriteConditions { ExpectedVersion = 3 },
            Designer,
            Cancellation
        );

        Assert.Equivalent(drafts[0].Field, drafts[1].Field);
        Assert.Equal(drafts[0].DraftedAt, drafts[1].DraftedAt);
        Assert.Equal("registrants.idempotency_key_reused", reused.Problem?.Code);
        Assert.Equal(first.CatalogueVersion, second.CatalogueVersion);
        Assert.Equal(made.Codes.Select(c => c.Code), again.Codes.Select(c => c.Code));
        Assert.Equal("code_lists.exists", exists.Problem?.Code);
        Assert.Equal("code_lists.version_unknown", strange.Problem?.Code);
    }
}
