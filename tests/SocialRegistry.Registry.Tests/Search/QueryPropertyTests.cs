using System.Text.Json;
using SocialRegistry.Contracts;
using SocialRegistry.Contracts.Tests.Ports;
using SocialRegistry.Storage;
using Xunit;

namespace SocialRegistry.Registry.Tests.Search;

/// <summary>Random queries over random records: the database answers as the memory does.</summary>
public abstract class QueryPropertyTests(DatabaseProvider provider)
{
    private const int Queries = 300;
    private const int Seed = 20_261_124;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_database_finds_what_the_memory_finds_and_one_more_condition_never_finds_more()
    {
        var world = new QueryWorld(Seed);
        await using var population = await QueryPopulation.StartAsync(provider, world);
        var (empty, all) = (0, 0);
        for (var i = 0; i < Queries; i++)
        {
            var json = world.Query(population.Identifiers);
            var query = QueryReader.Read(json).Require();
            var found = await FindAsync(population, query);

            AssertSame(await population.EvaluateAsync(query, Cancellation), found, json);
            var narrowed = new AndQuery([query, QueryReader.Read(world.Query(population.Identifiers)).Require()]);
            Assert.True((await FindAsync(population, narrowed)).IsSubsetOf(found), narrowed.ToJson().GetRawText());
            var opposite = await FindAsync(population, new NotQuery(query));
            Assert.False(opposite.Overlaps(found), json);
            Assert.Equal(population.Ids.Count, opposite.Count + found.Count);
            empty += found.Count == 0 ? 1 : 0;
            all += found.Count == population.Ids.Count ? 1 : 0;
        }

        // Else the queries would tell nothing.
        Assert.InRange(empty, 1, Queries / 2);
        Assert.InRange(all, 0, Queries / 4);
    }

    [Fact]
    public async Task No_query_reaches_beyond_the_callers_rows()
    {
        var world = new QueryWorld(Seed + 1);
        await using var population = await QueryPopulation.StartAsync(provider, world);
        for (var i = 0; i < Queries / 2; i++)
        {
            var rule = QueryReader.Read(world.Query(population.Identifiers)).Require();
            var areas = world.Chance(0.4) ? new HashSet<string> { world.Pick(["A", "A1", "B"]), "A2" } : null;
            var caller = PortCallers.Registrar with
            {
                Rows = new RowScope { Population = rule, Areas = areas },
            };
            var known = await population.EvaluateAsync(
                areas is null ? rule : new AndQuery([rule, new OrQuery([.. areas.Select(a => new AreaQuery(a))])]),
                Cancellation
            );
            var json = world.Query(population.Identifiers);
            var query = QueryReader.Read(json).Require();

            var found = await FindAsync(population, query, caller);

            AssertSame(
                await population.EvaluateAsync(query, Cancellation, known),
                found,
                json + " within " + rule.ToJson().GetRawText()
            );
            foreach (var id in population.Ids.Take(12))
            {
                var read = await population.Host.Registrants.GetAsync(id, ReadOptions.Default, caller, Cancellation);
                Assert.Equal(known.Contains(id), read.Succeeded);
            }
        }
    }

    [Fact]
    public async Task Pages_of_any_sort_together_are_the_whole_while_others_write()
    {
        var world = new QueryWorld(Seed + 2);
        await using var population = await QueryPopulation.StartAsync(provider, world);
        string[] sortable = ["nick", "born", "sex", "income", "happy", "area"];
        for (var i = 0; i < 40; i++)
        {
            var query = QueryReader.Read(world.Query(population.Identifiers)).Require();
            // nick is a number of groups and a text of persons, so it has no one order.
            var sort = sortable
                .Where(f => f != "nick" && world.Chance(0.4))
                .OrderBy(_ => world.Number(100))
                .Take(QueryLimits.MaxSortFields)
                .Select(f => new SortField(f, world.Chance(0.5)))
                .ToList();
            var whole = (await SearchAsync(population, query, sort, 500, null)).Items.Select(v => v.Id).ToList();
            var before = population.Ids.ToHashSet();
            var seen = new List<RegistrantId>();
            string? after = null;
            do
            {
                var page = await SearchAsync(population, query, sort, 1 + world.Number(20), after);
                seen.AddRange(page.Items.Select(v => v.Id));
                after = page.Next;
                if (world.Chance(0.1))
                {
                    await population.StoreAsync(RegistrantKinds.Individual, world.Person());
                }
            } while (after is not null);

            Assert.Equal(seen.Count, seen.Distinct().Count());
            Assert.Equal(whole, seen.Where(before.Contains));
        }
    }

    [Fact]
    public async Task Hits_come_in_the_order_of_their_values()
    {
        var world = new QueryWorld(Seed + 3);
        await using var population = await QueryPopulation.StartAsync(provider, world);
        var everybody = QueryReader.Read("""{"kind":"individual"}""").Require();
        foreach (
            var (field, descending) in new[] { "born", "sex", "income", "happy", "area" }.SelectMany(f =>
                new[] { (f, false), (f, true) }
            )
        )
        {
            var values = (await SearchAsync(population, everybody, [new SortField(field, descending)], 500, null))
                .Items.Select(v => v.Values.TryGetValue(field, out var value) ? value : (JsonElement?)null)
                .ToList();

            var ordered = values.OrderBy(v => v is null).ThenBy(Comparable).ToList();
            Assert.Equal(
                (descending ? ordered.AsEnumerable().Reverse() : ordered).Select(Comparable),
                values.Select(Comparable)
            );
        }

        static IComparable? Comparable(JsonElement? value) =>
            value?.ValueKind switch
            {
                JsonValueKind.Number => value.Value.GetDecimal(),
                JsonValueKind.String => new Ordinal(value.Value.GetString()!),
                JsonValueKind.True => 1m,
                JsonValueKind.False => 0m,
                _ => null,
            };
    }

    private sealed record Ordinal(string Text) : IComparable
    {
        public int CompareTo(object? obj) => string.CompareOrdinal(Text, ((Ordinal)obj!).Text);
    }

    private static async Task<SearchPage> SearchAsync(
        QueryPopulation population,
        Query query,
        IReadOnlyList<SortField> sort,
        int size,
        string? after,
        Caller? caller = null
    ) =>
        (
            await population.Host.Registrants.SearchAsync(
                new SearchRequest
                {
                    Query = query,
                    Sort = sort,
                    Page = new PageRequest(size, after),
                },
                caller ?? PortCallers.Registrar,
                Cancellation
            )
        ).Require();

    private static async Task<HashSet<RegistrantId>> FindAsync(
        QueryPopulation population,
        Query query,
        Caller? caller = null
    ) => [.. (await SearchAsync(population, query, [], 500, null, caller)).Items.Select(v => v.Id)];

    private static void AssertSame(HashSet<RegistrantId> expected, HashSet<RegistrantId> found, string query) =>
        Assert.True(
            expected.SetEquals(found),
            $"{expected.Except(found).Count()} missing, {found.Except(expected).Count()} too many: {query}"
        );
}

public sealed class SqliteQueryPropertyTests() : QueryPropertyTests(DatabaseProvider.Sqlite);

public sealed class PostgresQueryPropertyTests() : QueryPropertyTests(DatabaseProvider.Postgres);
