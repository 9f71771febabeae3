using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace SocialRegistry.Access.Tests.Sessions;

/// <summary>Keeps the session's cookie and CSRF token as a page would.</summary>
internal sealed class Browser(AccessServer server, string? address = null)
{
    public string? Cookie { get; set; }

    public string? Csrf { get; set; }

    /// <summary>The whole Set-Cookie header of the last sign-in.</summary>
    public string SetCookie { get; private set; } = "";

    public async Task<HttpResponseMessage> SignInAsync(
        string user,
        string password,
        string? baseUrl = null,
        string? code = null
    )
    {
        using var client = server.Client(address, baseUrl);
        var answer = await client.PostAsJsonAsync(
            "/api/v1/session",
            code is null
                ? new JsonObject { ["user"] = user, ["password"] = password }
                : new JsonObject
                {
                    ["user"] = user,
                    ["password"] = password,
                    ["code"] = code,
                }
        );
        if (answer.StatusCode == HttpStatusCode.OK)
        {
            SetCookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"));
            Cookie = SetCookie.Split(';')[0];
            Csrf = (string)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["csrf"]!;
        }

        return answer;
    }

    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method,
        string path,
        JsonNode? body = null,
        string? baseUrl = null,
        string? ifMatch = null
    )
    {
        using var client = server.Client(address, baseUrl);
        using var request = new HttpRequestMessage(method, path);
        if (Cookie is not null)
        {
            request.Headers.Add("Cookie", Cookie);
        }

        if (Csrf is not null)
        {
            request.Headers.Add("X-CSRF-Token", Csrf);
        }

        if (ifMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        }

        request.Content = body is null ? null : JsonContent.Create(body);
        return await client.SendAsync(request);
    }

    public async Task<HttpStatusCode> StatusAsync(HttpMethod method, string path)
    {
        using var answer = await SendAsync(method, path);
        return answer.StatusCode;
    }
}
