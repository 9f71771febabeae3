using System.Text.Json.Nodes;
using Xunit;

namespace SocialRegistry.Standards.Tests.OpenApi;

/// <summary>The check itself must be able to fail.</summary>
public sealed class OpenApiFileTests
{
    private const string Item =
        """{"transaction_id":"t","correlation_id":"c","search_response":[{"reference_id":"r","timestamp":"2026-01-01T00:00:00Z","status":"succ"}]}""";

    [Fact]
    public void A_right_message_is_right() => Assert.Empty(Check(Item));

    [Theory]
    [InlineData("\"status\":\"succ\"", "\"status\":\"done\"")]
    [InlineData("\"status\":\"succ\"", "\"status\":\"rjct\",\"status_reason_code\":\"rjct.other\"")]
    [InlineData("\"reference_id\":\"r\",", "")]
    [InlineData("2026-01-01T00:00:00Z", "2026-01-01T00:00:00")]
    [InlineData("\"correlation_id\":\"c\"", "\"correlation_id\":7")]
    [InlineData("\"status\":\"succ\"", "\"status\":\"succ\",\"locale\":\"en\"")]
    [InlineData("\"status\":\"succ\"", "\"status\":\"succ\",\"data\":{}")]
    [InlineData("\"status\":\"succ\"", "\"status\":\"succ\",\"data\":{\"reg_records\":{}}")]
    [InlineData("\"status\":\"succ\"", "\"status\":\"succ\",\"pagination\":{\"page_size\":1,\"page_number\":1}")]
    public void A_wrong_message_is_found(string right, string wrong) =>
        Assert.NotEmpty(Check(Item.Replace(right, wrong, StringComparison.Ordinal)));

    private static IReadOnlyList<string> Check(string json) =>
        OpenApiFile.Dci.Check(JsonNode.Parse(json), "/components/schemas/SearchResponse");
}
