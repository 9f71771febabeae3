using System.Runtime.InteropServices;
using Spectre.Console;

namespace SocialRegistry.Host.Benchmarks;

/// <summary>What <c>bench</c> was asked for.</summary>
/// <param name="Subject"><c>formats</c>, <c>search</c> or <c>all</c>.</param>
/// <param name="Duration">Length of each measurement.</param>
/// <param name="Households">Households in the register that is searched.</param>
/// <param name="Database">A PostgreSQL connection string; a temporary SQLite file when absent.</param>
internal sealed record BenchRequest(string Subject, TimeSpan Duration, int Households, string? Database);

/// <summary>One figure beside its limit.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Unit">Unit of both figures.</param>
/// <param name="Value">The product's figure.</param>
/// <param name="LimitName">What the limit is.</param>
/// <param name="Limit">The limit's figure, of the same run.</param>
internal sealed record BenchFigure(string Name, string Unit, double Value, string LimitName, double Limit)
{
    /// <summary>Lowest ratio wanted; absent when there is none yet.</summary>
    public double? Goal { get; init; }

    /// <summary>What the limit reaches on the reference machine (2 cores); absent when there is no such figure.</summary>
    public double? Reference { get; init; }

    /// <summary>Highest median wanted of <see cref="Latency"/>, in milliseconds; absent when there is none.</summary>
    public double? GoalMilliseconds { get; init; }

    /// <summary>How long one operation took, and its processor time; absent where rates say it all.</summary>
    public BenchLatency? Latency { get; init; }

    /// <summary>The same of the limit.</summary>
    public BenchLatency? LimitLatency { get; init; }

    /// <summary>Round trips to the database that one operation of ours makes by itself; disclosures travel many at once beside them.</summary>
    public int? RoundTrips { get; init; }

    /// <summary><see cref="Value"/> as a share of <see cref="Limit"/>.</summary>
    public double Ratio => Limit == 0 ? 0 : Value / Limit;

    /// <summary>False when the limit itself is more than 20 % below its reference: a ratio to it would flatter.</summary>
    public bool LimitTrusted => Reference is not { } reference || Limit >= 0.8 * reference;

    /// <summary><c>met</c>, <c>missed</c>, <c>limit not trusted</c>, or nothing without a goal.</summary>
    public string? Verdict =>
        Goal is null && GoalMilliseconds is null ? null
        : !LimitTrusted ? "limit not trusted"
        : (Goal is { } goal && Ratio < goal) || (GoalMilliseconds is { } most && !(Latency?.P50Milliseconds <= most))
            ? "missed"
        : "met";
}

/// <summary>What one operation costs.</summary>
/// <param name="CpuMicroseconds">Processor time of this process; a database server's own is not in it.</param>
internal sealed record BenchLatency(double P50Milliseconds, double P99Milliseconds, double CpuMicroseconds);

/// <summary>The figures of one run, with what they were measured on.</summary>
internal sealed record BenchReport(IReadOnlyList<BenchFigure> Figures, IReadOnlyDictionary<string, string> Conditions)
{
    public static Dictionary<string, string> Machine(BenchRequest request) => Machine(request.Duration);

    public static Dictionary<string, string> Machine(TimeSpan duration) =>
        new()
        {
            ["cores"] = Environment.ProcessorCount.ToString(),
            ["runtime"] = RuntimeInformation.FrameworkDescription,
            ["system"] = RuntimeInformation.OSDescription,
            ["version"] = typeof(BenchReport).Assembly.GetName().Version?.ToString(3) ?? "",
            ["secondsPerMeasurement"] = duration.TotalSeconds.ToString("0"),
        };

    public void Print()
    {
        var table = new Table().AddColumns("Measured", "Figure", "Limit of the same run", "Ratio", "Goal", "");
        foreach (var figure in Figures)
        {
            table.AddRow(
                Markup.Escape(figure.Name),
                Markup.Escape($"{figure.Value:N0} {figure.Unit}"),
                Markup.Escape($"{figure.Limit:N0} {figure.Unit} ({figure.LimitName})"),
                $"{figure.Ratio:0.00}",
                Goals(figure),
                figure.Verdict ?? ""
            );
        }

        AnsiConsole.Write(table);
        if (Figures.Any(f => f.Latency is not null))
        {
            AnsiConsole.Write(Costs());
        }

        foreach (var (name, value) in Conditions)
        {
            Console.WriteLine($"{name}: {value}");
        }
    }

    private static string Goals(BenchFigure figure)
    {
        var goals = new List<string>();
        if (figure.Goal is { } ratio)
        {
            goals.Add($"{ratio:0.00}");
        }

        if (figure.GoalMilliseconds is { } most)
        {
            goals.Add($"{most:0.#} ms");
        }

        return goals.Count == 0 ? "-" : string.Join(", ", goals);
    }

    private Table Costs()
    {
        var table = new Table().AddColumns(
            "One operation",
            "p50",
            "p99",
            "CPU here",
            "Round trips",
            "Limit p50",
            "Limit p99",
            "Limit CPU here"
        );
        foreach (var figure in Figures)
        {
            table.AddRow([
                Markup.Escape(figure.Name),
                .. Cells(figure.Latency),
                figure.RoundTrips?.ToString() ?? "",
                .. Cells(figure.LimitLatency),
            ]);
        }

        return table;
    }

    private static string[] Cells(BenchLatency? of) =>
        of is null
            ? ["", "", ""]
            : [$"{of.P50Milliseconds:0.00} ms", $"{of.P99Milliseconds:0.00} ms", $"{of.CpuMicroseconds:N0} µs"];
}
