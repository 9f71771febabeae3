using System.Net;
using System.Text.Json.Nodes;
using Xunit;

namespace SocialRegistry.Standards.Tests.Dci;

/// <summary>Items that are rejected while their neighbours are answered (DCI API standard, item status).</summary>
public sealed class RejectedItemTests(SqliteServer server) : DciTests(server), IClassFixture<SqliteServer>
{
    private const string Criteria = "rjct.search_criteria.invalid";
    private const string Filter = "rjct.filter.invalid";
    private const string Sort = "rjct.sort.invalid";

    [Theory]
    [InlineData("version", "\"2.0.0\"", Criteria)]
    [InlineData("reg_type", "\"ns:org:RegistryType:Civil\"", Criteria)]
    [InlineData("reg_record_type", "\"Farmer\"", Criteria)]
    [InlineData("reg_event_type", "\"LiveBirth\"", Criteria)]
    [InlineData("response_entity", "\"Cow\"", Criteria)]
    [InlineData("query_type", "\"sql\"", Criteria)]
    [InlineData("query_type", "\"predicate\"", null)]
    [InlineData("filter", "[\"name\"]", Criteria)]
    [InlineData("reg_sub_type", "\"x\"", Criteria)]
    [InlineData("query", "{\"type\":\"PASSPORT\",\"value\":\"1\"}", Criteria)]
    [InlineData("query", "{\"type\":\"UIN\"}", Filter)]
    [InlineData("query", "{\"value\":\"1\"}", Filter)]
    [InlineData("query", "{}", Filter)]
    [InlineData("query", "\"UIN=1\"", Filter)]
    [InlineData("query", "{\"type\":\"UIN\",\"value\":true}", Filter)]
    [InlineData("query", "{\"type\":\"UIN\",\"value\":[\"1\",\"2\"]}", Filter)]
    [InlineData("query", "{\"type\":\"UIN\",\"value\":{\"a\":1}}", Filter)]
    [InlineData("query", "{\"type\":\"UIN\",\"value\":\"1\\u0000\"}", Filter)]
    [InlineData("query", "{\"type\":\"UIN\",\"id_type\":\"BRN\",\"value\":\"1\"}", Filter)]
    [InlineData("query", "{\"type\":\"UIN\",\"value\":\"1\",\"id_value\":\"2\"}", Filter)]
    [InlineData("query", "{\"type\":\"UIN\",\"value\":\"1\",\"birth_date\":\"1990-01-01\"}", Filter)]
    [InlineData(
        "query",
        "[{\"seq_num\":1,\"expression1\":{\"attribute_name\":\"age\",\"operator\":\"lt\",\"attribute_value\":\"25\"}}]",
        Criteria
    )]
    [InlineData(
        "query",
        "{\"type\":\"ns:org:QueryType:expression\",\"value\":{\"expression\":{\"query\":{}}}}",
        Criteria
    )]
    [InlineData("sort", "[{\"attribute_name\":\"shoe_size\"}]", Sort)]
    [InlineData("sort", "[{\"attribute_name\":\"birth_date\",\"sort_order\":\"up\"}]", Sort)]
    [InlineData("sort", "{\"attribute_name\":\"birth_date\"}", Sort)]
    [InlineData("consent", "{\"purpose\":{\"code\":\"marketing\"}}", Criteria)]
    [InlineData("consent", "{\"@type\":\"Consent\"}", Criteria)]
    [InlineData("consent", "\"yes\"", Criteria)]
    [InlineData("consent", "{\"consent_jws\":\"a.b.c\",\"purpose\":{\"code\":\"targeting\"}}", Criteria)]
    [InlineData("consent", "{\"ts\":\"2026-06-01T12:00:00\",\"purpose\":{\"code\":\"targeting\"}}", Criteria)]
    [InlineData("authorize", "{\"consent_jws\":\"a.b.c\"}", Criteria)]
    [InlineData("authorize", "{\"purpose\":{\"text\":\"because\"}}", Criteria)]
    [InlineData("authorize", "[]", Criteria)]
    public async Task An_item_is_rejected_with_its_code_and_its_neighbour_answered(
        string member,
        string json,
        string? code
    )
    {
        var answer = await Server.SendAsync(
            Messages.Search(
                DciServer.Programme,
                Messages.Item(reference: "bad", criteria: c => c[member] = JsonNode.Parse(json)),
                Messages.Item(reference: "good")
            )
        );

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        DciSchemas.AssertAnswer(answer);
        Assert.Equal("succ", (string?)answer.Body["header"]!["status"]);
        Assert.Equal(2, (int)answer.Body["header"]!["completed_count"]!);
        Assert.Equal(code, (string?)answer.Item(0)["status_reason_code"]);
        Assert.Equal(code is null ? "succ" : "rjct", (string?)answer.Item(0)["status"]);
        Assert.Equal("bad", (string?)answer.Item(0)["reference_id"]);
        Assert.Equal(code is not null, !answer.Item(0).ContainsKey("data"));
        Assert.Equal("succ", (string?)answer.Item(1)["status"]);
        Assert.Single(answer.Records(1));
    }

