using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using SocialRegistry.Testing;
using Xunit;

namespace SocialRegistry.Standards.Tests.Dci;

/// <summary>What official samples and products send is taken, though the standard's schema would not (as the published samples are written).</summary>
public sealed class ToleranceTests(SqliteServer server) : DciTests(server), IClassFixture<SqliteServer>
{
    [Theory]
    [InlineData("header.total_count", "\"1\"")]
    [InlineData("header.total_count", "7")]
    [InlineData("header.meta", "\"\"")]
    [InlineData("header.meta", "{\"route\":[1,{\"a\":null}]}")]
    [InlineData("header.sender_uri", "\"\"")]
    [InlineData("header.receiver_id", "\"\"")]
    [InlineData("header.receiver_id", "\"SR\"")]
    [InlineData("header.receiver_id", null)]
    [InlineData("header.version", null)]
    [InlineData("header.version", "\"1.0\"")]
    [InlineData("header.is_msg_encrypted", null)]
    [InlineData("header.is_msg_encrypted", "\"false\"")]
    [InlineData("header.message_ts", "\"2026-06-01T15:00:00+03:00\"")]
    [InlineData("header.unknown", "[1]")]
    [InlineData("unknown", "{}")]
    [InlineData("signature", "\"\"")]
    [InlineData("signature", "\"unsigned\"")]
    [InlineData("signature", "\"unsigned-stub\"")]
    [InlineData("signature", "null")]
    [InlineData("message.transaction_id", "\"\"")]
    [InlineData("message.search_request.0.locale", "\"\"")]
    [InlineData("message.search_request.0.locale", null)]
    [InlineData("message.search_request.0.pagination", "{\"page_size\":\"10\",\"page_number\":\"1\"}")]
    [InlineData("message.search_request.0.search_criteria.pagination", "\"\"")]
    [InlineData("message.search_request.0.search_criteria.pagination", "{\"page_size\":10.0,\"page_number\":\"\"}")]
    [InlineData("message.search_request.0.search_criteria.pagination", "{\"page_size\":99999999999}")]
    [InlineData("message.search_request.0.search_criteria.sort", "\"\"")]
    [InlineData(
        "message.search_request.0.search_criteria.sort",
        "[{\"attribute_name\":\"UIN\",\"sort_order\":\"asc\"}]"
    )]
    [InlineData(
        "message.search_request.0.search_criteria.sort",
        "[{\"attribute_name\":\"demographic_info.person.sex\",\"sort_order\":\"\"}]"
    )]
    [InlineData("message.search_request.0.search_criteria.consent", "\"\"")]
    [InlineData("message.search_request.0.search_criteria.authorize", "\"\"")]
    [InlineData(
        "message.search_request.0.search_criteria.authorize",
        "{\"@type\":\"Authorize\",\"ts\":\"\",\"purpose\":{\"code\":\"targeting\",\"refUri\":\"\"}}"
    )]
    [InlineData("message.search_request.0.search_criteria.reg_type", null)]
    [InlineData("message.search_request.0.search_criteria.reg_type", "\"SOCIAL\"")]
    [InlineData(
        "message.search_request.0.search_criteria.reg_event_type",
        "\"spdci-common:RegistryEventType:REGISTER\""
    )]
    [InlineData("message.search_request.0.search_criteria.reg_record_type", "\"spdci-extensions-dci:Member\"")]
    [InlineData("message.search_request.0.search_criteria.response_entity", "\"member\"")]
    [InlineData("message.search_request.0.search_criteria.query_type", "\"idtype\"")]
    [InlineData("message.search_request.0.search_criteria.query_type", "\"expression\"")]
    [InlineData("message.search_request.0.search_criteria.query", "{\"id_type\":\"UIN\",\"id_value\":\"5360481001\"}")]
    [InlineData("message.search_request.0.search_criteria.query", "{\"attribute\":\"uin\",\"value\":\"5360481001\"}")]
    [InlineData(
        "message.search_request.0.search_criteria.query",
        "{\"identifier_type\":\"UIN\",\"identifier_value\":5360481001}"
    )]
    [InlineData(
        "message.search_request.0.search_criteria.query",
        "{\"@type\":\"Identifier\",\"type\":\"ns:org:IdentifierType:UIN\",\"value\":\" 536-048-1001 \",\"id_value\":\"\"}"
    )]
    public async Task It_is_taken(string path, string? json)
    {
        var answer = await Server.SendAsync(
            Messages.Changed(m =>
            {
                m.With(path, "x");
                var steps = path.Split('.');
                m.With(path, json is null ? null : JsonNode.Parse(json));
                if (json == "null")
                {
                    m[steps[^1]] = null;
                }
            })
        );

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        DciSchemas.AssertAnswer(answer);
        Assert.Equal("succ", (string?)answer.Item()["status"]);
        Assert.Single(answer.Records());
    }

