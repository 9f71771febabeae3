namespace SocialRegistry.Host.Benchmarks;

/// <summary>Runs the chosen measurements.</summary>
internal static class Bench
{
    public static async Task<BenchReport> RunAsync(BenchRequest request, CancellationToken cancellationToken)
    {
        var figures = new List<BenchFigure>();
        var conditions = BenchReport.Machine(request);
        if (request.Subject is "formats" or "all")
        {
            figures.AddRange(FormatBench.Run(request.Duration));
        }

        if (request.Subject is "search" or "all")
        {
            figures.AddRange(await SearchBench.RunAsync(request, conditions, cancellationToken));
        }

        if (request.Subject is "log" or "all")
        {
            figures.AddRange(await LogBench.RunAsync(request, conditions, cancellationToken));
        }

        if (request.Subject is "versions" or "all")
        {
            figures.AddRange(await VersionsBench.RunAsync(request, conditions, cancellationToken));
        }

        return new BenchReport(figures, conditions);
    }
}
