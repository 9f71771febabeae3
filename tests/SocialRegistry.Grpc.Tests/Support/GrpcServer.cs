using System.Collections.Concurrent;
using System.Net;
using System.Text.Encodings.Web;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using SocialRegistry.Contracts;
using SocialRegistry.Grpc.Calls;
using SocialRegistry.Protection;

namespace SocialRegistry.Grpc.Tests.Support;

/// <summary>A real Kestrel on a free port of this machine, HTTP/2 only, with the fall-back policy that denies.</summary>
internal sealed class GrpcServer : IAsyncDisposable
{
    private readonly WebApplication app;

    private GrpcServer(WebApplication app, FakeTimeProvider time, LogLines logs)
    {
        this.app = app;
        Keys = app.Services.GetRequiredService<IKeyRing>();
        Time = time;
        Logs = logs;
        Address = new Uri(
            app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()
        );
        Channel = GrpcChannel.ForAddress(
            Address,
            new GrpcChannelOptions { MaxSendMessageSize = null, MaxReceiveMessageSize = null }
        );
    }

    public Uri Address { get; }

    public IKeyRing Keys { get; }

    public FakeTimeProvider Time { get; }

    public LogLines Logs { get; }

    /// <summary>The <c>grpc-timeout</c> each call came with.</summary>
    public ConcurrentQueue<string> Timeouts { get; private init; } = [];

    /// <summary>A stock client's connection, without tokens.</summary>
    public GrpcChannel Channel { get; }

    public IServiceProvider Services => app.Services;

    public static async Task<GrpcServer> StartAsync(
        Action<IServiceCollection> ports,
        Action<ListenOptions, IConfiguration>? listen = null,
        Dictionary<string, string?>? settings = null
    )
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var logs = new LogLines();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Logging.ClearProviders().AddProvider(logs);
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(
                IPAddress.Loopback,
                0,
                options =>
                {
                    options.Protocols = HttpProtocols.Http2;
                    listen?.Invoke(options, builder.Configuration);
                }
            )
        );
        builder.Services.AddSingleton<TimeProvider>(time);
        ports(builder.Services);
        builder.Services.TryAddSingleton<IKeyRing>(new TestKeyRing());
        // As in the host: another scheme is the default one, and it knows no caller token.
        builder.Services.AddAuthentication("other").AddScheme<AuthenticationSchemeOptions, OtherScheme>("other", null);
        builder.Services.AddRegistryGrpc();
        builder.Services.AddHealthChecks().AddCheck<SwitchedHealth>("test");
        builder.Services.AddSingleton<SwitchedHealth>();
        builder
            .Services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAssertion(_ => false).Build());
        var app = builder.Build();
        var timeouts = new ConcurrentQueue<string>();
        app.UseRouting();
        app.Use(
            (context, next) =>
            {
                timeouts.Enqueue(context.Request.Headers["grpc-timeout"].ToString());
                return next(context);
            }
        );
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapRegistryGrpc(endpoint => endpoint.WithMetadata(new Marked()));
        await app.StartAsync();
        return new GrpcServer(app, time, logs) { Timeouts = timeouts };
    }

    /// <summary>The ports as another role of the deployment has them.</summary>
    public ServiceProvider Role(IKeyRing? keys = null, Dictionary<string, string?>? settings = null) =>
        new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
            .AddSingleton<TimeProvider>(Time)
            .AddSingleton(keys ?? Keys)
            .AddGrpcPorts(Address)
            .BuildServiceProvider();

    public string Token(Caller? caller = null) =>
        new CallerTokens(Keys, Time).Mint(caller ?? Caller.System("test", "grpc")).Require();

    /// <summary>Metadata of a stock client with a token.</summary>
    public CallOptions Signed(TimeSpan? deadline = null, CancellationToken cancellationToken = default) =>
        With("Bearer " + Token(), deadline, cancellationToken);

    public static CallOptions With(
        string? authorization,
        TimeSpan? deadline = null,
        CancellationToken cancellationToken = default
    )
    {
        var metadata = new Metadata();
        if (authorization is not null)
        {
            metadata.Add("authorization", authorization);
        }

        return new CallOptions(metadata, DateTime.UtcNow + (deadline ?? TimeSpan.FromSeconds(30)), cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        Channel.Dispose();
        await app.DisposeAsync();
    }
}

/// <summary>A health check that tests turn off.</summary>
internal sealed class SwitchedHealth : IHealthCheck
{
    public bool Healthy { get; set; } = true;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken) =>
        Task.FromResult(Healthy ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("secret reason"));
}

/// <summary>Refuses every bearer token.</summary>
internal sealed class OtherScheme(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory loggers,
    UrlEncoder encoder
) : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    protected override Task<AuthenticateResult> HandleAuthenticateAsync() =>
        Task.FromResult(AuthenticateResult.Fail("unknown token"));
}

/// <summary>Put on every endpoint by the host.</summary>
internal sealed class Marked;