    [Fact]
    public async Task A_page_above_the_limit_is_cut_and_the_real_size_told()
    {
        var answer = await Server.SendAsync(
            Messages.Changed(m =>
                m.With(
                    "message.search_request.0.search_criteria.pagination",
                    JsonNode.Parse("""{"page_size":5000,"page_number":2}""")
                )
            )
        );

        Assert.Equal(2_000, (int)answer.Item()["pagination"]!["page_size"]!);
        Assert.Equal(1, (int)answer.Item()["pagination"]!["total_count"]!);
        Assert.Empty(answer.Records());
    }

    [Fact]
    public async Task The_pagination_inside_the_criteria_counts_before_the_one_beside_them()
    {
        var answer = await Server.SendAsync(
            Messages.Changed(m =>
                m.With("message.search_request.0.search_criteria.pagination", JsonNode.Parse("""{"page_size":3}"""))
                    .With("message.search_request.0.pagination", JsonNode.Parse("""{"page_size":4}"""))
            )
        );

        Assert.Equal(3, (int)answer.Item()["pagination"]!["page_size"]!);
    }

    [Fact]
    public async Task Of_repeated_members_of_the_message_the_last_counts()
    {
        var body = Messages
            .Changed(_ => { })
            .ToJsonString()
            .Replace("\"type\":\"UIN\"", "\"type\":\"NOTHING\",\"type\":\"UIN\"", StringComparison.Ordinal);

        var answer = await Server.SendAsync(body);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
    }

    [Theory]
    [InlineData("\"action\":\"search\"", "\"action\":\"search\",\"action\":\"search\"")]
    [InlineData("{\"header\":", "{\"header\":{},\"header\":")]
    public async Task Repeated_members_of_envelope_and_header_are_refused(string right, string wrong)
    {
        var body = Messages.Changed(_ => { }).ToJsonString().Replace(right, wrong, StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.BadRequest, (await Server.SendAsync(body)).Status);
    }

    [Fact]
    public async Task A_byte_order_mark_is_taken() =>
        Assert.Equal(
            HttpStatusCode.OK,
            (await Server.SendAsync("\uFEFF" + Messages.Changed(_ => { }).ToJsonString())).Status
        );

    [Fact]
    public async Task The_alias_answers_as_the_standard_path_does()
    {
        var answer = await Server.SendAsync(
            Messages.Changed(_ => { }).ToJsonString(),
            path: "/dci/registry/sync/search"
        );

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        DciSchemas.AssertAnswer(answer);
    }

    /// <summary>Every official sample of a search is read; what is no query of this issue is rejected item by item, never a message refused.</summary>
    [Theory]
    [InlineData("v1.0.0-2025-01", "social")]
    [InlineData("v1.0.0-2025-01", "ibr")]
    [InlineData("v1.0.0-2025-01", "crvs")]
    [InlineData("draft-2024-04", "social")]
    [InlineData("draft-2024-04", "ibr")]
    public async Task The_official_samples_are_read(string text, string registry)
    {
        var folder = Specs.Public("dci", text, "examples", registry);
        var read = 0;
        foreach (var file in Directory.EnumerateFiles(folder, "*req.json").Order(StringComparer.Ordinal))
        {
            if (Sample(await File.ReadAllTextAsync(file)) is not { } sample)
            {
                continue;
            }

            read++;
            var answer = await Server.SendAsync(sample);
            Assert.True(answer.Status == HttpStatusCode.OK, Path.GetFileName(file) + ": " + answer.Body.ToJsonString());
            DciSchemas.AssertAnswer(answer);
            var criteria = sample["message"]!["search_request"]![0]!["search_criteria"]!;
            var isAnswered =
                (string?)criteria["query_type"] == "idtype-value"
                && (string?)criteria["query"]!["type"] is "UIN" or "BRN" or "DRN"
                && (string?)criteria["reg_event_type"] is "REGISTER" or "SEARCH" or null;
            Assert.Equal(isAnswered ? "succ" : "rjct", (string?)answer.Item()["status"]);
            if (!isAnswered)
            {
                Assert.Equal("rjct.search_criteria.invalid", (string?)answer.Item()["status_reason_code"]);
            }
        }

        Assert.NotEqual(0, read);
    }

    /// <summary>A sample with our partner's names in it, and without the four things that are not tolerated: empty references, two-letter locales, an id used before, a receiver that is another registry.</summary>
    private static JsonObject? Sample(string json)
    {
        JsonObject sample;
        try
        {
            sample = JsonNode
                .Parse(json, documentOptions: new JsonDocumentOptions { AllowTrailingCommas = true })!
                .AsObject();
            if (
                (string?)sample["header"]?["action"] != "search"
                || sample["message"]?["search_request"] is not JsonArray
            )
            {
                return null;
            }
        }
        catch (Exception e) when (e is JsonException or ArgumentException or InvalidOperationException)
        {
            return null;
        }

        sample["header"]!["sender_id"] = DciServer.Programme;
        sample["header"]!["receiver_id"] = "SR";
        sample["header"]!["message_id"] = Guid.NewGuid().ToString();
        foreach (var (index, item) in sample["message"]!["search_request"]!.AsArray().Index())
        {
            item!["reference_id"] = "r-" + index;
            if (((string?)item["locale"])?.Contains('/', StringComparison.Ordinal) == true)
            {
                item["locale"] = "eng";
            }
        }

        return sample;
    }
}
