using System.Diagnostics;

namespace SocialRegistry.Host.Benchmarks;

/// <summary>What a closed loop reached.</summary>
/// <param name="Milliseconds">Latency of each operation.</param>
/// <param name="Elapsed">Time of the clock.</param>
/// <param name="Cpu">Processor time of this process meanwhile, of all that ran in it.</param>
internal sealed record LoopResult(IReadOnlyList<double> Milliseconds, TimeSpan Elapsed, TimeSpan Cpu)
{
    public static LoopResult Empty { get; } = new([], TimeSpan.Zero, TimeSpan.Zero);

    public double PerSecond => Elapsed == TimeSpan.Zero ? 0 : Milliseconds.Count / Elapsed.TotalSeconds;

    public BenchLatency Latency()
    {
        List<double> sorted = [.. Milliseconds.Order()];
        return new BenchLatency(
            HttpLoad.Percentile(sorted, 0.5),
            HttpLoad.Percentile(sorted, 0.99),
            sorted.Count == 0 ? 0 : Cpu.TotalMicroseconds / sorted.Count
        );
    }

    public static LoopResult operator +(LoopResult one, LoopResult other) =>
        new([.. one.Milliseconds, .. other.Milliseconds], one.Elapsed + other.Elapsed, one.Cpu + other.Cpu);
}

/// <summary>Always as many operations under way as there are clients.</summary>
internal static class ClosedLoop
{
    /// <param name="operation">Is given the number of its client, from 0.</param>
    public static async Task<LoopResult> RunAsync(
        int clients,
        TimeSpan duration,
        Func<int, Task> operation,
        CancellationToken cancellationToken
    )
    {
        using var process = Process.GetCurrentProcess();
        var cpu = process.TotalProcessorTime;
        var clock = Stopwatch.StartNew();
        var latencies = await Task.WhenAll(
            Enumerable
                .Range(0, clients)
                .Select(client =>
                    Task.Run(
                        () => ClientAsync(client, clock, duration, operation, cancellationToken),
                        cancellationToken
                    )
                )
        );
        var elapsed = clock.Elapsed;
        process.Refresh();
        return new LoopResult([.. latencies.SelectMany(l => l)], elapsed, process.TotalProcessorTime - cpu);
    }

    /// <summary>Both in turn, twice, so that a change in the machine's mood meets both; after a warm-up, ours long enough for the runtime to settle its code.</summary>
    public static async Task<(LoopResult Ours, LoopResult Limit)> BesideAsync(
        int clients,
        TimeSpan duration,
        Func<int, Task> ours,
        Func<int, Task> limit,
        CancellationToken cancellationToken
    )
    {
        await RunAsync(clients, duration, ours, cancellationToken);
        await RunAsync(clients, duration / 5, limit, cancellationToken);
        var (sumOurs, sumLimit) = (LoopResult.Empty, LoopResult.Empty);
        for (var round = 0; round < 2; round++)
        {
            sumOurs += await RunAsync(clients, duration / 2, ours, cancellationToken);
            sumLimit += await RunAsync(clients, duration / 2, limit, cancellationToken);
        }

        return (sumOurs, sumLimit);
    }

    private static async Task<List<double>> ClientAsync(
        int client,
        Stopwatch clock,
        TimeSpan duration,
        Func<int, Task> operation,
        CancellationToken cancellationToken
    )
    {
        var latencies = new List<double>();
        while (clock.Elapsed < duration)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var started = Stopwatch.GetTimestamp();
            await operation(client);
            latencies.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            // SQLite never waits: without this the first clients would keep all threads to themselves.
            await Task.Yield();
        }

        return latencies;
    }
}
