using Xunit;

namespace SocialRegistry.Contracts.Tests.Ports;

public abstract partial class AreasPortTests
{
    [Fact]
    public async Task A_change_of_the_tree_is_tried_and_a_creation_repeated_under_its_key()
    {
        var tree = await TreeAsync();
        var code = "K" + Persons.Next();
        var area = Area(code, 2, tree.Country);
        var dry = new WriteConditions { DryRun = true };
        var keyed = new WriteConditions { IdempotencyKey = "area-" + code };

        var tried = (await Areas.CreateAsync(area, dry, Keeper, Cancellation)).Require();
        var absent = await Areas.GetAsync(code, Reader, Cancellation);
        var closing = new AreaClosing { ExpectedVersion = 1, ValidTo = new DateOnly(2026, 1, 1) };
        var closed = (await Areas.CloseAsync(tree.Village, closing, dry, Keeper, Cancellation)).Require();
        var taken = await Areas.CreateAsync(Area(tree.Village, 2, tree.Country), dry, Keeper, Cancellation);
        var made = (await Areas.CreateAsync(area, keyed, Keeper, Cancellation)).Require();
        var again = (await Areas.CreateAsync(area, keyed, Keeper, Cancellation)).Require();
        var other = await Areas.CreateAsync(Area(code + "B", 2, tree.Country), keyed, Keeper, Cancellation);
        var forbidden = await Areas.CreateAsync(
            area,
            keyed,
            Keeper with
            {
                Permissions = new HashSet<string>(),
            },
            Cancellation
        );

        Assert.Equal((code, 1L), (tried.Code, tried.Version));
        Assert.Equal("areas.not_found", absent.Problem?.Code);
        Assert.Equal((new DateOnly(2026, 1, 1), 2L), (closed.ValidTo, closed.Version));
        Assert.Equal((null, 1L), ((await GetAsync(tree.Village)).ValidTo, (await GetAsync(tree.Village)).Version));
        Assert.Equal("areas.code_taken", taken.Problem?.Code);
        Assert.Equivalent(made, again);
        Assert.Equal("registrants.idempotency_key_reused", other.Problem?.Code);
        Assert.Equal(ProblemKind.Forbidden, forbidden.Problem?.Kind);
    }
}
