using SocialRegistry.Contracts;
using SocialRegistry.Host.Demo;
using SocialRegistry.Host.Server;

namespace SocialRegistry.Host.Benchmarks;

/// <summary>A registry of its own for one measurement: real server, real HTTP, temporary folder.</summary>
internal sealed class BenchRegistry : IAsyncDisposable
{
    public const string Partner = DemoSecrets.Partner;

    private readonly WebApplication app;
    private readonly DemoClient client;
    private readonly DemoFolder folder;

    private BenchRegistry(WebApplication app, DemoClient client, DemoFolder folder, HttpClient http)
    {
        this.app = app;
        this.client = client;
        this.folder = folder;
        Http = http;
    }

    /// <summary>The ports in process.</summary>
    public IServiceProvider Services => app.Services;

    /// <summary>Sends to the server without a token.</summary>
    public HttpClient Http { get; }

    /// <param name="seals">Seals the change log meanwhile; that has a measurement of its own.</param>
    public static async Task<BenchRegistry> StartAsync(
        string root,
        string? database,
        bool seals,
        CancellationToken cancellationToken
    )
    {
        var folder = DemoFolder.Open(root);
        // With an administrator of its own, so that no first one is made and told.
        var demo = DemoSecrets.New();
        var secrets = demo with
        {
            Staff = [.. demo.Staff, new DemoStaff("bench", demo.PersonPassword, ["system-administrator"])],
        };
        var urls = FreePorts.Resolve("http://127.0.0.1:0");
        var settings = new ServerSettings
        {
            Demo = true,
            Urls = urls,
            Bootstrap = await folder.WriteBootstrapAsync(secrets, person: null, own: null, cancellationToken),
            Overrides = new Dictionary<string, string?>
            {
                ["ConnectionStrings:Registry"] = database ?? "Data Source=" + folder.Database,
                ["Keys:Path"] = Path.Combine(root, "keys"),
                ["Keys:Passphrase"] = "",
                ["Keys:PassphraseFile"] = "",
                ["PublicUrl"] = urls,
                ["Grpc:Url"] = "http://127.0.0.1:0",
                ["Registry:SealLog"] = seals ? "true" : "false",
                ["Access:RequestsPerSecond"] = "0",
                ["Access:AnonymousRequestsPerSecond"] = "0",
                ["Logging:LogLevel:Default"] = "Critical",
                ["Logging:LogLevel:Microsoft.EntityFrameworkCore"] = "Critical",
            },
        };
        var app = RegistryServer.Build(settings);
        await RegistryServer.PrepareAsync(app, settings, cancellationToken);
        await app.StartAsync(cancellationToken);
        var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 256 })
        {
            BaseAddress = new Uri(urls),
            Timeout = TimeSpan.FromSeconds(30),
        };
        return new BenchRegistry(app, new DemoClient(urls, secrets), folder, http);
    }

    /// <summary>Imports the sample country and tells its persons' identifiers.</summary>
    public async Task<IReadOnlyList<Identifier>> FillAsync(
        int seed,
        int households,
        CancellationToken cancellationToken
    )
    {
        var sample = SampleCountry.Write(folder.Sample, seed, households);
        await client.SignInAsync(cancellationToken);
        await client.ImportAsync("group", sample.HouseholdsFile, cancellationToken);
        await client.ImportAsync("individual", sample.PersonsFile, cancellationToken);
        return sample.PersonIdentifiers;
    }

    /// <summary>A fresh access token with all of the partner's scopes.</summary>
    public async Task<string> TokenAsync(CancellationToken cancellationToken)
    {
        await client.SignInAsync(cancellationToken);
        return client.Token;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        client.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
    }
}
