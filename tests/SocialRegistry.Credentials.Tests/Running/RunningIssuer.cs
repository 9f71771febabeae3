using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using SocialRegistry.Contracts;
using SocialRegistry.Credentials.Persistence;
using SocialRegistry.Http;
using SocialRegistry.Protection;
using SocialRegistry.Storage;
using SocialRegistry.Testing;

namespace SocialRegistry.Credentials.Tests.Running;

/// <summary>The credential service behind a real Kestrel, with a fresh database, fresh keys and a clock that stands still.</summary>
internal sealed class RunningIssuer : IAsyncDisposable
{
    public const string SdJwt = "SocialRegistryPerson_dc+sd-jwt";
    public const string JwtVc = "SocialRegistryPerson_jwt_vc_json";
    public const string JwtVcEs256 = "SocialRegistryPerson_jwt_vc_json_es256";

    public static readonly string[] Required = ["given_name", "surname", "birth_date"];

    private readonly TestDatabase database;
    private readonly string folder;

    private RunningIssuer(WebApplication app, TestDatabase database, string folder, string url, string issuer)
    {
        App = app;
        this.database = database;
        this.folder = folder;
        Origin = url;
        Issuer = issuer;
        Http = new HttpClient { BaseAddress = new Uri(url), Timeout = TimeSpan.FromSeconds(60) };
    }

    public WebApplication App { get; }

    public HttpClient Http { get; }

    /// <summary>Scheme, host and port.</summary>
    public string Origin { get; }

    /// <summary>The credential issuer identifier: the origin, and a path if there is one.</summary>
    public string Issuer { get; }

    public DatabaseOptions Database => database.Options;

    public FakeRegister Register => App.Services.GetRequiredService<FakeRegister>();

    public FakeTimeProvider Clock => App.Services.GetRequiredService<FakeTimeProvider>();

    public CredentialsDbContext Db() =>
        App.Services.GetRequiredService<IDbContextFactory<CredentialsDbContext>>().CreateDbContext();

    public static async Task<RunningIssuer> StartAsync(
        DatabaseProvider provider = DatabaseProvider.Sqlite,
        string path = ""
    )
    {
        var database = await TestDatabase.CreateAsync(provider);
        var folder = Directory.CreateTempSubdirectory("registry-issuer-").FullName;
        var url = $"http://127.0.0.1:{FreePort()}";
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls(url);
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(
            new Dictionary<string, string?>
            {
                ["ConnectionStrings:Registry"] = database.Options.ConnectionString,
                ["Keys:Path"] = DeploymentKeys.Into(Path.Combine(folder, "keys")),
                ["PublicUrl"] = url + path,
            }
        );
        Add(builder.Services);
        var app = builder.Build();
        app.UseRouting();
        app.UseCors();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapCredentials();
        foreach (var migrator in app.Services.GetServices<IModuleMigrator>())
        {
            await migrator.MigrateAsync(CancellationToken.None);
        }

        await app.StartAsync();
        return new RunningIssuer(app, database, folder, url, url + path);
    }

    private static void Add(IServiceCollection services)
    {
        // The clock stands at the real time, since clients of others read their own.
        services.AddSingleton(new FakeTimeProvider(DateTimeOffset.UtcNow));
        services.AddSingleton<TimeProvider>(provider => provider.GetRequiredService<FakeTimeProvider>());
        services.AddSingleton<FakeRegister>();
        services.AddSingleton<IRegistrants>(provider => provider.GetRequiredService<FakeRegister>());
        services.AddSingleton<IAttestations>(provider => provider.GetRequiredService<FakeRegister>());
        services.AddSingleton<IFieldCatalogue>(provider => provider.GetRequiredService<FakeRegister>());
        services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase));
            options.SerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
            options.SerializerOptions.MaxDepth = 32;
            options.SerializerOptions.AllowDuplicateProperties = false;
        });
        services.AddProblemDetails();
        services.AddAuthentication("test").AddScheme<AuthenticationSchemeOptions, TestCallers>("test", _ => { });
        services
            .AddAuthorizationBuilder()
            .AddPolicy(
                Permissions.OfferCredentials,
                policy => policy.RequireClaim(Policies.PermissionClaim, Permissions.OfferCredentials)
            );
        services.AddProtection();
        services.AddCredentials();
    }

    /// <summary>Sends the body as an offer request of a partner that may offer.</summary>
    public async Task<HttpResponseMessage> OfferAsync(string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/credential-offers")
        {
            Content = Forms.Json(body),
        };
        request.Headers.Add(TestCallers.Header, Permissions.OfferCredentials);
        return await Http.SendAsync(request);
    }

    /// <summary>An offer about a new person with the required fields and <paramref name="attested"/> attested.</summary>
    public async Task<Offered> OfferAsync(string[] configurations, bool txCode = true, params string[] attested)
    {
        var person = Register.Person([.. Required, .. attested]);
        var body = new JsonObject
        {
            ["registrant"] = person.ToString(),
            ["configurations"] = new JsonArray([.. configurations.Select(c => (JsonNode)c)]),
            ["txCode"] = txCode,
        };
        using var answer = await OfferAsync(body.ToJsonString());
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var made = await answer.ObjectAsync();
        using var read = await Http.GetAsync($"/credentials/offers/{made["id"]}");
        var code = (await read.ObjectAsync())["grants"]![Forms.PreAuthorized]!["pre-authorized_code"]!;
        return new Offered(
            person,
            (string)made["id"]!,
            (string)made["offer_uri"]!,
            (string?)made["tx_code"],
            (string)code!
        );
    }

    /// <summary>A token for an offer of these configurations.</summary>
    public async Task<string> TokenAsync(params string[] configurations)
    {
        var offer = await OfferAsync(configurations, txCode: false);
        using var answer = await Http.PostAsync("/credentials/token", Forms.Redeem(offer.Code));
        return (string)(await answer.ObjectAsync())["access_token"]!;
    }

    public async Task<string> NonceAsync()
    {
        using var answer = await Http.PostAsync("/credentials/nonce", null);
        return (string)(await answer.ObjectAsync())["c_nonce"]!;
    }

    public async Task<HttpResponseMessage> CredentialAsync(string? token, HttpContent body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/credentials/credential") { Content = body };
        if (token is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
        }

        return await Http.SendAsync(request);
    }

    /// <summary>Asks for one configuration with these proofs.</summary>
    public Task<HttpResponseMessage> CredentialAsync(string token, string configuration, params string[] proofs) =>
        CredentialAsync(
            token,
            JsonContent.Create(
                new JsonObject
                {
                    ["credential_configuration_id"] = configuration,
                    ["proofs"] = new JsonObject { ["jwt"] = new JsonArray([.. proofs.Select(p => (JsonNode)p)]) },
                }
            )
        );

    public async Task<JsonObject> VerifyAsync(string credential)
    {
        using var answer = await Http.PostAsJsonAsync(
            "/credentials/verify",
            new JsonObject { ["verifiableCredential"] = credential }
        );
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.ObjectAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await App.StopAsync();
        await App.DisposeAsync();
        await database.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

internal sealed record Offered(RegistrantId Person, string Id, string Uri, string? TxCode, string Code);