    [Fact]
    public async Task A_reference_that_is_empty_too_long_or_there_twice_is_rejected()
    {
        var answer = await Server.SendAsync(
            Messages.Search(
                DciServer.Programme,
                Messages.Item(reference: ""),
                Messages.Item(reference: new string('r', 100)),
                Messages.Item(reference: "r"),
                Messages.Item(reference: "r")
            )
        );

        DciSchemas.AssertAnswer(answer);
        Assert.Equal("rjct.reference_id.invalid", (string?)answer.Item(0)["status_reason_code"]);
        Assert.Equal("rjct.reference_id.invalid", (string?)answer.Item(1)["status_reason_code"]);
        Assert.Equal("succ", (string?)answer.Item(2)["status"]);
        Assert.Equal("rjct.reference_id.duplicate", (string?)answer.Item(3)["status_reason_code"]);
        Assert.Equal("r", (string?)answer.Item(3)["reference_id"]);
    }

    [Fact]
    public async Task When_all_items_are_rejected_so_is_the_message()
    {
        var answer = await Server.SendAsync(Messages.Changed(m => m.With("message.search_request.0.timestamp", "")));

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        DciSchemas.AssertAnswer(answer);
        Assert.Equal("rjct", (string?)answer.Body["header"]!["status"]);
        Assert.Equal("rjct.timestamp.invalid", (string?)answer.Item()["status_reason_code"]);
    }

    [Fact]
    public async Task An_identifier_type_that_the_partner_may_not_filter_by_is_rejected()
    {
        var answer = await Server.SendAsync(
            Messages.Search(DciServer.Narrow, Messages.Item("B1991", "BRN")),
            DciServer.Narrow
        );

        DciSchemas.AssertAnswer(answer);
        Assert.Equal(Filter, (string?)answer.Item()["status_reason_code"]);
    }

    [Fact]
    public async Task A_partner_with_two_purposes_must_name_one()
    {
        static void Authorize(JsonObject criteria) =>
            criteria["authorize"] = JsonNode.Parse("""{"purpose":{"code":"payment"}}""");

        var answer = await Server.SendAsync(
            Messages.Search(
                DciServer.TwoPurposes,
                Messages.Item(reference: "none"),
                Messages.Item(reference: "one", criteria: Authorize),
                Messages.Item(
                    reference: "two",
                    criteria: c =>
                    {
                        Authorize(c);
                        c["consent"] = JsonNode.Parse("""{"purpose":{"code":"targeting"}}""");
                    }
                )
            ),
            DciServer.TwoPurposes
        );

        DciSchemas.AssertAnswer(answer);
        Assert.Equal(Criteria, (string?)answer.Item(0)["status_reason_code"]);
        Assert.Equal("succ", (string?)answer.Item(1)["status"]);
        Assert.Equal(Criteria, (string?)answer.Item(2)["status_reason_code"]);
    }
}
