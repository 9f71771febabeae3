using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SocialRegistry.Contracts;
using SocialRegistry.Contracts.Tests.Ports;
using SocialRegistry.Registry.Fields;
using SocialRegistry.Registry.Fields.Indexes;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Storage;
using SocialRegistry.Testing;
using Xunit;

namespace SocialRegistry.Registry.Tests.Fields;

/// <summary>Indexes of searchable fields: made in the background, used by the database, dropped when no longer wanted.</summary>
public abstract class FieldIndexTests(DatabaseProvider provider) : CoreTests(provider)
{
    private static readonly Caller Designer = PortCallers.Staff("designer", Permissions.WriteFields);

    [Fact]
    public async Task Searchable_fields_get_their_index_and_lose_it()
    {
        await using var host = await StartAsync();
        var work = host.Services.GetRequiredService<IndexWork>();
        Assert.All(await StatesAsync(host), i => Assert.Equal(FieldIndexState.Pending, i.State));
        await work.RunDueAsync(TestContext.Current.CancellationToken);
        var seeded = await StatesAsync(host);
        Assert.NotEmpty(seeded);
        Assert.All(seeded, i => Assert.Equal((FieldIndexState.Indexed, 1), (i.State, i.Attempts)));
        // Protected values have no index of the database; what searches look into is made for them beside the records.
        Assert.Contains(seeded, i => i.Field == "given_name");
        Assert.Empty(await IndexesAsync(host, "given_name"));

        await PublishAsync(host, Field(FieldType.Text));
        Assert.Equal(1, await work.RunDueAsync(TestContext.Current.CancellationToken));
        Assert.Equal(["ix_field_i_herd_t"], await IndexesAsync(host, "herd"));
        Assert.Contains(
            "ix_field_i_herd_t",
            await PlanAsync(host, Expression("herd") + " = 'x'"),
            StringComparison.Ordinal
        );

        await PublishAsync(host, Field(FieldType.Integer));
        Assert.Equal(1, await work.RunDueAsync(TestContext.Current.CancellationToken));
        Assert.Equal(["ix_field_i_herd_n"], await IndexesAsync(host, "herd"));
        Assert.Contains(
            "ix_field_i_herd_n",
            await PlanAsync(host, Expression("herd", number: true) + " >= 3"),
            StringComparison.Ordinal
        );

        await host.CatalogueChanges.RetireAsync(
            new FieldName(null, "herd"),
            Designer,
            TestContext.Current.CancellationToken
        );
        Assert.Equal(1, await work.RunDueAsync(TestContext.Current.CancellationToken));
        Assert.Empty(await IndexesAsync(host, "herd"));
        Assert.DoesNotContain(await StatesAsync(host), i => i.Field == "herd");
        Assert.Equal(0, await work.RunDueAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_value_of_an_older_form_is_no_error_to_an_index_or_a_search_and_does_not_come_back()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var host = await StartAsync();
        var work = host.Services.GetRequiredService<IndexWork>();
        await PublishAsync(host, Field(FieldType.Integer));
        var ids = new List<RegistrantId>();
        for (var herd = 1; herd <= 3; herd++)
        {
            var person = Persons.Amira() with { Values = Persons.Values($$"""{"herd":{{herd}}}""") };
            ids.Add((await host.Registrants.StoreAsync(person)).Id);
        }

        await host.Registrants.ArchiveAsync(ids[0], 1, "left", PortCallers.Registrar, cancellation);
        // As it may stand from before the field was a number.
        await ColumnAsync(host, AgeSql("herd", ids[0]) + ";;" + AgeSql("herd", ids[1]));

        await work.RunDueAsync(cancellation);

        Assert.All(await StatesAsync(host), i => Assert.Equal(FieldIndexState.Indexed, i.State));
        Assert.Equal(["ix_field_i_herd_n"], await IndexesAsync(host, "herd"));
        foreach (
            var query in new[]
            {
                """{"field":"herd","op":"gt","value":0}""",
                """{"field":"herd","op":"in","value":[3]}""",
            }
        )
        {
            var found = await host.Registrants.SearchAsync(
                new SearchRequest { Query = QueryReader.Read(query).Require(), Sort = [new SortField("herd", false)] },
                PortCallers.Registrar,
                cancellation
            );
            Assert.Equal([ids[2]], found.Require().Items.Select(i => i.Id));
        }

        var change = new StatusChange
        {
            ExpectedVersion = 2,
            Status = RegistrantStatuses.Active,
            Reason = "is back",
        };
        var back = await host.Registrants.ChangeStatusAsync(ids[0], change, PortCallers.Registrar, cancellation);
        var blind = await host.Registrants.ChangeStatusAsync(
            ids[0],
            change,
            PortCallers.Registrar with
            {
                Fields = FieldScope.Of(["given_name"]),
            },
            cancellation
        );
        Assert.Equal(("registrants.status_invalid", "herd"), (back.Problem?.Code, back.Problem?.Fields[0].Field));
        Assert.Equal(("registrants.disagrees", 0), (blind.Problem?.Code, blind.Problem?.Fields.Count));
    }

    [Fact]
    public async Task An_index_that_cannot_be_made_is_tried_again_later()
    {
        var indexes = new FailingIndexes();
        await using var host = await RegistryHost.StartAsync(
            Provider,
            services => services.AddSingleton<IFieldIndexes>(indexes)
        );
        var work = host.Services.GetRequiredService<IndexWork>();
        await PublishAsync(host, Field(FieldType.Text));

        await work.RunDueAsync(TestContext.Current.CancellationToken);
        var failed = Assert.Single(await StatesAsync(host));
        Assert.Equal((FieldIndexState.Failed, 1, "database"), (failed.State, failed.Attempts, failed.Error));
        Assert.Equal(0, await work.RunDueAsync(TestContext.Current.CancellationToken));

        indexes.Fails = false;
        host.Clock.Advance(TimeSpan.FromSeconds(21));
        Assert.Equal(1, await work.RunDueAsync(TestContext.Current.CancellationToken));
        var done = Assert.Single(await StatesAsync(host));
        Assert.Equal((FieldIndexState.Indexed, 2, null), (done.State, done.Attempts, done.Error));
    }

    [Fact]
    public async Task Another_process_sees_a_change_when_it_looks()
    {
        await using var host = await StartAsync();
        await using var other = await RegistryHost.StartAsync(
            Provider,
            services => services.AddSingleton(host.Database)
        );
        Assert.Null((await other.Fields.GetAsync(TestContext.Current.CancellationToken)).Field("individual", "herd"));

        await PublishAsync(host, Field(FieldType.Text));
        await other.Services.GetRequiredService<FieldCatalogue>().RefreshAsync(TestContext.Current.CancellationToken);

        Assert.NotNull(
            (await other.Fields.GetAsync(TestContext.Current.CancellationToken)).Field("individual", "herd")
        );
    }

    [Fact]
    public async Task Two_processes_that_change_the_catalogue_at_once_lose_nothing()
    {
        await using var host = await StartAsync();
        await using var other = await RegistryHost.StartAsync(
            Provider,
            services => services.AddSingleton(host.Database)
        );

        await Task.WhenAll(
            Enumerable
                .Range(0, 12)
                .Select(async i =>
                    (
                        await (i % 2 == 0 ? host : other).CatalogueChanges.PutCodeListAsync(
                            new CodeListView($"list_{i}", []),
                            Designer,
                            TestContext.Current.CancellationToken
                        )
                    ).Require()
                )
        );

        await host.Services.GetRequiredService<FieldCatalogue>().RefreshAsync(TestContext.Current.CancellationToken);
        var catalogue = await host.Fields.GetAsync(TestContext.Current.CancellationToken);
        Assert.Equal(13, catalogue.Version);
        Assert.Equal(12, catalogue.CodeLists.Count(l => l.Id.StartsWith("list_", StringComparison.Ordinal)));
    }

    /// <summary>The expression that a query compiles to, as the folder's README tells it.</summary>
    protected abstract string Expression(string field, bool number = false);

    protected abstract string PlanSql(string condition);

    /// <summary>Puts a text where the field has a number.</summary>
    protected abstract string AgeSql(string field, RegistrantId id);

    protected abstract string NamesSql { get; }

    private async Task<List<string>> IndexesAsync(RegistryHost host, string field) =>
        [
            .. (await ColumnAsync(host, NamesSql)).Where(n =>
                n.StartsWith($"ix_field_i_{field}_", StringComparison.Ordinal)
            ),
        ];

    private async Task<string> PlanAsync(RegistryHost host, string condition) =>
        string.Join('\n', await ColumnAsync(host, PlanSql(condition)));

    private static async Task<List<string>> ColumnAsync(RegistryHost host, string sql)
    {
        await using var db = await host
            .Services.GetRequiredService<IDbContextFactory<RegistryDbContext>>()
            .CreateDbContextAsync();
        await db.Database.OpenConnectionAsync();
        var texts = new List<string>();
        foreach (var each in sql.Split(";;"))
        {
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText = each;
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                texts.Add(reader.GetString(reader.FieldCount - 1));
            }
        }

        return texts;
    }

