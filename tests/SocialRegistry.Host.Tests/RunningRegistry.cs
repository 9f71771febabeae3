using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using SocialRegistry.Contracts;
using SocialRegistry.Host.Server;
using SocialRegistry.Storage;
using SocialRegistry.Testing;

namespace SocialRegistry.Host.Tests;

/// <summary>The whole server on free ports, with a fresh database, keys in a temporary folder and two partners.</summary>
public sealed class RunningRegistry : IAsyncDisposable
{
    /// <summary>A partner with every scope and every field.</summary>
    public const string Everything = "everything";

    /// <summary>A partner that may search through DCI, and read two fields.</summary>
    public const string Narrow = "narrow";

    /// <summary>A partner that may write, but knows only the given name.</summary>
    public const string Writer = "writer";

    /// <summary>A partner that agrees to the changes that others ask for.</summary>
    public const string Reviewer = "reviewer";

    public const string Secret = "a-secret-of-the-tests-0123456789";

    private readonly TestDatabase database;
    private readonly string folder;

    private RunningRegistry(WebApplication app, TestDatabase database, string folder, string url, string grpcUrl)
    {
        App = app;
        this.database = database;
        this.folder = folder;
        Url = url;
        GrpcUrl = grpcUrl;
        Http = new HttpClient { BaseAddress = new Uri(url), Timeout = TimeSpan.FromSeconds(60) };
    }

    public WebApplication App { get; }

    public string Url { get; }

    public string GrpcUrl { get; }

    /// <summary>Where the key files stand.</summary>
    public string Keys => Path.Combine(folder, "keys");

    /// <summary>Sends without a token.</summary>
    public HttpClient Http { get; }

    public static async Task<RunningRegistry> StartAsync(
        DatabaseProvider provider = DatabaseProvider.Sqlite,
        IReadOnlyDictionary<string, string?>? settings = null,
        JsonArray? users = null
    )
    {
        var database = await TestDatabase.CreateAsync(provider);
        var folder = Directory.CreateTempSubdirectory("registry-host-").FullName;
        var bootstrap = Path.Combine(folder, "bootstrap.json");
        await File.WriteAllTextAsync(bootstrap, Bootstrap(users).ToJsonString());
        var url = Demo.FreePorts.Resolve("http://127.0.0.1:0");
        var overrides = new Dictionary<string, string?>
        {
            ["ConnectionStrings:Registry"] = database.Options.ConnectionString,
            ["Keys:Path"] = DeploymentKeys.Into(Path.Combine(folder, "keys")),
            ["PublicUrl"] = url,
            ["Grpc:Url"] = "http://127.0.0.1:0",
            ["Logging:LogLevel:Default"] = "Warning",
        };
        foreach (var (key, value) in settings ?? new Dictionary<string, string?>())
        {
            overrides[key] = value;
        }

        var server = new ServerSettings
        {
            Demo = true,
            Urls = url,
            Bootstrap = bootstrap,
            Overrides = overrides,
        };
        var app = RegistryServer.Build(server);
        await RegistryServer.PrepareAsync(app, server, CancellationToken.None);
        await app.StartAsync();
        return new RunningRegistry(app, database, folder, url, RegistryServer.Addresses(app)[^1]);
    }

    /// <summary>A client with a token of the partner.</summary>
    public async Task<HttpClient> SignedInAsync(string partner = Everything, string? scope = null)
    {
        var form = new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = partner,
            ["client_secret"] = Secret,
        };
        if (scope is not null)
        {
            form["scope"] = scope;
        }

