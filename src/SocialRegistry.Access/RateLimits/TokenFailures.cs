using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace SocialRegistry.Access.RateLimits;

/// <summary>
/// Slows guessing at the token endpoint: failures, and only they, empty a bucket of the address and one of client and address together.
/// A client is never locked for everybody, since a stranger could then lock a partner out; its secret is too long to be guessed at this rate.
/// </summary>
/// <remarks>Not the framework's limiter: that one cannot be asked without taking, and a success must take nothing.</remarks>
internal sealed class TokenFailures(IOptions<AccessOptions> options, TimeProvider time)
{
    private const int MaxBuckets = 10_000;

    private readonly ConcurrentDictionary<string, Bucket> buckets = new(StringComparer.Ordinal);

    private double PerAddress => options.Value.TokenFailuresPerSecond;

    /// <summary>A tenth of what an address may.</summary>
    private double PerClient => options.Value.TokenFailuresPerSecond / 10.0;

    /// <summary>How long to wait; absent when the request may be looked at.</summary>
    public TimeSpan? Wait(HttpContext context, string? clientId)
    {
        var longest = TimeSpan.Zero;
        foreach (var (key, perSecond) in Keys(context, clientId))
        {
            if (
                buckets.TryGetValue(key, out var bucket)
                && bucket.Wait(time.GetUtcNow(), perSecond) is var wait
                && wait > longest
            )
            {
                longest = wait;
            }
        }

        return longest > TimeSpan.Zero ? longest : null;
    }

    public void Count(HttpContext context, string? clientId)
    {
        var now = time.GetUtcNow();
        if (buckets.Count > MaxBuckets)
        {
            foreach (var (key, bucket) in buckets)
            {
                if (bucket.IsForgiven(now, PerClient))
                {
                    buckets.TryRemove(key, out _);
                }
            }
        }

        foreach (var (key, perSecond) in Keys(context, clientId))
        {
            buckets.GetOrAdd(key, _ => new Bucket()).Take(now, perSecond);
        }
    }

    private IEnumerable<(string Key, double PerSecond)> Keys(HttpContext context, string? clientId)
    {
        var address = RateLimits.AddressOf(context);
        yield return ("address:" + address, PerAddress);
        if (clientId is { Length: <= 100 })
        {
            yield return ($"client:{address}:{clientId}", PerClient);
        }
    }

    /// <summary>Failures that have not been forgiven yet; they are forgiven at a steady rate, and the bucket takes two seconds' worth, at least five.</summary>
    private sealed class Bucket
    {
        private readonly Lock gate = new();
        private double failures;
        private DateTimeOffset at;

        public TimeSpan Wait(DateTimeOffset now, double perSecond)
        {
            lock (gate)
            {
                var over = Left(now, perSecond) + 1 - Size(perSecond);
                return over > 0 ? TimeSpan.FromSeconds(over / perSecond) : TimeSpan.Zero;
            }
        }

        public void Take(DateTimeOffset now, double perSecond)
        {
            lock (gate)
            {
                failures = Math.Min(Left(now, perSecond) + 1, Size(perSecond));
                at = now;
            }
        }

        public bool IsForgiven(DateTimeOffset now, double perSecond)
        {
            lock (gate)
            {
                return Left(now, perSecond) <= 0;
            }
        }

        private static double Size(double perSecond) => Math.Max(5, perSecond * 2);

        private double Left(DateTimeOffset now, double perSecond) =>
            Math.Max(0, failures - (Math.Max(0, (now - at).TotalSeconds) * perSecond));
    }
}
