using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace SocialRegistry.Credentials.Tests.Running;

/// <summary>Short forms for requests and answers.</summary>
internal static partial class Forms
{
    public const string PreAuthorized = "urn:ietf:params:oauth:grant-type:pre-authorized_code";

    public static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    public static FormUrlEncodedContent Redeem(string code, string? txCode = null, string? details = null)
    {
        var form = new Dictionary<string, string> { ["grant_type"] = PreAuthorized, ["pre-authorized_code"] = code };
        if (txCode is not null)
        {
            form["tx_code"] = txCode;
        }

        if (details is not null)
        {
            form["authorization_details"] = details;
        }

        return new FormUrlEncodedContent(form);
    }

    public static async Task<JsonObject> ObjectAsync(this HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<JsonObject>())!;

    /// <summary>Checks that the answer is an OAuth error of this code and status, in the form the specification allows.</summary>
    public static async Task<JsonObject> RefusedAsync(
        this HttpResponseMessage answer,
        string error,
        HttpStatusCode status = HttpStatusCode.BadRequest
    )
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == status, $"{answer.StatusCode}: {text}");
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        Assert.True(answer.Headers.CacheControl?.NoStore);
        var body = JsonNode.Parse(text)!.AsObject();
        Assert.Equal(error, (string?)body["error"]);
        Assert.Matches(AllowedDescription(), (string)body["error_description"]!);
        return body;
    }

    [GeneratedRegex(@"^[\x20-\x21\x23-\x5B\x5D-\x7E]+\z")]
    private static partial Regex AllowedDescription();
}
