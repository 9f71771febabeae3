using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Configuration;
using SocialRegistry.Grpc.Listening;

namespace SocialRegistry.Grpc;

/// <summary>
/// Where the internal gRPC port may listen: on loopback as it likes, elsewhere only with mutual TLS and a list of the permitted
/// client certificates (design section 2). The caller token is asked for in either case.
/// </summary>
public static class GrpcListenerRules
{
    /// <summary>Refuses an address that the settings do not protect.</summary>
    /// <param name="url">Such as <c>http://127.0.0.1:5081</c> or <c>https://+:5081</c>.</param>
    /// <param name="configuration">
    /// <c>Grpc:Certificate</c> (path of a PFX file), <c>Grpc:CertificatePassword</c>,
    /// <c>Grpc:ClientCertificates</c> (SHA-256 thumbprints).
    /// </param>
    /// <exception cref="InvalidOperationException">With what to set.</exception>
    public static void Check(string url, IConfiguration configuration)
    {
        BindingAddress address;
        try
        {
            address = BindingAddress.Parse(url);
        }
        catch (FormatException)
        {
            throw new InvalidOperationException($"Grpc:Url '{url}' is not an address such as http://127.0.0.1:5081.");
        }

        var isHttp = address.Scheme.Equals("http", StringComparison.OrdinalIgnoreCase);
        if (address.IsUnixPipe || address.IsNamedPipe || (!isHttp && !IsHttps(address)))
        {
            throw new InvalidOperationException("Grpc:Url must be an http or https address.");
        }

        if (isHttp)
        {
            if (!IsLoopback(address.Host))
            {
                throw new InvalidOperationException(
                    $"Grpc:Url {url} is reached from other machines: write it with https and set Grpc:Certificate and Grpc:ClientCertificates, or listen on 127.0.0.1."
                );
            }

            return;
        }

        var grpc = configuration.GetSection("Grpc");
        using var certificate = Certificates.Load(grpc, "Certificate");
        if (certificate is null)
        {
            throw new InvalidOperationException(
                $"Grpc:Url {url} needs Grpc:Certificate, the path of a PFX file with the server's certificate and key."
            );
        }

        if (Certificates.Thumbprints(grpc, "ClientCertificates").Count == 0)
        {
            throw new InvalidOperationException(
                $"Grpc:Url {url} needs Grpc:ClientCertificates, the SHA-256 thumbprints of the certificates that may call."
            );
        }
    }

    /// <summary>
    /// TLS for an https address that passed <see cref="Check"/>: the server's certificate, and a connection only for clients
    /// that prove one of the listed certificates.
    /// </summary>
    public static void ConfigureTls(HttpsConnectionAdapterOptions options, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(options);
        var grpc = configuration.GetSection("Grpc");
        var permitted = Certificates.Thumbprints(grpc, "ClientCertificates");
        options.ServerCertificate = Certificates.Load(grpc, "Certificate");
        options.ClientCertificateMode = ClientCertificateMode.RequireCertificate;
        options.ClientCertificateValidation = (presented, _, _) => Certificates.IsPermitted(presented, permitted);
    }

    /// <summary>True when the address needs <see cref="ConfigureTls"/>.</summary>
    public static bool IsHttps(string url) => IsHttps(BindingAddress.Parse(url));

    private static bool IsHttps(BindingAddress address) =>
        address.Scheme.Equals("https", StringComparison.OrdinalIgnoreCase);

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));
}
