using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;

namespace SocialRegistry.Host.Benchmarks;

/// <summary>Load over HTTP from the same process.</summary>
internal static class HttpLoad
{
    /// <summary>Closed loop: answers a second with this many requests always under way. Any answer but 200 ends the run.</summary>
    public static async Task<double> ClosedAsync(
        HttpClient http,
        Func<HttpRequestMessage> request,
        int concurrency,
        TimeSpan duration,
        CancellationToken cancellationToken
    )
    {
        var answers = 0L;
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(
            Enumerable
                .Range(0, concurrency)
                .Select(_ =>
                    Task.Run(
                        async () =>
                        {
                            while (clock.Elapsed < duration)
                            {
                                await SendAsync(http, request(), cancellationToken);
                                Interlocked.Increment(ref answers);
                            }
                        },
                        cancellationToken
                    )
                )
        );
        return answers / clock.Elapsed.TotalSeconds;
    }

    /// <summary>Open loop: requests start on a fixed schedule whatever the answers do; latencies count from the scheduled start.</summary>
    /// <returns>Latencies in milliseconds, sorted.</returns>
    public static async Task<IReadOnlyList<double>> OpenAsync(
        HttpClient http,
        Func<HttpRequestMessage> request,
        double perSecond,
        TimeSpan duration,
        CancellationToken cancellationToken
    )
    {
        var latencies = new ConcurrentBag<double>();
        var running = new List<Task>();
        var clock = Stopwatch.StartNew();
        var total = (int)(perSecond * duration.TotalSeconds);
        for (var i = 0; i < total; i++)
        {
            var due = TimeSpan.FromSeconds(i / perSecond);
            if (due - clock.Elapsed is { } wait && wait > TimeSpan.FromMilliseconds(1))
            {
                await Task.Delay(wait, cancellationToken);
            }

            running.Add(
                Task.Run(
                    async () =>
                    {
                        await SendAsync(http, request(), cancellationToken);
                        latencies.Add((clock.Elapsed - due).TotalMilliseconds);
                    },
                    cancellationToken
                )
            );
        }

        await Task.WhenAll(running);
        return [.. latencies.Order()];
    }

    public static double Percentile(IReadOnlyList<double> sorted, double share) =>
        sorted.Count == 0 ? 0 : sorted[Math.Min(sorted.Count - 1, (int)(sorted.Count * share))];

    public static HttpRequestMessage Json(string path, byte[] body, string? token)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        return request;
    }

    private static async Task SendAsync(
        HttpClient http,
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        using (request)
        {
            using var answer = await http.SendAsync(request, cancellationToken);
            answer.EnsureSuccessStatusCode();
            await answer.Content.CopyToAsync(Stream.Null, cancellationToken);
        }
    }
}