        using var content = new FormUrlEncodedContent(form);
        using var answer = await Http.PostAsync("/oauth2/client/token", content);
        answer.EnsureSuccessStatusCode();
        var token = (await answer.Content.ReadFromJsonAsync<JsonObject>())!;
        var client = new HttpClient { BaseAddress = Http.BaseAddress, Timeout = Http.Timeout };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Bearer",
            (string)token["access_token"]!
        );
        return client;
    }

    /// <summary>A client with the session of a user.</summary>
    public async Task<HttpClient> UserAsync(string user, string password)
    {
        var client = new HttpClient(new HttpClientHandler { UseCookies = false })
        {
            BaseAddress = Http.BaseAddress,
            Timeout = Http.Timeout,
        };
        using var answer = await client.PostAsJsonAsync(
            "/api/v1/session",
            new JsonObject { ["user"] = user, ["password"] = password }
        );
        answer.EnsureSuccessStatusCode();
        client.DefaultRequestHeaders.Add("Cookie", answer.Headers.GetValues("Set-Cookie").Single().Split(';')[0]);
        client.DefaultRequestHeaders.Add("X-CSRF-Token", (string)(await answer.ObjectAsync())["csrf"]!);
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await App.StopAsync();
        await App.DisposeAsync();
        await database.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private static JsonObject Bootstrap(JsonArray? users) =>
        new()
        {
            ["users"] = users ?? [],
            ["partners"] = new JsonArray(
                new JsonObject
                {
                    ["id"] = Everything,
                    ["name"] = "Ministry of Everything",
                    ["legalGround"] = "act-7",
                    ["secret"] = Secret,
                    ["scopes"] = new JsonArray([.. Permissions.All.Select(scope => (JsonNode)scope)]),
                    ["attributes"] = "*",
                    ["filters"] = "*",
                    ["purposes"] = new JsonArray("testing"),
                },
                new JsonObject
                {
                    ["id"] = Reviewer,
                    ["secret"] = Secret,
                    ["scopes"] = new JsonArray(Permissions.ReviewRequests, Permissions.ReadRegistrants),
                    ["attributes"] = "*",
                    ["filters"] = "*",
                    ["purposes"] = new JsonArray("testing"),
                },
                new JsonObject
                {
                    ["id"] = Narrow,
                    ["name"] = "Narrow Agency",
                    ["legalGround"] = "act-8",
                    ["secret"] = Secret,
                    ["scopes"] = new JsonArray(Permissions.DciSearch, Permissions.ReadRegistrants),
                    ["attributes"] = new JsonArray("given_name", "birth_date"),
                    ["filters"] = new JsonArray("UIN"),
                    ["purposes"] = new JsonArray("testing"),
                },
                new JsonObject
                {
                    ["id"] = Writer,
                    ["secret"] = Secret,
                    ["scopes"] = new JsonArray(Permissions.WriteRegistrants, Permissions.ReadRegistrants),
                    ["attributes"] = new JsonArray("given_name"),
                    ["filters"] = new JsonArray("UIN"),
                    ["purposes"] = new JsonArray("testing"),
                }
            ),
        };
}

/// <summary>Short forms for requests.</summary>
internal static class HttpForms
{
    public static StringContent Json(string text, string mediaType = "application/json") =>
        new(text, Encoding.UTF8, mediaType);

    public static async Task<JsonObject> ObjectAsync(this HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<JsonObject>())!;

    public static async Task<HttpResponseMessage> SendAsync(
        this HttpClient client,
        HttpMethod method,
        string path,
        string? body = null,
        params (string Name, string Value)[] headers
    )
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : Json(body) };

        // A body too large is refused before it is read: a client that does not ask first may meet a closed connection.
        request.Headers.ExpectContinue = body?.Length > 1_000_000;
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await client.SendAsync(request);
    }

    /// <summary>Reads the ETag that stands and sends it back in If-Match.</summary>
    public static async Task<HttpResponseMessage> SendFreshAsync(
        this HttpClient client,
        HttpMethod method,
        string path,
        string? body,
        string readFrom
    )
    {
        using var read = await client.GetAsync(readFrom);
        return await client.SendAsync(method, path, body, ("If-Match", read.Headers.ETag?.Tag ?? "\"0\""));
    }
}
