using System.Data.Common;
using Microsoft.Extensions.DependencyInjection;
using SocialRegistry.Contracts;
using SocialRegistry.Contracts.Tests.Ports;
using SocialRegistry.Registry.Fields.Indexes;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Persistence.Postgres;
using SocialRegistry.Registry.Persistence.Sqlite;
using SocialRegistry.Storage;
using SocialRegistry.Testing;
using Xunit;

namespace SocialRegistry.Registry.Tests.Search;

public sealed class SqliteSearchLimitTests() : SearchLimitTests(DatabaseProvider.Sqlite);

public sealed class PostgresSearchLimitTests() : SearchLimitTests(DatabaseProvider.Postgres);

/// <summary>What a search may cost the database: no reading of everything for want of an index, and an end in time.</summary>
public abstract class SearchLimitTests(DatabaseProvider provider) : CoreTests(provider)
{
    private static readonly Dictionary<string, string?> Five = new() { ["Registry:UnindexedSearchLimit"] = "5" };

    [Fact]
    public async Task A_field_whose_index_waits_is_asked_only_while_there_are_few_records()
    {
        await using var host = await StartAsync(settings: Five);
        await StoreAsync(host, 5);
        const string women = """{"field":"sex","op":"eq","value":"female"}""";
        Assert.Equal(5, (await SearchAsync(host, women)).Require().Items.Count);

        var carrier = Persons.NewUin();
        await host.Registrants.StoreAsync(Persons.Amira(carrier));

        await RefusedAsync(host, women, "sex");
        await RefusedAsync(host, $$"""{"not":{{women}}}""", "sex");
        await RefusedAsync(
            host,
            $$"""{"or":[{"status":"active"},{{women}},{"field":"birth_date","op":"lt","value":"1960"}]}""",
            "birth_date",
            "sex"
        );
        await RefusedAsync(host, $$"""{"anyMember":{{women}}}""", "sex");
        await RefusedAsync(host, """{"field":"occupation","op":"exists"}""", "occupation");
        await RefusedAsync(host, """{"field":"given_name","op":"eq","value":"amira"}""", "given_name");
        await RefusedAsync(host, """{"area":"N-01"}""", "area");
        var sorted = await SearchAsync(host, """{"status":"active"}""", new SortField("birth_date"));
        Assert.Equal("birth_date", Assert.Single(sorted.Problem!.Fields).Field);
        Assert.Equal(6, (await SearchAsync(host, """{"status":"active"}""")).Require().Items.Count);
        Assert.Single(
            (await SearchAsync(host, $$$"""{"identifier":{"type":"UIN","value":"{{{carrier.Value}}}"}}"""))
                .Require()
                .Items
        );

        await host.Services.GetRequiredService<IndexWork>().RunDueAsync(Cancellation);

        Assert.Equal(6, (await SearchAsync(host, women)).Require().Items.Count);
        Assert.Equal(
            6,
            (await SearchAsync(host, """{"status":"active"}""", new SortField("birth_date"))).Require().Items.Count
        );
    }

    [Fact]
    public async Task A_field_made_searchable_later_waits_for_its_index_too()
    {
        await using var host = await StartAsync(settings: Five);
        var work = host.Services.GetRequiredService<IndexWork>();
        await work.RunDueAsync(Cancellation);
        await StoreAsync(host, 6);
        Assert.Equal(6, (await SearchAsync(host, """{"field":"sex","op":"exists"}""")).Require().Items.Count);
        var designer = PortCallers.Staff("designer", Permissions.WriteFields);
        var herd = new FieldView
        {
            Id = "herd",
            Kind = RegistrantKinds.Individual,
            Type = FieldType.Integer,
            Class = FieldClass.Internal,
            Searchable = true,
            Labels = new Dictionary<string, string> { ["eng"] = "Herd" },
        };
        (await host.CatalogueChanges.DraftAsync(herd, designer, Cancellation)).Require();
        (await host.CatalogueChanges.PublishAsync(new FieldName(null, "herd"), designer, Cancellation)).Require();

        await RefusedAsync(host, """{"field":"herd","op":"ge","value":3}""", "herd");
        await work.RunDueAsync(Cancellation);

        Assert.Empty((await SearchAsync(host, """{"field":"herd","op":"ge","value":3}""")).Require().Items);
    }

