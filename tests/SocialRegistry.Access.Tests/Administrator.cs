using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using SocialRegistry.Access.Tests.Sessions;
using Xunit;

namespace SocialRegistry.Access.Tests;

/// <summary>A signed-in administrator, in a browser of her own.</summary>
internal sealed class Administrator
{
    private readonly Browser browser;

    private Administrator(Browser browser, string user)
    {
        this.browser = browser;
        User = user;
    }

    public string User { get; }

    /// <summary>Signs in a new account with one role.</summary>
    public static async Task<Administrator> SignInAsync(AccessServer server, string role = "system-administrator")
    {
        var user = await server.UserAsync(role);
        var browser = new Browser(server, $"198.51.{Random.Shared.Next(256)}.{Random.Shared.Next(256)}");
        using var answer = await browser.SignInAsync(user, AccessServer.Password);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return new Administrator(browser, user);
    }

    public Task<Answer> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public Task<Answer> PostAsync(string path, JsonNode? body = null) => SendAsync(HttpMethod.Post, path, body);

    public Task<Answer> PutAsync(string path, JsonNode body, string? ifMatch) =>
        SendAsync(HttpMethod.Put, path, body, ifMatch);

    public Task<Answer> DeleteAsync(string path, string? ifMatch = null) =>
        SendAsync(HttpMethod.Delete, path, null, ifMatch);

    /// <summary>The ids of wrong fields with their codes.</summary>
    public async Task<Answer> SendAsync(HttpMethod method, string path, JsonNode? body = null, string? ifMatch = null)
    {
        using var answer = await browser.SendAsync(method, "/api/v1" + path, body, ifMatch: ifMatch);
        var text = await answer.Content.ReadAsStringAsync();
        return new Answer(
            (int)answer.StatusCode,
            text.Length == 0 ? [] : JsonNode.Parse(text)!.AsObject(),
            answer.Headers.ETag?.Tag,
            answer.Headers.Location?.OriginalString,
            text
        );
    }
}

/// <summary>An answer, read whole.</summary>
internal sealed record Answer(int Status, JsonObject Body, string? ETag, string? Location, string Text)
{
    public string Code =>
        ((string?)Body["type"] ?? "").Replace("urn:social-registry:problem:", "", StringComparison.Ordinal);

    public IEnumerable<string> Errors =>
        (Body["errors"]?.AsArray() ?? []).Select(e => $"{(string?)e!["field"]} {(string?)e["code"]}");
}
