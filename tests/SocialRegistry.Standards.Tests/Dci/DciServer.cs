using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using SocialRegistry.Access;
using SocialRegistry.Contracts;
using SocialRegistry.Protection;
using SocialRegistry.Registry;
using SocialRegistry.Storage;
using SocialRegistry.Testing;
using Xunit;

namespace SocialRegistry.Standards.Tests.Dci;

/// <summary>The module behind its HTTP door, over the real core and the real authentication, on a fresh database.</summary>
public abstract class DciServer(DatabaseProvider provider) : IAsyncLifetime
{
    public const string Secret = "programme-secret-0123456789";

    /// <summary>May have and filter by everything, for one purpose.</summary>
    public const string Programme = "programme";

    /// <summary>May have two fields, and search by UIN.</summary>
    public const string Narrow = "narrow";

    /// <summary>Has two purposes.</summary>
    public const string TwoPurposes = "two-purposes";

    /// <summary>May read through the own API, but not search through DCI.</summary>
    public const string NoSearch = "no-search";

    private readonly string keys = Directory.CreateTempSubdirectory("dci-keys-").FullName;
    private readonly Dictionary<string, string> tokens = [];
    private TestDatabase? database;
    private WebApplication? app;

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 6, 1, 12, 0, 0, TimeSpan.Zero));

    /// <summary>Why there is no server: a fixture cannot skip, its tests can.</summary>
    public string? Absent { get; private set; }

    public IServiceProvider Services => app!.Services;

    internal DciPeople People { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        if (
            provider == DatabaseProvider.Postgres
            && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("SOCIALREGISTRY_TEST_POSTGRES"))
        )
        {
            Absent = "SOCIALREGISTRY_TEST_POSTGRES is not set: run ./test.sh.";
            return;
        }

        database = await TestDatabase.CreateAsync(provider);
        app = Build(database.Options);
        foreach (var migrator in app.Services.GetServices<IModuleMigrator>())
        {
            await migrator.MigrateAsync(CancellationToken.None);
        }

        await app.StartAsync();
        await PartnerAsync(Programme);
        await PartnerAsync(
            Narrow,
            partner =>
            {
                partner["attributes"] = new JsonArray("given_name", "birth_date");
                partner["filters"] = new JsonArray("UIN");
            }
        );
        await PartnerAsync(TwoPurposes, partner => partner["purposes"] = new JsonArray("targeting", "payment"));
        await PartnerAsync(NoSearch, partner => partner["scopes"] = new JsonArray(Permissions.ReadRegistrants));
        People = await DciPeople.RegisterAsync(Services);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (app is not null)
        {
            await app.DisposeAsync();
        }

        if (database is not null)
        {
            await database.DisposeAsync();
        }

        Directory.Delete(keys, recursive: true);
    }

    /// <summary>Brings a partner in, or changes it.</summary>
    public async Task PartnerAsync(string id, Action<JsonObject>? change = null)
    {
        var partner = new JsonObject
        {
            ["id"] = id,
            ["secret"] = Secret,
            ["scopes"] = new JsonArray(Permissions.DciSearch),
            ["attributes"] = "*",
            ["filters"] = "*",
            ["purposes"] = new JsonArray("targeting"),
        };
        change?.Invoke(partner);
        var file = new JsonObject { ["partners"] = new JsonArray(partner) };
        (
            await Services
                .GetRequiredService<IAccessSetup>()
                .ApplyAsync(JsonSerializer.SerializeToUtf8Bytes(file), CancellationToken.None)
        ).Require();
    }

    public HttpClient Client()
    {
        var client = app!.GetTestClient();
        client.BaseAddress = new Uri("http://registry.test");
        return client;
    }

    /// <summary>A client that carries the partner's token.</summary>
    public async Task<HttpClient> SignedInAsync(string partner)
    {
        if (!tokens.TryGetValue(partner, out var token))
        {
            using var anonymous = Client();
            using var form = new FormUrlEncodedContent(
                new Dictionary<string, string>
                {
                    ["grant_type"] = "client_credentials",
                    ["client_id"] = partner,
                    ["client_secret"] = Secret,
                }
            );
            using var answer = await anonymous.PostAsync("/oauth2/client/token", form);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            token = (string)(await answer.Content.ReadFromJsonAsync<JsonObject>())!["access_token"]!;
            tokens[partner] = token;
        }

        var client = Client();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    /// <summary>Posts the message as the partner.</summary>
    public Task<DciAnswer> SendAsync(JsonObject message, string partner = Programme) =>
        SendAsync(message.ToJsonString(), partner);

    public async Task<DciAnswer> SendAsync(
        string body,
        string partner = Programme,
        string contentType = "application/json",
        string path = "/registry/sync/search"
    )
    {
        using var client = await SignedInAsync(partner);
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        using var answer = await client.PostAsync(path, content);
        return await DciAnswer.ReadAsync(answer);
    }

    private WebApplication Build(DatabaseOptions options)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(
            new Dictionary<string, string?>
            {
                ["PublicUrl"] = "http://registry.test",
                ["Keys:Path"] = DeploymentKeys.Into(Path.Combine(keys, "ring")),
                ["Access:PasswordIterations"] = "100000",
                ["Standards:Dci:MaxMessageBytes"] = "1048576",
                ["Standards:Dci:MaxRelatedRecords"] = "50",
            }
        );
        builder.Services.AddSingleton<TimeProvider>(Clock);
        builder.Services.AddSingleton(options);
        builder.Services.AddProtection();
        builder.Services.AddRegistry();
        builder.Services.AddAccess();
        builder.Services.AddStandards();
        var built = builder.Build();
        built.UseRouting();
        built.UseAccess();
        built.MapAccess();
        built.MapStandards();
        return built;
    }
}

/// <summary>An answer with its body.</summary>
public sealed record DciAnswer(HttpStatusCode Status, byte[] Bytes, JsonObject Body, HttpResponseHeaders Headers)
{
    public static async Task<DciAnswer> ReadAsync(HttpResponseMessage answer)
    {
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        return new DciAnswer(answer.StatusCode, bytes, JsonNode.Parse(bytes)!.AsObject(), answer.Headers);
    }

    public JsonObject Item(int index = 0) => Body["message"]!["search_response"]![index]!.AsObject();

    public JsonArray Records(int index = 0) => Item(index)["data"]!["reg_records"]!.AsArray();

    /// <summary>The code of a refused message, after checking that both places tell the same.</summary>
    public string ErrorCode()
    {
        var code = (string)Body["errors"]![0]!["code"]!;
        Assert.Equal("ERR", (string?)Body["message"]!["ack_status"]);
        Assert.Equal(code, (string?)Body["message"]!["error"]!["code"]);
        return code;
    }
}

/// <summary>Tests of one server; skipped where its database is not there.</summary>
public abstract class DciTests
{
    protected DciTests(DciServer server)
    {
        Assert.SkipWhen(server.Absent is not null, server.Absent ?? "");
        Server = server;
    }

    protected DciServer Server { get; }
}

public sealed class SqliteServer() : DciServer(DatabaseProvider.Sqlite);

public sealed class PostgresServer() : DciServer(DatabaseProvider.Postgres);