    private static async Task<IReadOnlyList<FieldIndexView>> StatesAsync(RegistryHost host) =>
        (await host.CatalogueChanges.IndexesAsync(Designer, TestContext.Current.CancellationToken)).Require();

    private static async Task PublishAsync(RegistryHost host, FieldView field)
    {
        (await host.CatalogueChanges.DraftAsync(field, Designer, TestContext.Current.CancellationToken)).Require();
        (
            await host.CatalogueChanges.PublishAsync(
                new FieldName(null, field.Id),
                Designer,
                TestContext.Current.CancellationToken
            )
        ).Require();
    }

    private static FieldView Field(FieldType type) =>
        new()
        {
            Id = "herd",
            Kind = RegistrantKinds.Individual,
            Type = type,
            Class = FieldClass.Internal,
            Labels = new Dictionary<string, string> { ["eng"] = "Herd" },
            Searchable = true,
        };

    private sealed class FailingIndexes : IFieldIndexes
    {
        public bool Fails { get; set; } = true;

        public bool Supports(FieldView field) => field.Id == "herd";

        public Task<bool> EnsureAsync(FieldView field, CancellationToken cancellationToken) =>
            Fails ? throw new Npgsql.NpgsqlException("no room") : Task.FromResult(true);

        public Task DropAsync(string kind, string field, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}

public sealed class SqliteFieldIndexTests() : FieldIndexTests(DatabaseProvider.Sqlite)
{
    protected override string AgeSql(string field, RegistrantId id) =>
        $"UPDATE registry_registrants SET \"values\" = json_set(\"values\", '$.{field}', 'many') WHERE id = '{id.Value.ToString("D").ToUpperInvariant()}'";

