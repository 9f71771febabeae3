using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using SocialRegistry.Contracts;
using SocialRegistry.Contracts.Tests.Ports;
using SocialRegistry.Protection;
using SocialRegistry.Storage;
using Xunit;

namespace SocialRegistry.Registry.Tests.Storage;

/// <summary>What somebody finds who holds the database but not the keys.</summary>
public abstract class AtRestTests(DatabaseProvider provider) : CoreTests(provider)
{
    private static readonly string[] Tables =
    [
        "registrants",
        "record_keys",
        "identifiers",
        "memberships",
        "attestations",
        "attestation_history",
        "changes",
        "versions",
        "named_versions",
        "named_version_entries",
        "change_requests",
        "change_request_events",
        "change_request_parties",
        "disclosures",
        "outbox",
        "idempotency_keys",
        "search_tokens",
        "search_texts",
        "parents",
        "spouses",
        "relations",
        "relation_types",
        "relation_type_history",
        "number_pool",
        "documents",
        "document_pieces",
        "disclosure_batches",
        "alerts",
        "alert_reviews",
        "consents",
        "consent_grants",
        "erasures",
        "log_queue",
    ];

    /// <summary>Definitions and words, no person's values.</summary>
    private static readonly string[] CatalogueTables =
    [
        "catalogue_versions",
        "catalogue_changes",
        "field_drafts",
        "field_indexes",
        "areas",
        "area_boundaries",
        "area_history",
        "area_levels",
        "area_tree",
        "log_leaves",
        "log_nodes",
        "log_checkpoints",
        "log_state",
        // Counts of showings, and hashes of them.
        "disclosure_counts",
        "disclosure_prunings",
    ];

    /// <summary>Planted in every place that takes personal values.</summary>
    protected static readonly string[] Planted =
    [
        "Zebulonia",
        "Quintessa",
        "99955512345",
        "zq@example.net",
        "Hidden Lane",
        "ZQ7788990011",
        "ZQ-7788-9900-11",
        "told us in private",
        "comment on Zebulonia",
    ];

    [Fact]
    public async Task A_dump_of_all_tables_holds_no_personal_value_in_the_clear()
    {
        await using var host = await StartFilledAsync();
        await FillAsync(host);

        foreach (var table in Tables)
        {
            var cells = await CellsAsync(host, Table(table));
            Assert.True(cells.Count > 0, $"{table} is empty.");
            // The code of a disability: a word of the catalogue, so only records are searched for it.
            foreach (var planted in Planted.Append("MOB_SS"))
            {
                Assert.DoesNotContain(cells, c => c.Contains(planted, StringComparison.OrdinalIgnoreCase));
                var base64 = Convert.ToBase64String(Encoding.UTF8.GetBytes(planted))[..8];
                Assert.DoesNotContain(cells, c => c.Contains(base64, StringComparison.Ordinal));
            }
        }
    }

    [Fact]
    public async Task The_dump_has_every_table_of_the_module()
    {
        await using var host = await StartAsync();
        await using var db = await ContextAsync(host);

        Assert.Equal(
            Tables.Concat(CatalogueTables).Select(Table).Order(),
            db.Model.GetEntityTypes()
                .Select(e =>
                    Microsoft.EntityFrameworkCore.RelationalEntityTypeExtensions.GetSchemaQualifiedTableName(e)!
                )
                .Order()
        );
    }

    [Fact]
    public async Task A_value_moved_to_another_record_is_refused()
    {
        await using var host = await StartAsync();
        var one = await host.Registrants.StoreAsync(Persons.Amira());
        var two = await host.Registrants.StoreAsync(Persons.Amira());

        await CopyValuesAsync(host, from: one.Id, to: two.Id);

        await Assert.ThrowsAsync<ProtectionException>(() => ReadAsync(host, two.Id));
        Assert.True((await ReadAsync(host, one.Id)).Succeeded);
    }

    [Fact]
    public async Task A_value_moved_with_its_key_to_another_record_is_refused()
    {
        await using var host = await StartAsync();
        var one = await host.Registrants.StoreAsync(Persons.Amira());
        var two = await host.Registrants.StoreAsync(Persons.Amira());

        await CopyValuesAsync(host, from: one.Id, to: two.Id);
        await ExecuteAsync(host, $"delete from {Table("record_keys")} where registrant_id = '{Key(two.Id)}'");
        await ExecuteAsync(
            host,
            $"update {Table("record_keys")} set registrant_id = '{Key(two.Id)}' where registrant_id = '{Key(one.Id)}'"
        );

        await Assert.ThrowsAsync<ProtectionException>(() => ReadAsync(host, two.Id));
    }

    [Fact]
    public async Task A_value_moved_to_another_field_of_its_record_is_refused()
    {
        await using var host = await StartAsync();
        var one = await host.Registrants.StoreAsync(Persons.Amira());
        var cells = await CellsAsync(host, Table("registrants"));
        var values = Persons.Values(cells.Single(c => c.Contains("given_name", StringComparison.Ordinal)));

        await ExecuteAsync(
            host,
            $"update {Table("registrants")} set \"values\" = '{{\"surname\":\"{values["given_name"].GetString()}\"}}'"
        );

        await Assert.ThrowsAsync<ProtectionException>(() => ReadAsync(host, one.Id));
    }

