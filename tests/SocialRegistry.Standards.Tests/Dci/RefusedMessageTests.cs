using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Xunit;

namespace SocialRegistry.Standards.Tests.Dci;

/// <summary>Messages that are refused as a whole (DCI API standard, error handling).</summary>
public sealed class RefusedMessageTests(SqliteServer server) : DciTests(server), IClassFixture<SqliteServer>
{
    public static TheoryData<string, string> WrongMembers =>
        new()
        {
            { "header.message_id", "" },
            { "header.message_id", "7" },
            { "header.message_id", "\"a\\u0000b\"" },
            { "header.message_id", "\"\\ud800\"" },
            { "header.message_ts", "" },
            { "header.message_ts", "\"2026-06-01T12:00:00\"" },
            { "header.message_ts", "\"2026-06-01\"" },
            { "header.message_ts", "\"2026-13-01T12:00:00Z\"" },
            { "header.message_ts", "1780315200" },
            { "header.action", "" },
            { "header.action", "\"subscribe\"" },
            { "header.sender_id", "" },
            { "header.sender_id", "{}" },
            { "header.total_count", "" },
            { "header.total_count", "\"many\"" },
            { "header.total_count", "-1" },
            { "header.total_count", "1.5" },
            { "header.is_msg_encrypted", "\"perhaps\"" },
            { "header.meta", "7" },
            { "header.sender_uri", "{}" },
            { "message.transaction_id", "" },
            { "message.transaction_id", "7" },
            { "message.transaction_id", "\"" + new string('x', 100) + "\"" },
            { "message.transaction_id", "\"a\\u0000\"" },
            { "message.search_request", "" },
            { "message.search_request", "{}" },
            { "message.search_request", "[]" },
            { "message.search_request", "[7]" },
            { "message.search_request.0.reference_id", "" },
            { "message.search_request.0.reference_id", "7" },
            { "message.search_request.0.timestamp", "" },
            { "message.search_request.0.timestamp", "\"2026-06-01T12:00:00\"" },
            { "message.search_request.0.search_criteria", "" },
            { "message.search_request.0.search_criteria", "[]" },
            { "message.search_request.0.search_criteria.query_type", "" },
            { "message.search_request.0.search_criteria.query", "" },
            { "message.search_request.0.search_criteria.reg_type", "7" },
            { "message.search_request.0.search_criteria.pagination", "{\"page_size\":0}" },
            { "message.search_request.0.search_criteria.pagination", "{\"page_size\":-1}" },
            { "message.search_request.0.search_criteria.pagination", "{\"page_size\":10,\"page_number\":0}" },
            { "message.search_request.0.search_criteria.pagination", "{\"page_size\":10,\"page_number\":-1}" },
            { "message.search_request.0.search_criteria.pagination", "{\"page_size\":\"ten\"}" },
            { "message.search_request.0.search_criteria.pagination", "{}" },
            { "message.search_request.0.search_criteria.pagination", "[]" },
            { "message.search_request.0.locale", "\"en\"" },
            { "message.search_request.0.locale", "\"ENG\"" },
            { "message.search_request.0.locale", "\"EN/GB\"" },
            { "message.search_request.0.locale", "7" },
        };

    /// <param name="json">What stands in the member's place; empty: the member is taken away.</param>
    [Theory]
    [MemberData(nameof(WrongMembers))]
    public async Task A_wrong_member_refuses_the_message(string path, string json)
    {
        const string Mark = "\"--value--\"";
        var message = Messages.Changed(m => m.With(path, json.Length == 0 ? null : "--value--"));

        // Put in as text, since not every wrong value can be a node.
        var answer = await Server.SendAsync(message.ToJsonString().Replace(Mark, json, StringComparison.Ordinal));

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal("err.request.bad", answer.ErrorCode());
        DciSchemas.AssertError(answer);
        AssertNothingInside(answer);
    }

