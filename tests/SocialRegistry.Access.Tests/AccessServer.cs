using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using SocialRegistry.Contracts;
using SocialRegistry.Protection;
using SocialRegistry.Storage;
using SocialRegistry.Testing;
using Xunit;

namespace SocialRegistry.Access.Tests;

/// <summary>The module behind its HTTP door, on a fresh database, with a clock that tests move and routes that show the caller.</summary>
public abstract class AccessServer(DatabaseProvider provider) : IAsyncLifetime
{
    public const string PublicUrl = "http://registry.test";
    public const string PartnerSecret = "programme-secret-0123456789";
    public const string Password = "a long enough password";

    private const string Cluster = "SOCIALREGISTRY_TEST_POSTGRES";

    private static readonly string Keys = Directory.CreateTempSubdirectory("access-keys-").FullName;

    private TestDatabase? database;
    private WebApplication? app;

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 3, 1, 8, 0, 0, TimeSpan.Zero));

    internal FakeRegistrants Registrants { get; } = new();

    /// <summary>Lines logged by the module.</summary>
    internal LogLines Log { get; } = new();

    public IServiceProvider Services => app!.Services;

    public DatabaseOptions Database => database!.Options;

    internal IAccessSetup Setup => Services.GetRequiredService<IAccessSetup>();

    internal IKeyRing KeyRing => Services.GetRequiredService<IKeyRing>();

    /// <summary>Settings of this server.</summary>
    protected virtual Dictionary<string, string?> Settings => [];

    /// <summary>Why there is no server: a fixture cannot skip, its tests can.</summary>
    public string? Absent { get; private set; }

    public async ValueTask InitializeAsync()
    {
        if (provider == DatabaseProvider.Postgres && string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Cluster)))
        {
            Absent = Cluster + " is not set: run ./test.sh.";
            return;
        }

        database = await TestDatabase.CreateAsync(provider);
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders().AddProvider(Log).SetMinimumLevel(LogLevel.Debug);
        builder.Configuration.AddInMemoryCollection(
            new Dictionary<string, string?>(Settings)
            {
                ["PublicUrl"] = Settings.GetValueOrDefault("PublicUrl", PublicUrl),
                ["Keys:Path"] = Keys,
                ["Access:PasswordIterations"] = "100000",
            }
        );
        builder.Services.AddSingleton<TimeProvider>(Clock);
        builder.Services.AddSingleton(database.Options);
        builder.Services.AddSingleton<IFieldCatalogue>(new FakeCatalogue());
        builder.Services.AddSingleton<IRegistrants>(Registrants);
        builder.Services.AddProblemDetails();
        builder.Services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.MaxDepth = 32;
            options.SerializerOptions.AllowDuplicateProperties = false;
        });
        builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        builder.Services.AddProtection();
        builder.Services.AddAccess();
        app = builder.Build();
        app.UseExceptionHandler(
            new ExceptionHandlerOptions
            {
                StatusCodeSelector = exception => exception is BadHttpRequestException bad ? bad.StatusCode : 500,
            }
        );
        app.Use(
            (context, next) =>
            {
                var address = context.Request.Headers["Test-Address"];
                context.Connection.RemoteIpAddress = IPAddress.Parse(address.Count == 1 ? address[0]! : "192.0.2.1");
                return next(context);
            }
        );
        app.UseRouting();
        app.UseAccess();
        app.MapAccess();
        Probes.Map(app);
        foreach (var migrator in app.Services.GetServices<IModuleMigrator>())
        {
            await migrator.MigrateAsync(CancellationToken.None);
        }

        // As the host does before it listens; also the administrator that somebody must be.
        await BootstrapAsync([]);
        await app.StartAsync();
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
    }

    public HttpClient Client(string? address = null, string? baseUrl = null)
    {
        var client = app!.GetTestClient();
        client.BaseAddress = new Uri(baseUrl ?? PublicUrl);
        if (address is not null)
        {
            client.DefaultRequestHeaders.Add("Test-Address", address);
        }

        return client;
    }

    /// <summary>Applies a bootstrap file of these sections; it must be right.</summary>
    internal async Task<AppliedBootstrap> BootstrapAsync(JsonObject file) =>
        (await Setup.ApplyAsync(JsonSerializer.SerializeToUtf8Bytes(file), CancellationToken.None)).Require();

    /// <summary>A partner with every scope, all fields and one purpose, unless changed.</summary>
    public async Task<string> PartnerAsync(Action<JsonObject>? change = null)
    {
        var partner = PartnerEntry("programme-" + Guid.NewGuid().ToString("N"));
        change?.Invoke(partner);
        await BootstrapAsync(new JsonObject { ["partners"] = new JsonArray(partner) });
        return (string)partner["id"]!;
    }

    public static JsonObject PartnerEntry(string id) =>
        new()
        {
            ["id"] = id,
            ["secret"] = PartnerSecret,
            ["scopes"] = new JsonArray(Permissions.ReadRegistrants, Permissions.DciSearch),
            ["attributes"] = "*",
            ["filters"] = "*",
            ["purposes"] = new JsonArray("eligibility"),
        };

    public async Task<string> UserAsync(params string[] roles)
    {
        var user = "user-" + Guid.NewGuid().ToString("N")[..12];
        await BootstrapAsync(new JsonObject { ["users"] = new JsonArray(UserEntry(user, roles)) });
        return user;
    }

    public static JsonObject UserEntry(string user, params string[] roles) =>
        new()
        {
            ["user"] = user,
            ["password"] = Password,
            ["roles"] = new JsonArray([.. roles.Select(role => (JsonNode)role)]),
        };

    /// <summary>Asks for a token with the partner's secret.</summary>
    public async Task<string> TokenAsync(string partner, string? scope = null)
    {
        var form = new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = partner,
            ["client_secret"] = PartnerSecret,
        };
        if (scope is not null)
        {
            form["scope"] = scope;
        }

        using var client = Client();
        using var answer = await client.PostAsync("/oauth2/client/token", new FormUrlEncodedContent(form));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (string)(await answer.Content.ReadFromJsonAsync<JsonObject>())!["access_token"]!;
    }

    /// <summary>A client that carries a bearer token.</summary>
    public HttpClient ClientWith(string token)
    {
        var client = Client();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }
}

/// <summary>Tests of one server; skipped where its database is not there.</summary>
public abstract class AccessTests
{
    protected AccessTests(AccessServer server)
    {
        Assert.SkipWhen(server.Absent is not null, server.Absent ?? "");
        Server = server;
    }

    protected AccessServer Server { get; }
}

public sealed class SqliteServer() : AccessServer(DatabaseProvider.Sqlite);

public sealed class PostgresServer() : AccessServer(DatabaseProvider.Postgres);