    [Fact]
    public async Task The_same_value_is_stored_differently_each_time_and_kept_while_it_stays()
    {
        await using var host = await StartAsync();
        var one = await host.Registrants.StoreAsync(Persons.Amira());
        var first = await ValuesAsync(host);
        (await PatchAsync(host, one.Id, 1, """{"given_name":"Mira"}""")).Require();
        var second = await ValuesAsync(host);
        (await PatchAsync(host, one.Id, 2, """{"given_name":"Amira"}""")).Require();
        var third = await ValuesAsync(host);

        Assert.Equal(first["surname"].GetString(), third["surname"].GetString());
        Assert.NotEqual(first["given_name"].GetString(), second["given_name"].GetString());
        Assert.NotEqual(first["given_name"].GetString(), third["given_name"].GetString());
    }

    private async Task<Dictionary<string, System.Text.Json.JsonElement>> ValuesAsync(Testing.RegistryHost host) =>
        Persons.Values(
            (await CellsAsync(host, Table("registrants"))).Single(c =>
                c.Contains("given_name", StringComparison.Ordinal)
            )
        );

    private Task<int> CopyValuesAsync(Testing.RegistryHost host, RegistrantId from, RegistrantId to) =>
        ExecuteAsync(
            host,
            $"""
            update {Table("registrants")} set "values" = (select "values" from {Table("registrants")} where id = '{Key(
                from
            )}')
            where id = '{Key(to)}'
            """
        );

    private string Key(RegistrantId id) =>
        Provider == DatabaseProvider.Sqlite ? id.ToString().ToUpperInvariant() : id.ToString();

    private static async Task FillRelationshipsAsync(Testing.RegistryHost host, RegistrantId person)
    {
        var relationships = host.Services.GetRequiredService<IRelationships>();
        var types = host.Services.GetRequiredService<IRelationTypes>();
        var other = PersonReference.Of((await host.Registrants.StoreAsync(Persons.Amira())).Id);
        var type = (await types.SaveAsync(RelationTypesPortTests.New(), PortCallers.Registrar, Cancellation)).Require();
        var parents = new ParentsChange { Guardian = other, Reason = "told us in private" };
        var couple = new SpouseChange
        {
            Person1 = PersonReference.Of(new Identifier("UIN", "ZQ-7788-9900-11")),
            Person2 = other,
            Reason = "told us in private",
        };
        var relation = new NewRelation
        {
            Type = type.Code,
            To = other,
            Reason = "told us in private",
        };
        (await relationships.SetParentsAsync(person, parents, PortCallers.Registrar, Cancellation)).Require();
        (await relationships.SetSpousesAsync(couple, PortCallers.Registrar, Cancellation)).Require();
        (await relationships.AddRelationAsync(person, relation, PortCallers.Registrar, Cancellation)).Require();
    }

    private static async Task FillAlertsAsync(Testing.RegistryHost host, RegistrantId person)
    {
        var glass = host.Services.GetRequiredService<IBreakGlass>();
        var alerts = host.Services.GetRequiredService<IAlerts>();
        var reader = BreakGlassPortTests.Reader();
        var request = new GlassBreak { Reason = "told us in private" };
        // The sixth makes an alert that is about no one record.
        for (var i = 0; i < 6; i++)
        {
            (await glass.OpenAsync(person, request, reader, Cancellation)).Require();
        }

        var raised = await alerts.ListAsync(AlertFilter.None, new PageRequest(), PortCallers.Registrar, Cancellation);
        foreach (var alert in raised.Require().Items)
        {
            var review = new AlertReview { Note = "comment on Zebulonia" };
            (await alerts.ReviewAsync(alert.Id, review, PortCallers.Registrar, Cancellation)).Require();
        }
    }