    [Theory]
    [InlineData("header.version", "\"2.0.0\"", "err.version.not_supported", 400)]
    [InlineData("header.version", "\"0.1.0\"", "err.version.not_supported", 400)]
    [InlineData("header.version", "\"10.0\"", "err.version.not_supported", 400)]
    [InlineData("header.is_encrypted", "false", "err.version.not_supported", 400)]
    [InlineData("header.sender_id", "\"someone-else\"", "err.sender_id.invalid", 403)]
    [InlineData("header.sender_id", "\"narrow\"", "err.sender_id.invalid", 403)]
    [InlineData("header.receiver_id", "\"another-registry\"", "err.receiver_id.invalid", 400)]
    [InlineData("header.is_msg_encrypted", "true", "err.encryption.invalid", 400)]
    [InlineData("signature", "\"invalid-signature\"", "err.signature.invalid", 401)]
    [InlineData("signature", "7", "err.signature.invalid", 401)]
    public async Task Each_refusal_has_its_code(string path, string json, string code, int status)
    {
        var answer = await Server.SendAsync(Messages.Changed(m => m.With(path, JsonNode.Parse(json))));

        Assert.Equal((HttpStatusCode)status, answer.Status);
        Assert.Equal(code, answer.ErrorCode());
        DciSchemas.AssertError(answer);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("{\"header\":{}}")]
    [InlineData("{\"header\":\"\",\"message\":{}}")]
    [InlineData("{\"header\":{},\"message\":[]}")]
    [InlineData("{\"header\":{},\"message\":{}} {}")]
    [InlineData("{\"header\":{},\"message\":{},}")]
    [InlineData("{\"header\":{},\"message\":{\"a\":NaN}}")]
    [InlineData("{\"header\":{},\"message\":{}}/* comment */")]
    [InlineData("{\"header\":{},\"\\ud800\":1,\"message\":{}}")]
    [InlineData("\0")]
    public async Task What_is_no_message_is_refused(string body)
    {
        var answer = await Server.SendAsync(body);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal("err.request.bad", answer.ErrorCode());
        DciSchemas.AssertError(answer);
        AssertNothingInside(answer);
    }

    [Theory]
    [InlineData("{\"header\":", "}")]
    [InlineData("[", "]")]
    [InlineData("{\"header\":{},\"message\":{\"a\":", "}}")]
    public async Task JSON_nested_a_thousand_deep_is_refused(string open, string close)
    {
        var body = string.Concat(Enumerable.Repeat(open, 1_000)) + "1" + string.Concat(Enumerable.Repeat(close, 1_000));

        var answer = await Server.SendAsync(body);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal("err.request.bad", answer.ErrorCode());
        DciSchemas.AssertError(answer);
        AssertNothingInside(answer);
    }

    [Fact]
    public async Task A_query_nested_a_thousand_deep_is_refused()
    {
        var deep =
            string.Concat(Enumerable.Repeat("{\"$and\":[", 500)) + "{}" + string.Concat(Enumerable.Repeat("]}", 500));
        var body = Messages
            .Changed(m => m.With("message.search_request.0.search_criteria.query", "--deep--"))
            .ToJsonString()
            .Replace("\"--deep--\"", deep, StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.BadRequest, (await Server.SendAsync(body)).Status);
    }

    [Fact]
    public async Task Bytes_that_are_no_UTF8_are_refused()
    {
        using var client = await Server.SignedInAsync(DciServer.Programme);
        var bytes = Encoding.UTF8.GetBytes(Messages.Changed(_ => { }).ToJsonString());
        bytes[Array.IndexOf(bytes, (byte)'t')] = 0xFF;
        using var content = new ByteArrayContent(bytes);
        content.Headers.TryAddWithoutValidation("Content-Type", "application/json");

        using var response = await client.PostAsync("/registry/sync/search", content);

        var answer = await DciAnswer.ReadAsync(response);
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal("err.request.bad", answer.ErrorCode());
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("nonsense")]
    [InlineData("")]
    public async Task Another_content_type_is_refused(string contentType)
    {
        var answer = await Server.SendAsync(Messages.Changed(_ => { }).ToJsonString(), contentType: contentType);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.Status);
        Assert.Equal("err.request.bad", answer.ErrorCode());
        DciSchemas.AssertError(answer);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_above_the_limit_is_refused(bool withLength)
    {
        using var client = await Server.SignedInAsync(DciServer.Programme);
        using var stream = new MemoryStream(new byte[1_048_577]);
        using HttpContent content = withLength ? new StreamContent(stream) : new ChunkedContent(stream);
        content.Headers.TryAddWithoutValidation("Content-Type", "application/json");

        using var response = await client.PostAsync("/registry/sync/search", content);

        var answer = await DciAnswer.ReadAsync(response);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.Status);
        Assert.Equal("err.request.bad", answer.ErrorCode());
        DciSchemas.AssertError(answer);
    }

    [Fact]
    public async Task More_items_than_a_message_may_have_are_refused()
    {
        var items = Enumerable.Range(0, 1_001).Select(n => Messages.Item(DciPeople.Other(0), reference: "r-" + n));

        var answer = await Server.SendAsync(Messages.Search(DciServer.Programme, items));

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal("err.request.bad", answer.ErrorCode());
    }

    private static void AssertNothingInside(DciAnswer answer)
    {
        var text = answer.Body.ToJsonString();
        foreach (var word in (string[])["Exception", "System.", "JsonReader", "   at ", "LineNumber"])
        {
            Assert.DoesNotContain(word, text, StringComparison.Ordinal);
        }
    }

    /// <summary>A body whose length nobody tells.</summary>
    private sealed class ChunkedContent(Stream stream) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream target, TransportContext? context) =>
            stream.CopyToAsync(target);

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
