using System.Text.Json;
using System.Text.Json.Nodes;
using SocialRegistry.Contracts;
using SocialRegistry.Host.Demo;
using SocialRegistry.Host.Server;

namespace SocialRegistry.Host.Benchmarks;

/// <summary>Identifier search over HTTP against a bare endpoint of the same server in the same run.</summary>
internal static class SearchBench
{
    private const int Seed = 20260101;
    private const int Concurrency = 32;

    public static async Task<IReadOnlyList<BenchFigure>> RunAsync(
        BenchRequest request,
        Dictionary<string, string> conditions,
        CancellationToken cancellationToken
    )
    {
        var folder = Directory.CreateTempSubdirectory("registry-bench-");
        try
        {
            await using var registry = await BenchRegistry.StartAsync(
                folder.FullName,
                request.Database,
                seals: true,
                cancellationToken
            );
            var identifiers = await registry.FillAsync(Seed, request.Households, cancellationToken);
            conditions["database"] = request.Database is null ? "SQLite" : "PostgreSQL";
            conditions["seed"] = Seed.ToString();
            conditions["persons"] = identifiers.Count.ToString();
            conditions["concurrency"] = Concurrency.ToString();
            return await MeasureAsync(registry, identifiers, request.Duration, cancellationToken);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<IReadOnlyList<BenchFigure>> MeasureAsync(
        BenchRegistry registry,
        IReadOnlyList<Identifier> identifiers,
        TimeSpan duration,
        CancellationToken cancellationToken
    )
    {
        var token = await registry.TokenAsync(cancellationToken);
        HttpRequestMessage Bare() => new(HttpMethod.Get, "/health/live");
        HttpRequestMessage Own() => HttpLoad.Json("/api/v1/registrants/search", OwnBody(Any(identifiers)), token);
        HttpRequestMessage Dci() => HttpLoad.Json("/registry/sync/search", DciBody(Any(identifiers)), token);

        Task<double> Closed(Func<HttpRequestMessage> request, TimeSpan time) =>
            HttpLoad.ClosedAsync(registry.Http, request, Concurrency, time, cancellationToken);

        var warmUp = duration / 2;
        foreach (var request in (Func<HttpRequestMessage>[])[Bare, Own, Dci])
        {
            await Closed(request, warmUp);
        }

        var bare = await Closed(Bare, duration);
        var own = await Closed(Own, duration);
        var dci = await Closed(Dci, duration);
        var ownLatency = await HttpLoad.OpenAsync(registry.Http, Own, own * 0.7, duration, cancellationToken);
        var dciLatency = await HttpLoad.OpenAsync(registry.Http, Dci, dci * 0.7, duration, cancellationToken);
        var bareLatency = await HttpLoad.OpenAsync(registry.Http, Bare, own * 0.7, duration, cancellationToken);
        return
        [
            new BenchFigure("own API, search by identifier", "answers/s", own, "bare endpoint", bare),
            new BenchFigure("DCI sync search by identifier", "answers/s", dci, "bare endpoint", bare),
            Latency("own API, p50 at 70 % load", ownLatency, bareLatency, 0.5),
            Latency("own API, p99 at 70 % load", ownLatency, bareLatency, 0.99),
            Latency("DCI, p50 at 70 % load", dciLatency, bareLatency, 0.5),
            Latency("DCI, p99 at 70 % load", dciLatency, bareLatency, 0.99),
        ];
    }

    private static BenchFigure Latency(
        string name,
        IReadOnlyList<double> of,
        IReadOnlyList<double> bare,
        double share
    ) =>
        new(
            name,
            "µs",
            1000 * HttpLoad.Percentile(of, share),
            "bare endpoint",
            1000 * HttpLoad.Percentile(bare, share)
        );

    private static Identifier Any(IReadOnlyList<Identifier> identifiers) =>
        identifiers[Random.Shared.Next(identifiers.Count)];

    private static byte[] OwnBody(Identifier identifier) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new JsonObject
            {
                ["query"] = new JsonObject
                {
                    ["identifier"] = new JsonObject { ["type"] = identifier.Type, ["value"] = identifier.Value },
                },
            }
        );

    private static byte[] DciBody(Identifier identifier) =>
        JsonSerializer.SerializeToUtf8Bytes(DciSearch.Request(BenchRegistry.Partner, identifier));
}
