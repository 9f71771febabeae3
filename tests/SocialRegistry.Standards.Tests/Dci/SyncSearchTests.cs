using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using SocialRegistry.Contracts;
using SocialRegistry.Standards.Dci.Records;
using SocialRegistry.Standards.Dci.Search;
using Xunit;

namespace SocialRegistry.Standards.Tests.Dci;

/// <summary>Searches by identifier, on each database.</summary>
public abstract class SyncSearchTests(DciServer server) : DciTests(server)
{
    [Fact]
    public async Task A_person_is_found_by_her_identifier()
    {
        var request = Messages.Search(DciServer.Programme, Messages.Item());
        DciSchemas.AssertRequest(JsonNode.Parse(request.ToJsonString())!);

        var answer = await Server.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        DciSchemas.AssertAnswer(answer);
        var header = answer.Body["header"]!;
        Assert.Equal("on-search", (string?)header["action"]);
        Assert.Equal("succ", (string?)header["status"]);
        Assert.Equal("registry.test", (string?)header["sender_id"]);
        Assert.Equal(DciServer.Programme, (string?)header["receiver_id"]);
        Assert.Equal(1, (int)header["total_count"]!);
        Assert.Equal(1, (int)header["completed_count"]!);
        Assert.NotEqual((string?)request["header"]!["message_id"], (string?)header["message_id"]);
        Assert.Equal("t-1", (string?)answer.Body["message"]!["transaction_id"]);
        var item = answer.Item();
        Assert.Equal("r-1", (string?)item["reference_id"]);
        Assert.Equal("succ", (string?)item["status"]);
        Assert.Equal("eng", (string?)item["locale"]);
        Assert.Equal("ns:org:RegistryType:Social", (string?)item["data"]!["reg_type"]);
        Assert.Equal("Member", (string?)item["data"]!["reg_record_type"]);
        Assert.Equal(1, (int)item["pagination"]!["total_count"]!);
        var record = Assert.Single(answer.Records())!;
        Assert.Equal("spdci:Member", (string?)record["@type"]);
        Assert.Equal("W", (string?)record["marital_status"]);
        Assert.True((bool)record["is_disabled"]!);
        Assert.Equal("VIS_SS", (string?)record["disability_info"]![0]!["disability_limitation_type"]);
        Assert.Equal(
            ["UIN", "BRN"],
            record["member_identifier"]!.AsArray().Select(i => (string)i!["identifier_type"]!).OrderDescending()
        );
        var person = record["demographic_info"]!;
        Assert.Equal("አልማዝ", (string?)person["name"]!["given_name"]);
        Assert.Equal("O\"Tolvane\\", (string?)person["name"]!["surname"]);
        Assert.Equal("female", (string?)person["sex"]);
        Assert.Equal("1991-04-17T00:00:00Z", (string?)person["birth_date"]);
        Assert.Equal("+251911000001", (string?)person["phone_number"]![0]);
        Assert.Equal("Bole Road 7", (string?)person["address"]![0]!["address_line_1"]);
        Assert.Equal("6GPQ2222+22", (string?)person["address"]![0]!["geo_location"]!["plus_code"]!["global_code"]);
        Assert.DoesNotContain(Server.People.AlmazId.ToString(), answer.Body.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SRPerson", "SRPerson")]
    [InlineData("Person", "Person")]
    [InlineData("spdci-common:srperson", "SRPerson")]
    public async Task A_person_record_has_identity_only(string asked, string told)
    {
        var answer = await Server.SendAsync(Messages.Search(DciServer.Programme, Messages.Item(recordType: asked)));

        DciSchemas.AssertAnswer(answer);
        Assert.Equal(told, (string?)answer.Item()["data"]!["reg_record_type"]);
        var record = Assert.Single(answer.Records())!.AsObject();
        Assert.Equal("spdci:SRPerson", (string?)record["@type"]);
        Assert.Equal("Name", (string?)record["name"]!["@type"]);
        Assert.NotNull(record["identifier"]);
        Assert.NotNull(record["registration_date"]);
        Assert.False(record.ContainsKey("marital_status"));
        Assert.False(record.ContainsKey("demographic_info"));
    }

    [Fact]
    public async Task A_group_comes_with_head_and_members()
    {
        var answer = await Server.SendAsync(
            Messages.Search(DciServer.Programme, Messages.Item(DciPeople.Household, "HOUSEHOLD_ID", null))
        );

        DciSchemas.AssertAnswer(answer);
        var group = Assert.Single(answer.Records())!;
        Assert.Equal("Group", (string?)answer.Item()["data"]!["reg_record_type"]);
        Assert.Equal("2", (string?)group["group_type"]);
        Assert.Equal("45.2", group["poverty_score"]!.ToJsonString());
        Assert.Equal(3, (int)group["group_size"]!);
        Assert.Equal(1, (int)group["place_address"]!);
        Assert.Equal(8.54m, (decimal)group["place"]!["geo"]!["latitude"]!);
        Assert.Equal(DciPeople.Household, (string?)group["group_identifier"]![0]!["identifier_value"]);
        Assert.Equal("አልማዝ", (string?)group["group_head_info"]!["demographic_info"]!["name"]!["given_name"]);
        Assert.Equal(
            ["Bekele", "Chaltu", "አልማዝ"],
            group["member_list"]!
                .AsArray()
                .Select(m => (string)m!["demographic_info"]!["name"]!["given_name"]!)
                .Order(StringComparer.Ordinal)
        );
    }

    [Theory]
    [InlineData(DciPeople.Household, "HOUSEHOLD_ID", "Member", null, 3, 3)]
    [InlineData(DciPeople.Almaz, "UIN", "Group", null, 1, 1)]
    [InlineData(DciPeople.Almaz, "UIN", null, "Group", 1, 1)]
    [InlineData(DciPeople.Almaz, "UIN", "Member", "Group", 3, 1)]
    [InlineData(DciPeople.Household, "HOUSEHOLD_ID", "Group", "Member", 1, 3)]
    [InlineData(DciPeople.Almaz, "UIN", null, "member", 1, 1)]
    public async Task The_record_type_says_what_is_shown_and_the_entity_what_is_counted(
        string value,
        string type,
        string? recordType,
        string? entity,
        int records,
        int total
    )
    {
        var answer = await Server.SendAsync(
            Messages.Search(
                DciServer.Programme,
                Messages.Item(
                    value,
                    type,
                    recordType,
                    criteria: c =>
                    {
                        if (entity is not null)
                        {
                            c["response_entity"] = entity;
                        }
                    }
                )
            )
        );

        DciSchemas.AssertAnswer(answer);
        Assert.Equal(records, answer.Records().Count);
        Assert.Equal(total, (int)answer.Item()["pagination"]!["total_count"]!);
    }

    [Fact]
    public async Task Pages_of_members_are_cut_and_told()
    {
        var names = new List<string>();
        for (var page = 1; page <= 3; page++)
        {
            var answer = await Server.SendAsync(
                Messages.Search(
                    DciServer.Programme,
                    Messages.Item(
                        DciPeople.Household,
                        "HOUSEHOLD_ID",
                        "SRPerson",
                        criteria: c => c["pagination"] = new JsonObject { ["page_size"] = 2, ["page_number"] = page }
                    )
                )
            );
            DciSchemas.AssertAnswer(answer);
            var told = answer.Item()["pagination"]!;
            Assert.Equal((2, page, 3), ((int)told["page_size"]!, (int)told["page_number"]!, (int)told["total_count"]!));
            names.AddRange(answer.Records().Select(r => (string)r!["name"]!["given_name"]!));
        }

        Assert.Equal(["Bekele", "Chaltu", "አልማዝ"], names.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Nobody_found_is_a_success_with_no_record()
    {
        var answer = await Server.SendAsync(Messages.Search(DciServer.Programme, Messages.Item("9999999999")));

        DciSchemas.AssertAnswer(answer);
        Assert.Equal("succ", (string?)answer.Item()["status"]);
        Assert.Empty(answer.Records());
        Assert.Equal(0, (int)answer.Item()["pagination"]!["total_count"]!);
    }

    [Fact]
    public async Task A_partner_receives_its_attributes_and_nothing_beside()
    {
        var answer = await Server.SendAsync(Messages.Search(DciServer.Narrow, Messages.Item()), DciServer.Narrow);

        DciSchemas.AssertAnswer(answer);
        var record = Assert.Single(answer.Records())!.AsObject();
        Assert.Equal(
            ["@context", "@id", "@type", "demographic_info"],
            record.Select(m => m.Key).Order(StringComparer.Ordinal)
        );
        var person = record["demographic_info"]!.AsObject();
        Assert.Equal(["@type", "birth_date", "name"], person.Select(m => m.Key).Order(StringComparer.Ordinal));
        Assert.Equal(
            ["@type", "given_name"],
            person["name"]!.AsObject().Select(m => m.Key).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task A_partner_without_memberships_learns_of_no_group()
    {
        var answer = await Server.SendAsync(
            Messages.Search(DciServer.Narrow, Messages.Item(recordType: "Group")),
            DciServer.Narrow
        );

        DciSchemas.AssertAnswer(answer);
        Assert.Equal("succ", (string?)answer.Item()["status"]);
        Assert.Empty(answer.Records());
    }

    [Fact]
    public async Task Partners_know_a_person_under_different_names()
    {
        var programme = await Server.SendAsync(Messages.Search(DciServer.Programme, Messages.Item()));
        var narrow = await Server.SendAsync(Messages.Search(DciServer.Narrow, Messages.Item()), DciServer.Narrow);

        Assert.NotEqual((string?)programme.Records()[0]!["@id"], (string?)narrow.Records()[0]!["@id"]);
    }

    [Fact]
    public async Task The_disclosure_is_logged_with_partner_fields_and_purpose()
    {
        await Server.SendAsync(
            Messages.Search(
                DciServer.TwoPurposes,
                Messages.Item(
                    DciPeople.Chaltu,
                    criteria: c =>
                        c["authorize"] = new JsonObject
                        {
                            ["@type"] = "Authorize",
                            ["ts"] = Messages.Now,
                            ["purpose"] = new JsonObject
                            {
                                ["code"] = "payment",
                                ["text"] = "",
                                ["refUri"] = "",
                            },
                        }
                )
            ),
            DciServer.TwoPurposes
        );

        var chaltu = (
            await Server
                .Services.GetRequiredService<IRegistrants>()
                .FindAsync(
                    [new Identifier("UIN", DciPeople.Chaltu)],
                    ReadOptions.Default,
                    Caller.System("test", "api"),
                    CancellationToken.None
                )
        ).Require()[0]!;
        var shown = (
            await Server
                .Services.GetRequiredService<IVersions>()
                .DisclosuresAsync(chaltu.Id, new PageRequest(500), Caller.System("test", "api"), CancellationToken.None)
        ).Require();
        var row = Assert.Single(shown.Items, d => d.ShownTo == DciServer.TwoPurposes);
        Assert.Equal("dci", row.Channel);
        Assert.Equal("payment", row.Purpose);
        Assert.Equal("authorize", row.LegalGround);
        Assert.Contains("given_name", row.Fields);
    }

    [Fact]
    public async Task A_thousand_identifiers_in_one_message_are_answered_in_order()
    {
        var items = Enumerable
            .Range(0, DciPeople.Others)
            .Select(n => Messages.Item(DciPeople.Other(n), reference: "r-" + n));

        var answer = await Server.SendAsync(Messages.Search(DciServer.Programme, items));

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        DciSchemas.AssertAnswer(answer);
        var items1 = answer.Body["message"]!["search_response"]!.AsArray();
        Assert.Equal(DciPeople.Others, items1.Count);
        foreach (var (index, item) in items1.Index())
        {
            Assert.Equal("r-" + index, (string?)item!["reference_id"]);
            Assert.Equal(
                "Person " + index,
                (string?)item["data"]!["reg_records"]![0]!["demographic_info"]!["name"]!["given_name"]
            );
        }
    }

    [Fact]
    public async Task Members_of_a_group_that_is_asked_for_twice_come_twice()
    {
        var items = Enumerable
            .Range(0, 40)
            .Select(n => Messages.Item(DciPeople.Household, "HOUSEHOLD_ID", "Group", "r-" + n));

        var answer = await Server.SendAsync(Messages.Search(DciServer.Programme, items));

        // Each member is fetched once: 120 would be above this server's limit of 50.
        Assert.All(
            Enumerable.Range(0, 40),
            n => Assert.Equal(3, answer.Records(n)[0]!["member_list"]!.AsArray().Count)
        );
    }

    [Fact]
    public async Task The_core_is_asked_once_for_each_step_however_many_records_there_are()
    {
        var (registrants, calls) = Counted.Of(Server.Services.GetRequiredService<IRegistrants>());
        var caller = Caller.System("test", "dci") with { Kind = CallerKind.Partner };
        var household = Target(DciPeople.Household, "HOUSEHOLD_ID", RegistrantKinds.Group, RecordShape.Group);
        var members = Target(DciPeople.Household, "HOUSEHOLD_ID", RegistrantKinds.Group, RecordShape.Member);
        var householdOf = Target(DciPeople.Bekele, "UIN", RegistrantKinds.Group, RecordShape.Group);

        var found = (
            await new SearchRegistry(registrants, Server.Services.GetRequiredService<IGroups>()).RunAsync(
                [household, members, householdOf],
                caller,
                maxRelated: 50,
                CancellationToken.None
            )
        ).Require();

        Assert.All(found, f => Assert.Null(f.Rejection));
        Assert.Equal(3, found[0].Records[0].Members!.Count);
        Assert.Equal(3, found[0].Records[0].Size);
        Assert.Equal(3, found[1].Records.Count);
        Assert.Equal(found[0].Records[0].View.Id, found[2].Records[0].View.Id);
        // Identifiers, then the group that a person leads to, then the members.
        Assert.Equal(["FindAsync", "GetManyAsync", "GetManyAsync"], calls);
    }

    [Fact]
    public async Task A_message_that_would_fetch_too_many_records_is_stopped_item_by_item()
    {
        var registry = new SearchRegistry(
            Server.Services.GetRequiredService<IRegistrants>(),
            Server.Services.GetRequiredService<IGroups>()
        );
        var caller = Caller.System("test", "dci") with { Kind = CallerKind.Partner };
        var household = Target(DciPeople.Household, "HOUSEHOLD_ID", RegistrantKinds.Group, RecordShape.Group);
        var person = Target(DciPeople.Almaz, "UIN", RegistrantKinds.Individual, RecordShape.Member);

        var found = (
            await registry.RunAsync([household, person], caller, maxRelated: 2, CancellationToken.None)
        ).Require();

        Assert.Equal("rjct.search.too_many_records_found", found[0].Rejection?.Code);
        Assert.Null(found[1].Rejection);
        Assert.Single(found[1].Records);
    }

    private static SearchItem Target(string value, string type, string kind, RecordShape shape) =>
        new()
        {
            ReferenceId = value,
            PageNumber = 1,
            PageSize = 10,
            Target = new SearchTarget
            {
                Identifier = new Identifier(type, value),
                IdentifierKind = kind,
                EntityKind = kind,
                Shape = shape,
                RecordType = shape.ToString(),
                Purpose = "targeting",
            },
        };
}

public sealed class SqliteSyncSearchTests(SqliteServer server) : SyncSearchTests(server), IClassFixture<SqliteServer>;

public sealed class PostgresSyncSearchTests(PostgresServer server)
    : SyncSearchTests(server),
        IClassFixture<PostgresServer>;
