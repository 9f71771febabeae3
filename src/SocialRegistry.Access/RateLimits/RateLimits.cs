using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using SocialRegistry.Access.Authentication;
using SocialRegistry.Contracts;
using SocialRegistry.Http;

namespace SocialRegistry.Access.RateLimits;

/// <summary>Token buckets: one for each partner and account, one for each address without a good token.</summary>
internal static class RateLimits
{
    public static void Configure(RateLimiterOptions limiter, AccessOptions options)
    {
        limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context =>
            context.Features.Get<CallerFeature>() is { } feature
                ? Partition($"{feature.Caller.Kind}:{feature.Caller.Id}", options.RequestsPerSecond)
                : Partition("address:" + AddressOf(context), options.AnonymousRequestsPerSecond)
        );
        limiter.OnRejected = async (rejected, cancellationToken) =>
        {
            rejected.HttpContext.Response.Headers.RetryAfter = Seconds(
                rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.FromSeconds(1)
            );
            await rejected.HttpContext.RefuseAsync(
                new Problem(
                    "access.too_many_requests",
                    ProblemKind.TooMany,
                    "More requests than allowed; wait as Retry-After says."
                )
            );
        };
    }

    /// <summary>A bucket that holds two seconds' worth.</summary>
    public static RateLimitPartition<string> Partition(string key, int perSecond)
    {
        if (perSecond == 0)
        {
            return RateLimitPartition.GetNoLimiter(key);
        }

        // Ten small refills a second are smoother than one; below ten a second there is nothing to divide.
        var refills = perSecond >= 10 ? 10 : 1;
        return RateLimitPartition.GetTokenBucketLimiter(
            key,
            _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = perSecond * 2,
                TokensPerPeriod = perSecond / refills,
                ReplenishmentPeriod = TimeSpan.FromSeconds(1.0 / refills),
                QueueLimit = 0,
            }
        );
    }

    /// <summary>The caller's network address; of an IPv6 address the /64, since one customer has all of it.</summary>
    public static string AddressOf(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress ?? IPAddress.None;
        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? new IPAddress([.. address.GetAddressBytes()[..8], .. new byte[8]]) + "/64"
            : address.ToString();
    }

    /// <summary>Whole seconds for <c>Retry-After</c>, at least one.</summary>
    public static string Seconds(TimeSpan wait) =>
        Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
}
