using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using SocialRegistry.Grpc;
using SocialRegistry.Host.Commands;

namespace SocialRegistry.Host.Server;

/// <summary>The two listeners: HTTP for everybody, and gRPC (HTTP/2 only) for the roles of this deployment.</summary>
internal static class Listeners
{
    public const string DefaultUrls = "http://localhost:5080";

    public static void Listen(
        this KestrelServerOptions kestrel,
        string urls,
        string grpcUrl,
        IConfiguration configuration
    )
    {
        foreach (var url in urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            Listen(kestrel, url, options => { }, tls => { });
        }

        Listen(
            kestrel,
            grpcUrl,
            options =>
            {
                options.Protocols = HttpProtocols.Http2;
                options.Use(next =>
                    connection =>
                    {
                        connection.Features.Set<IGrpcConnection>(GrpcConnection.Instance);
                        return next(connection);
                    }
                );
            },
            tls => GrpcListenerRules.ConfigureTls(tls, configuration)
        );
    }

    /// <summary>gRPC is answered on its own listener only, and nothing else is answered there.</summary>
    public static IApplicationBuilder UseSeparateGrpcListener(this IApplicationBuilder app) =>
        app.Use(
            (context, next) =>
            {
                var isGrpcListener = context.Features.Get<IGrpcConnection>() is not null;
                var isGrpcRoute = context.GetEndpoint()?.Metadata.GetMetadata<GrpcServiceMarker>() is not null;
                if (isGrpcListener == isGrpcRoute || context.GetEndpoint() is null)
                {
                    return next(context);
                }

                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
            }
        );

    private static void Listen(
        KestrelServerOptions kestrel,
        string url,
        Action<ListenOptions> configure,
        Action<HttpsConnectionAdapterOptions> tls
    )
    {
        BindingAddress address;
        try
        {
            address = BindingAddress.Parse(url);
        }
        catch (FormatException)
        {
            throw new OperatorException(
                $"'{url}' is not an address to listen on. Write it like http://localhost:5080 or http://+:5080."
            );
        }

        void WithScheme(ListenOptions options)
        {
            configure(options);
            if (address.Scheme.Equals("https", StringComparison.OrdinalIgnoreCase))
            {
                options.UseHttps(tls);
            }
        }

        if (IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip))
        {
            kestrel.Listen(ip, address.Port, WithScheme);
        }
        else if (!address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase))
        {
            kestrel.ListenAnyIP(address.Port, WithScheme);
        }
        else if (address.Port == 0)
        {
            kestrel.Listen(IPAddress.Loopback, 0, WithScheme);
        }
        else
        {
            kestrel.ListenLocalhost(address.Port, WithScheme);
        }
    }

    private interface IGrpcConnection;

    private sealed class GrpcConnection : IGrpcConnection
    {
        public static GrpcConnection Instance { get; } = new();
    }
}

/// <summary>Marks the endpoints that only the gRPC listener answers.</summary>
internal sealed class GrpcServiceMarker;