    [Fact]
    public async Task A_search_that_takes_too_long_is_ended_in_the_database_and_told_so()
    {
        await using var host = await StartAsync(
            services => services.AddSingleton<ISearchDialect>(new Dawdling(Provider)),
            new Dictionary<string, string?> { ["Registry:SearchTimeout"] = "00:00:01" }
        );
        await StoreAsync(host, 1);
        var started = TimeProvider.System.GetTimestamp();

        var outcome = await SearchAsync(host, """{"field":"sex","op":"in","value":["female","male"]}""");

        Assert.Equal(("searches.too_slow", ProblemKind.Unavailable), (outcome.Problem?.Code, outcome.Problem?.Kind));
        Assert.InRange(
            TimeProvider.System.GetElapsedTime(started),
            TimeSpan.FromSeconds(0.5),
            TimeSpan.FromSeconds(20)
        );
        // The connection is good for the next one.
        Assert.Single((await SearchAsync(host, """{"status":"active"}""")).Require().Items);
    }

    private static async Task StoreAsync(RegistryHost host, int count)
    {
        for (var i = 0; i < count; i++)
        {
            await host.Registrants.StoreAsync(Persons.Amira());
        }
    }

    private static Task<Outcome<SearchPage>> SearchAsync(RegistryHost host, string query, params SortField[] sort) =>
        host.Registrants.SearchAsync(
            new SearchRequest { Query = QueryReader.Read(query).Require(), Sort = sort },
            PortCallers.Registrar,
            Cancellation
        );

    private static async Task RefusedAsync(RegistryHost host, string query, params string[] fields)
    {
        var problem = (await SearchAsync(host, query)).Problem;
        Assert.Equal(("searches.index_waits", ProblemKind.Unavailable), (problem?.Code, problem?.Kind));
        Assert.Equal(fields, problem!.Fields.Select(f => f.Field));
    }

    /// <summary>Lets the database take ten minutes over each comparison with a list.</summary>
    private sealed class Dawdling(DatabaseProvider provider) : ISearchDialect
    {
        private readonly ISearchDialect dialect =
            provider == DatabaseProvider.Postgres ? new PostgresSearchDialect() : new SqliteSearchDialect();

        public string IsAny(string expression, string parameter) =>
            dialect.IsAny(expression, parameter)
            + (
                provider == DatabaseProvider.Postgres
                    ? " and pg_sleep(600) is not null"
                    : " and (with recursive c(x) as (select 1 union all select x + 1 from c limit 100000000000) select count(*) from c) > 0"
            );

        public string Table(string name) => dialect.Table(name);

        public string Text(JsonPlace place) => dialect.Text(place);

        public string Number(JsonPlace place) => dialect.Number(place);

        public string Elements(JsonPlace array, string alias) => dialect.Elements(array, alias);

        public string? HasElement(JsonPlace array, string parameter) => dialect.HasElement(array, parameter);

        public DbParameter Json(string name, string json) => dialect.Json(name, json);

        public string Holds(string text, string part) => dialect.Holds(text, part);

        public object Boolean(bool value) => dialect.Boolean(value);

        public object Number(decimal value) => dialect.Number(value);

        public DbParameter List(string name, IReadOnlyList<object> values) => dialect.List(name, values);

        public DbParameter Parameter(string name, object value) => dialect.Parameter(name, value);

        public IDisposable Limit(DbConnection connection, TimeSpan limit, CancellationToken cancellationToken) =>
            dialect.Limit(connection, limit, cancellationToken);

        public bool IsTimeout(Exception exception) => dialect.IsTimeout(exception);
    }
}
