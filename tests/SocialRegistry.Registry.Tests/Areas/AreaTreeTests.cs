using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SocialRegistry.Contracts;
using SocialRegistry.Contracts.Tests.Ports;
using SocialRegistry.Registry.Areas;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Storage;
using SocialRegistry.Testing;
using Xunit;

namespace SocialRegistry.Registry.Tests.Areas;

public sealed class SqliteAreaTreeTests() : AreaTreeTests(DatabaseProvider.Sqlite);

public sealed class PostgresAreaTreeTests() : AreaTreeTests(DatabaseProvider.Postgres);

/// <summary>The tree in memory, and the ranges of paths in the database.</summary>
public abstract class AreaTreeTests(DatabaseProvider provider) : CoreTests(provider)
{
    [Fact]
    public async Task The_tree_answers_from_memory_and_follows_the_changes_of_this_process_at_once()
    {
        await using var host = await StartAsync();
        var trees = host.Services.GetRequiredService<IAreaTrees>();
        Assert.True((await trees.CurrentAsync(Cancellation)).IsEmpty);

        await ImportAsync(host, ("A", null), ("A-1", "A"), ("A-1-x", "A-1"), ("B", null));

        var tree = await trees.CurrentAsync(Cancellation);
        Assert.True(tree.IsWithin("A-1-x", "A"));
        Assert.True(tree.IsWithin("A", "A"));
        Assert.False(tree.IsWithin("A", "A-1"));
        Assert.False(tree.IsWithin("B", "A"));
        Assert.False(tree.IsWithin("nowhere", "A"));
        Assert.Equal(["A", "A-1", "A-1-x"], tree.Subtree("A").Order(StringComparer.Ordinal));
        Assert.Empty(tree.Subtree("nowhere"));
        Assert.Equal(["A", "A-1"], tree.Ancestors("A-1-x"));
        Assert.Empty(tree.Ancestors("A"));
        var moved = await host.Areas.MoveAsync(
            "A-1",
            new AreaMove { ExpectedVersion = 1, Parent = "B" },
            RegistryHost.Staff(),
            Cancellation
        );
        Assert.True(moved.Succeeded);
        Assert.Equal(["B", "A-1"], (await trees.CurrentAsync(Cancellation)).Ancestors("A-1-x"));
    }

    [Fact]
    public async Task The_changes_of_another_process_are_seen_within_seconds()
    {
        await using var host = await StartAsync();
        await ImportAsync(host, ("A", null));
        using var other = new AreaTrees(
            host.Services.GetRequiredService<IDbContextFactory<RegistryDbContext>>(),
            host.Clock
        );
        Assert.False((await other.CurrentAsync(Cancellation)).Knows("B"));

        await ImportAsync(host, ("B", null));
        host.Clock.Advance(AreaTrees.CheckEvery);

        Assert.True((await other.CurrentAsync(Cancellation)).Knows("B"));
        Assert.True(AreaTrees.CheckEvery <= TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task A_subtree_is_one_range_of_an_index()
    {
        await using var host = await StartAsync();
        await ImportAsync(host, ("A", null), ("A-1", "A"), ("A.1", "A"), ("A0", null), ("A_", null));
        await using var db = await ContextAsync(host);

        var codes = await db.Areas.Within("A/").Select(a => a.Code).ToListAsync(Cancellation);

        Assert.Equal(["A", "A-1", "A.1"], codes.Order(StringComparer.Ordinal));
        Assert.Contains("index", await PlanAsync(db), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_refused_row_leaves_the_tree_and_its_revision_alone()
    {
        await using var host = await StartAsync();
        await ImportAsync(host, ("A", null));
        var before = await CountAsync(host, $"select revision from {Table("area_tree")}");

        var refused = await host.Areas.CreateAsync(
            new NewArea
            {
                Code = "a",
                Level = 1,
                Names = new Dictionary<string, string> { ["eng"] = "A" },
            },
            RegistryHost.Staff(),
            Cancellation
        );

        Assert.Equal("areas.code_taken", refused.Problem?.Code);
        Assert.Equal(before, await CountAsync(host, $"select revision from {Table("area_tree")}"));
        Assert.Equal(1, await CountAsync(host, $"select count(*) from {Table("area_history")}"));
    }

    private async Task<string> PlanAsync(RegistryDbContext db)
    {
        await db.Database.OpenConnectionAsync(Cancellation);
        await using var command = db.Database.GetDbConnection().CreateCommand();
        var explain = Provider == DatabaseProvider.Sqlite ? "explain query plan" : "explain";
        // A table this small is read whole unless that is made dear.
        command.CommandText =
            (Provider == DatabaseProvider.Postgres ? "set enable_seqscan = off; " : "")
            + $"{explain} select code from {Table("areas")} where path >= 'A/' and path < 'A0'";
        await using var reader = await command.ExecuteReaderAsync(Cancellation);
        var plan = "";
        while (await reader.ReadAsync(Cancellation))
        {
            plan += reader.GetValue(reader.FieldCount - 1) + "\n";
        }

        return plan;
    }

    private static async Task ImportAsync(RegistryHost host, params (string Code, string? Parent)[] areas)
    {
        var outcomes = await host.Areas.ImportAsync(
            [
                .. areas.Select(a => new AreaRow
                {
                    Code = a.Code,
                    Parent = a.Parent,
                    Names = new Dictionary<string, string> { ["eng"] = a.Code },
                }),
            ],
            false,
            RegistryHost.Staff(),
            Cancellation
        );
        Assert.All(outcomes.Require(), o => Assert.True(o.Succeeded, o.Problem?.Detail));
    }
}