    protected static async Task FillAsync(Testing.RegistryHost host)
    {
        var person = await host.Registrants.StoreAsync(
            new NewRegistrant
            {
                Kind = RegistrantKinds.Individual,
                Values = Persons.Values(
                    """
                    {"given_name":"Zebulonia","surname":"Quintessa","phone_number":["+99955512345"],"email":["zq@example.net"],
                     "address":[{"address_line_1":"Hidden Lane 9"}],"disability_info":[{"disability_limitation_type":"MOB_SS"}]}
                    """
                ),
                Identifiers = [new Identifier("UIN", "ZQ-7788-9900-11")],
                Reason = "told us in private",
                Generate = ["SRN"],
                IdempotencyKey = "once",
            }
        );
        var group = await host.Registrants.StoreAsync(
            Persons.Household() with
            {
                Values = Persons.Values("""{"group_name":"House Quintessa","place":{"address_line":"Hidden Lane"}}"""),
            }
        );
        var membership = new MembershipView
        {
            GroupId = group.Id,
            MemberId = person.Id,
            Kinds = ["head"],
        };
        var statement = new AttestationStatement
        {
            Status = "ATTESTED",
            Comments = "comment on Zebulonia",
            Evidence = "passport of Quintessa",
        };
        (await host.Groups.AddMemberAsync(membership, PortCallers.Registrar, Cancellation)).Require();
        (
            await host.Attestations.AttestAsync(person.Id, "surname", statement, PortCallers.Registrar, Cancellation)
        ).Require();
        var document = new NewDocument
        {
            Kind = "letter",
            FileName = "Letter of Zebulonia.txt",
            MediaType = DocumentTypes.Text,
            Description = "comment on Zebulonia",
        };
        using var content = new MemoryStream(
            Encoding.UTF8.GetBytes("Dear Quintessa of Hidden Lane, told us in private")
        );
        (
            await host
                .Services.GetRequiredService<IDocuments>()
                .AddAsync(person.Id, document, content, PortCallers.Registrar, Cancellation)
        ).Require();
        for (var version = 1; version < 9; version++)
        {
            (await PatchAsync(host, person.Id, version, $$"""{"given_name":"Zebulonia {{version}}"}""")).Require();
        }

        await FillRelationshipsAsync(host, person.Id);
        await FillAlertsAsync(host, person.Id);
        var named = host.Services.GetRequiredService<INamedVersions>();
        var round = new NewNamedVersion { Name = "round-1", Kind = NamedVersionKinds.Survey };
        (await named.CreateAsync(round, PortCallers.Registrar, Cancellation)).Require();
        (await named.JoinAsync("round-1", person.Id, null, PortCallers.Registrar, Cancellation)).Require();
        var request = new NewChangeRequest
        {
            Type = ChangeRequestTypes.EditFields,
            Subject = person.Id,
            Payload = Persons.Json("""{"values":{"surname":"Quintessa Hidden Lane"}}"""),
            Reason = "told us in private",
            Submit = true,
        };
        (
            await host
                .Services.GetRequiredService<IChangeRequests>()
                .CreateAsync(request, PortCallers.Registrar, Cancellation)
        ).Require();
        await FillConsentsAsync(host, person.Id);
    }

    /// <summary>A consent whose terms name people, one that was taken back, and erasures: one that waits and one that was carried out.</summary>
    private static async Task FillConsentsAsync(Testing.RegistryHost host, RegistrantId person)
    {
        var consents = host.Services.GetRequiredService<IConsents>();
        var erasures = host.Services.GetRequiredService<IErasures>();
        var terms = ConsentsPortTests.Terms() with
        {
            CollectionMethod = "comment on Zebulonia",
            StorageLocation = "Hidden Lane 9, told us in private",
            Notice = "https://registry.example/zq@example.net",
        };
        (await consents.GiveAsync(person, terms, PortCallers.Registrar, Cancellation)).Require();
        var second = (await consents.GiveAsync(person, terms, PortCallers.Registrar, Cancellation)).Require();
        (await consents.WithdrawAsync(person, second.Id, PortCallers.Registrar, Cancellation)).Require();
        var other = await host.Registrants.StoreAsync(
            Persons.Amira() with
            {
                Values = Persons.Values("""{"given_name":"Zebulonia","surname":"Quintessa"}"""),
            }
        );
        var why = new NewErasure { Ground = "act-7", Reason = "told us in private, Zebulonia" };
        foreach (var id in (RegistrantId[])[person, other.Id])
        {
            (await erasures.RequestAsync(id, why, PortCallers.Registrar, Cancellation)).Require();
        }

        var confirms = PortCallers.Registrar with { Id = "second" };
        (await erasures.ConfirmAsync(other.Id, confirms, Cancellation)).Require();
    }

    private protected Task<Testing.RegistryHost> StartFilledAsync() =>
        StartAsync(settings: new Dictionary<string, string?> { ["Registry:Erasures:Allowed"] = "true" });
}

public sealed class SqliteAtRestTests() : AtRestTests(DatabaseProvider.Sqlite)
{
    [Fact]
    public async Task The_files_of_an_embedded_database_hold_no_personal_value_in_the_clear()
    {
        await using var host = await StartFilledAsync();
        await FillAsync(host);

        var file = new SqliteConnectionStringBuilder(host.Database.ConnectionString).DataSource;
        var files = Directory.GetFiles(Path.GetDirectoryName(file)!);
        Assert.Contains(files, f => f.EndsWith("-wal", StringComparison.Ordinal));
        foreach (var each in files)
        {
            await using var stream = new FileStream(each, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var copy = new MemoryStream();
            await stream.CopyToAsync(copy, Cancellation);
            var text = Encoding.Latin1.GetString(copy.ToArray());
            Assert.All(Planted, p => Assert.DoesNotContain(p, text, StringComparison.OrdinalIgnoreCase));
        }
    }
}

public sealed class PostgresAtRestTests() : AtRestTests(DatabaseProvider.Postgres);
