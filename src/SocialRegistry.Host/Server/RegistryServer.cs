using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.FileProviders;
using SocialRegistry.Access;
using SocialRegistry.Api;
using SocialRegistry.Credentials;
using SocialRegistry.Exchange;
using SocialRegistry.Grpc;
using SocialRegistry.Host.Commands;
using SocialRegistry.Http;
using SocialRegistry.Protection;
using SocialRegistry.Registry;
using SocialRegistry.Standards;
using SocialRegistry.Storage;

namespace SocialRegistry.Host.Server;

/// <summary>Puts the modules together into one process.</summary>
internal static class RegistryServer
{
    /// <summary>Largest request body unless a route says otherwise, in bytes.</summary>
    private const long MaxBodyBytes = 4 * 1024 * 1024;

    /// <summary>Builds the server. Touches neither database nor key files.</summary>
    public static WebApplication Build(ServerSettings settings)
    {
        var builder = WebApplication.CreateBuilder(
            new WebApplicationOptions
            {
                ContentRootPath = AppContext.BaseDirectory,
                ApplicationName = typeof(RegistryServer).Assembly.GetName().Name,
            }
        );
        builder.Configuration.AddInMemoryCollection(settings.Overrides);
        var urls = settings.Urls ?? builder.Configuration[WebHostDefaults.ServerUrlsKey] ?? Listeners.DefaultUrls;
        var grpcUrl = builder.Configuration["Grpc:Url"] ?? "http://127.0.0.1:5081";
        builder.WebHost.UseSetting(WebHostDefaults.ServerUrlsKey, "");
        if (!settings.RoutesOnly)
        {
            builder.WebHost.ConfigureKestrel(kestrel =>
            {
                kestrel.AddServerHeader = false;
                kestrel.Limits.MaxRequestBodySize = MaxBodyBytes;
                kestrel.Limits.MaxRequestHeadersTotalSize = 32 * 1024;
                kestrel.Listen(urls, grpcUrl, builder.Configuration);
            });
        }

        CheckSettings(builder.Configuration, grpcUrl);
        var roles = Roles.From(builder.Configuration);
        AddServices(builder, settings, roles);
        var app = builder.Build();
        UsePipeline(app);
        MapRoutes(app, roles);

        // Makes the routes known before the server starts: the OpenAPI document is written without starting one.
        app.UseEndpoints(_ => { });
        return app;
    }

    /// <summary>Opens the keys, brings the tables to the newest form, applies the bootstrap file and makes the first administrator.</summary>
    public static async Task PrepareAsync(
        WebApplication app,
        ServerSettings settings,
        CancellationToken cancellationToken
    )
    {
        app.Services.GetRequiredService<FileKeyRing>().SelfTest();
        var database = app.Services.GetRequiredService<DatabaseOptions>();
        if (database.Migrate)
        {
            foreach (var migrator in app.Services.GetServices<IModuleMigrator>())
            {
                await migrator.MigrateAsync(cancellationToken);
            }
        }

        await Bootstrap.ApplyAsync(app, settings.Bootstrap ?? app.Configuration["Bootstrap:File"], cancellationToken);
    }

    /// <summary>The real addresses, also when port 0 was asked for.</summary>
    public static IReadOnlyList<string> Addresses(WebApplication app) =>
        [.. app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses];

    public static void PrintAddresses(WebApplication app)
    {
        var addresses = Addresses(app);
        foreach (var address in addresses.SkipLast(1))
        {
            Console.WriteLine($"HTTP on {address}   (API description at {address}/swagger)");
        }

        Console.WriteLine($"gRPC on {addresses[^1]}");
    }

    /// <summary>What is wrong in the settings is told in one line, before anything is opened.</summary>
    private static void CheckSettings(IConfiguration configuration, string grpcUrl)
    {
        try
        {
            PublicAddress.From(configuration);
            DatabaseOptions.From(configuration);
            GrpcListenerRules.Check(grpcUrl, configuration);
        }
        catch (InvalidOperationException e)
        {
            throw new OperatorException(e.Message);
        }
    }

    private static void AddServices(WebApplicationBuilder builder, ServerSettings settings, Roles roles)
    {
        var services = builder.Services;
        services.AddSingleton(TimeProvider.System);
        services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase));
            options.SerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
            // Answers are JSON, never put into a page: names with signs and letters of every script stay readable.
            options.SerializerOptions.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
            options.SerializerOptions.RespectNullableAnnotations = true;
            options.SerializerOptions.MaxDepth = 32;
            options.SerializerOptions.AllowDuplicateProperties = false;
        });
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.AddProblemDetails(options => options.CustomizeProblemDetails = ProblemForms.Unify);
        services.AddExceptionHandler<ErrorHandling>();
        services.AddHealthChecks().AddCheck<DatabaseHealth>("database", tags: ["ready"]);
        services.AddProtection(options =>
            options.RequirePassphrase = !settings.Demo && !builder.Environment.IsDevelopment()
        );
        if (roles.Core)
        {
            services.AddRegistry();
            services.AddRegistryGrpc();
        }
        else
        {
            services.AddGrpcPorts(Roles.CoreAddress(builder.Configuration));
        }

        services.AddAccess();
        services.AddApi();
        services.AddStandards();
        if (roles.Exchange)
        {
            services.AddExchange();
        }

        if (roles.Credentials)
        {
            services.AddCredentials();
        }

        services.AddCors();
        services.AddOpenApiDocuments();
    }

    private static void UsePipeline(WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseMiddleware<SecurityHeaders>();
        var pages = Path.Combine(AppContext.BaseDirectory, "wwwroot");
        if (Directory.Exists(pages))
        {
            app.UseFileServer(new FileServerOptions { FileProvider = new PhysicalFileProvider(pages) });
        }

        app.UseRouting();
        app.UseSeparateGrpcListener();
        app.UseCors();
        app.UseAccess();
        app.UseMiddleware<RequestForm>();
        app.UseOpenApiDocuments();
    }

    private static void MapRoutes(WebApplication app, Roles roles)
    {
        const string Balancers = "Load balancers ask without a token; the answer is one word.";
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false })
            .AllowEverybody(Balancers);
        app.MapHealthChecks("/health/ready").AllowEverybody(Balancers);
        app.MapAccess();
        if (roles.Api)
        {
            app.MapApi();
        }

        if (roles.Standards)
        {
            app.MapStandards();
        }

        if (roles.Exchange)
        {
            app.MapExchange();
        }

        if (roles.Credentials)
        {
            app.MapCredentials();
        }

        if (roles.Core)
        {
            // Roles call each other on behalf of callers who were counted at the door already.
            app.MapRegistryGrpc(endpoint => endpoint.WithMetadata(new GrpcServiceMarker()).DisableRateLimiting());
        }
    }
}
