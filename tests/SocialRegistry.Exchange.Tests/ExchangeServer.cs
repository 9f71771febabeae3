using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Claims;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using SocialRegistry.Contracts;
using SocialRegistry.Http;
using SocialRegistry.Protection;
using SocialRegistry.Registry;
using SocialRegistry.Storage;
using SocialRegistry.Testing;
using Xunit;

namespace SocialRegistry.Exchange.Tests;

/// <summary>The module with the real core on one database, behind its real routes. It may be killed and started again.</summary>
public sealed class ExchangeServer : IAsyncDisposable
{
    private readonly TestDatabase database;
    private readonly string folder = Directory.CreateTempSubdirectory("exchange-keys-").FullName;
    private readonly List<WebApplication> apps = [];

    private ExchangeServer(TestDatabase database) => this.database = database;

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 6, 1, 12, 0, 0, TimeSpan.Zero));

    /// <summary>The process that runs now.</summary>
    public WebApplication App => apps[^1];

    public DatabaseOptions Database => database.Options;

    public static async Task<ExchangeServer> StartAsync(
        DatabaseProvider provider,
        Action<IServiceCollection>? configure = null,
        params (string Key, string Value)[] settings
    )
    {
        var server = new ExchangeServer(await TestDatabase.CreateAsync(provider));
        await server.RunAsync(configure, settings);
        return server;
    }

    /// <summary>Starts a process on the database, beside those that run.</summary>
    public async Task RunAsync(
        Action<IServiceCollection>? configure = null,
        params (string Key, string Value)[] settings
    )
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Configuration.AddInMemoryCollection(
            new Dictionary<string, string?>
            {
                ["Keys:Path"] = DeploymentKeys.Into(Path.Combine(folder, "keys")),
                ["Exchange:PollInterval"] = "00:00:00.050",
                ["Exchange:RetryDelay"] = "00:00:00.020",
            }
        );
        builder.Configuration.AddInMemoryCollection(settings.ToDictionary(s => s.Key, s => (string?)s.Value));
        builder.WebHost.UseTestServer();
        var services = builder.Services;
        services.AddRouting();
        services.AddLogging(logging => logging.AddProvider(Logs));
        services.AddSingleton<TimeProvider>(Clock);
        services.AddSingleton(database.Options);
        services.AddAuthentication("test").AddScheme<AuthenticationSchemeOptions, TestScheme>("test", null);
        services
            .AddAuthorizationBuilder()
            .AddPolicy(
                Permissions.RunImports,
                policy => policy.RequireClaim(Policies.PermissionClaim, Permissions.RunImports)
            )
            .AddPolicy(
                Permissions.RunExports,
                policy => policy.RequireClaim(Policies.PermissionClaim, Permissions.RunExports)
            );
        services.AddProtection();
        services.AddRegistry();
        services.AddExchange();
        configure?.Invoke(services);
        var app = builder.Build();
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapExchange();
        foreach (var migrator in app.Services.GetServices<IModuleMigrator>())
        {
            await migrator.MigrateAsync(CancellationToken.None);
        }

        await app.StartAsync();
        apps.Add(app);
    }

    /// <summary>What was logged, by all processes.</summary>
    public TestLogs Logs { get; } = new();

    /// <summary>A client of this caller; one without a name is not signed in.</summary>
    public HttpClient Client(string? caller = "importer")
    {
        var client = App.GetTestClient();
        if (caller is not null)
        {
            client.DefaultRequestHeaders.Add(TestScheme.Header, caller);
        }

        return client;
    }

    public async Task<HttpResponseMessage> UploadAsync(
        string kind,
        byte[] csv,
        string caller = "importer",
        params (string Name, string Value)[] parts
    )
    {
        using var form = new MultipartFormDataContent();
        var file = new ByteArrayContent(csv);
        file.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        form.Add(file, "file", "rows.csv");
        form.Add(new StringContent(kind), "kind");
        foreach (var (name, value) in parts)
        {
            form.Add(new StringContent(value), name);
        }

        using var client = Client(caller);
        return await client.PostAsync("/api/v1/imports", form);
    }

    /// <summary>Imports and waits for the end of the job.</summary>
    public async Task<JsonObject> ImportAsync(string kind, string csv, params (string Name, string Value)[] parts) =>
        await ImportAsync(kind, Encoding.UTF8.GetBytes(csv), parts);

    public async Task<JsonObject> ImportAsync(string kind, byte[] csv, params (string Name, string Value)[] parts)
    {
        using var accepted = await UploadAsync(kind, csv, "importer", parts);
        Assert.True(
            accepted.StatusCode == System.Net.HttpStatusCode.Accepted,
            await accepted.Content.ReadAsStringAsync()
        );
        return await WaitAsync(accepted.Headers.Location!.ToString());
    }

    public async Task<JsonObject> WaitAsync(string location)
    {
        using var client = Client();
        for (var i = 0; i < 1200; i++)
        {
            var job = (await client.GetFromJsonAsync<JsonObject>(location))!;
            if ((string?)job["state"] is not ("queued" or "running"))
            {
                return job;
            }

            await Task.Delay(25);
        }

        throw new TimeoutException("The job did not end.");
    }

    public async Task<string> TextAsync(string path)
    {
        using var client = Client();
        return (await client.GetStringAsync(path)).TrimStart('\uFEFF');
    }

    /// <summary>The records that carry these identifiers, with memberships.</summary>
    public async Task<IReadOnlyList<RegistrantView?>> FindAsync(params Identifier[] identifiers) =>
        (
            await App
                .Services.GetRequiredService<IRegistrants>()
                .FindAsync(
                    identifiers,
                    ReadOptions.Default with
                    {
                        Memberships = true,
                    },
                    RegistryHost.Staff(),
                    CancellationToken.None
                )
        ).Require();

    /// <summary>The process is gone at once: nothing is released or noted any more.</summary>
    public async Task KillAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        try
        {
            await App.StopAsync(now.Token);
        }
        catch (OperationCanceledException)
        {
            // It was not given the time to stop in order.
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var app in apps)
        {
            await app.DisposeAsync();
        }

        await database.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private sealed class TestScheme(
        IOptionsMonitor<AuthenticationSchemeOptions> options,
        ILoggerFactory logger,
        UrlEncoder encoder
    ) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        public const string Header = "X-Test-Caller";

        /// <summary>Before the one area that an exporter may know of.</summary>
        private const string Held = "exporter-of-";

        protected override Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            if (Request.Headers[Header].ToString() is not { Length: > 0 } name)
            {
                return Task.FromResult(AuthenticateResult.NoResult());
            }

            string[] permissions =
                name.StartsWith("reader", StringComparison.Ordinal) ? [Permissions.ReadRegistrants]
                : name.StartsWith("clerk", StringComparison.Ordinal) ? [Permissions.RunImports]
                : name.StartsWith("exporter", StringComparison.Ordinal) ? [Permissions.RunExports]
                : [Permissions.RunImports, Permissions.WriteAreas];
            Context.Features.Set<ICallerFeature>(
                new Feature(
                    new Caller
                    {
                        Kind = CallerKind.Staff,
                        Id = name,
                        Channel = "api",
                        Permissions = permissions.ToHashSet(),
                        Purpose = "registration",
                        Fields =
                            name.StartsWith("exporter", StringComparison.Ordinal) && name != "exporter-blind"
                                ? FieldScope.All
                                : FieldScope.None,
                        Rows = name.StartsWith(Held, StringComparison.Ordinal)
                            ? new RowScope { Areas = new HashSet<string> { name[Held.Length..] } }
                            : RowScope.All,
                    }
                )
            );
            var identity = new ClaimsIdentity(permissions.Select(p => new Claim(Policies.PermissionClaim, p)), "test");
            return Task.FromResult(
                AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), "test"))
            );
        }

        private sealed record Feature(Caller Caller) : ICallerFeature;
    }
}

/// <summary>Keeps log lines in memory.</summary>
public sealed class TestLogs : ILoggerProvider
{
    private readonly List<string> lines = [];

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (lines)
            {
                return [.. lines];
            }
        }
    }

    public ILogger CreateLogger(string categoryName) => new Logger(lines);

    public void Dispose() { }

    private sealed class Logger(List<string> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        )
        {
            lock (lines)
            {
                lines.Add($"{eventId.Id} {formatter(state, exception)} {exception}");
            }
        }
    }
}
