using System.Net;
using System.Net.Sockets;

namespace SocialRegistry.Host.Demo;

/// <summary>Port 0 means a free one; the demo has to know it before it starts, since it stands in the issuer's identifier.</summary>
internal static class FreePorts
{
    public static string Resolve(string urls) =>
        string.Join(
            ';',
            urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(ResolveOne)
        );

    /// <summary>The first address as a client on this machine writes it.</summary>
    public static string Reachable(string urls)
    {
        var address = BindingAddress.Parse(urls.Split(';')[0]);
        var host = address.Host is "+" or "*" or "0.0.0.0" or "[::]" ? "localhost" : address.Host;
        return $"{address.Scheme}://{host}:{address.Port}";
    }

    private static string ResolveOne(string url)
    {
        var address = BindingAddress.Parse(url);
        if (address.Port != 0)
        {
            return url;
        }

        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return $"{address.Scheme}://{address.Host}:{((IPEndPoint)listener.LocalEndpoint).Port}";
    }
}