    protected override string NamesSql => "SELECT name FROM sqlite_master WHERE type = 'index'";

    protected override string Expression(string field, bool number = false)
    {
        var value = $"json_extract(\"values\", '$.{field}')";
        return number ? $"(case when typeof({value}) in ('integer', 'real') then {value} end)" : value;
    }

    protected override string PlanSql(string condition) =>
        $"EXPLAIN QUERY PLAN SELECT id FROM registry_registrants WHERE kind = 'individual' AND {condition}";
}

public sealed class PostgresFieldIndexTests() : FieldIndexTests(DatabaseProvider.Postgres)
{
    protected override string AgeSql(string field, RegistrantId id) =>
        $"UPDATE registry.registrants SET \"values\" = jsonb_set(\"values\", '{{{field}}}', '\"many\"') WHERE id = '{id.Value:D}'";

    protected override string NamesSql => "SELECT indexname FROM pg_indexes WHERE schemaname = 'registry'";

    protected override string Expression(string field, bool number = false) =>
        number
            ? $"(case when jsonb_typeof(\"values\" -> '{field}') = 'number' then (\"values\" ->> '{field}')::numeric end)"
            : $"(\"values\" ->> '{field}') COLLATE \"C\"";

    protected override string PlanSql(string condition) =>
        "SET enable_seqscan = off;;"
        + $"EXPLAIN SELECT id FROM registry.registrants WHERE kind = 'individual' AND {condition}";
}
