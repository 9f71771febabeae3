using System.Diagnostics;
using System.Text.Json;
using SocialRegistry.Contracts;
using SocialRegistry.Host.Server;
using SocialRegistry.Registry.Verification;

namespace SocialRegistry.Host.Benchmarks;

/// <summary>Changes by many writers on records of their own, with and without the log being sealed beside them.</summary>
internal static class LogBench
{
    private const int Writers = 16;
    private const int Rounds = 3;

    private static readonly Caller Writer = Caller.System("bench", "cli");

    public static async Task<IReadOnlyList<BenchFigure>> RunAsync(
        BenchRequest request,
        Dictionary<string, string> conditions,
        CancellationToken cancellationToken
    )
    {
        var folder = Directory.CreateTempSubdirectory("registry-bench-");
        try
        {
            conditions["database"] = request.Database is null ? "SQLite" : "PostgreSQL";
            conditions["writers"] = Writers.ToString();
            var (one, without, with) = (new List<double>(), new List<double>(), new List<double>());
            for (var round = 0; round < Rounds; round++)
            {
                await using (var app = await StartAsync(folder.FullName, request, false, cancellationToken))
                {
                    one.Add(await MeasureAsync(app, 1, request.Duration, cancellationToken));
                    without.Add(await MeasureAsync(app, Writers, request.Duration, cancellationToken));
                    await app.StopAsync(cancellationToken);
                }

                await using (var app = await StartAsync(folder.FullName, request, true, cancellationToken))
                {
                    await SealedAsync(app, conditions, cancellationToken);
                    with.Add(await MeasureAsync(app, Writers, request.Duration, cancellationToken));
                    if (round == Rounds - 1)
                    {
                        await VerifyAsync(app, conditions, cancellationToken);
                    }

                    await app.StopAsync(cancellationToken);
                }
            }

            return
            [
                new BenchFigure(
                    $"changes by {Writers} writers while the log is sealed",
                    "changes/s",
                    Median(with),
                    "without sealing",
                    Median(without)
                )
                {
                    Goal = 0.9,
                },
                new BenchFigure(
                    $"changes by {Writers} writers",
                    "changes/s",
                    Median(without),
                    "one writer",
                    Median(one)
                ),
            ];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<WebApplication> StartAsync(
        string folder,
        BenchRequest request,
        bool seals,
        CancellationToken cancellationToken
    )
    {
        var settings = new ServerSettings
        {
            Demo = true,
            Urls = "http://127.0.0.1:0",
            Overrides = new Dictionary<string, string?>
            {
                ["ConnectionStrings:Registry"] = request.Database ?? "Data Source=" + Path.Combine(folder, "bench.db"),
                ["Keys:Path"] = Path.Combine(folder, "keys"),
                ["Keys:Passphrase"] = "",
                ["Keys:PassphraseFile"] = "",
                ["Grpc:Url"] = "http://127.0.0.1:0",
                ["Registry:SealLog"] = seals ? "true" : "false",
                ["Logging:LogLevel:Default"] = "Warning",
            },
        };
        var app = RegistryServer.Build(settings);
        await RegistryServer.PrepareAsync(app, settings, cancellationToken);
        await app.StartAsync(cancellationToken);
        return app;
    }

    /// <summary>Changes a second of writers that each change a record of their own.</summary>
    private static async Task<double> MeasureAsync(
        WebApplication app,
        int writers,
        TimeSpan duration,
        CancellationToken cancellationToken
    )
    {
        var registrants = app.Services.GetRequiredService<IRegistrants>();
        var people = new List<RegistrantId>();
        for (var i = 0; i < writers; i++)
        {
            people.Add(await StoreAsync(registrants, cancellationToken));
        }

        // A short run first, so that what is compiled on the way is compiled.
        var versions = await Task.WhenAll(
            people.Select(id => ChangeAsync(registrants, id, 1, TimeSpan.FromSeconds(1), cancellationToken))
        );
        var clock = Stopwatch.StartNew();
        var after = await Task.WhenAll(
            people.Zip(
                versions,
                (id, version) =>
                    Task.Run(
                        () => ChangeAsync(registrants, id, version, duration, cancellationToken),
                        cancellationToken
                    )
            )
        );
        return (after.Sum() - versions.Sum()) / clock.Elapsed.TotalSeconds;
    }

    private static async Task<RegistrantId> StoreAsync(IRegistrants registrants, CancellationToken cancellationToken)
    {
        var person = new NewRegistrant
        {
            Kind = RegistrantKinds.Individual,
            Values = Values("""{"given_name":"Bench","surname":"Writer","birth_date":"1984-03-02"}"""),
        };
        return Required(await registrants.CreateAsync(person, Writer, cancellationToken)).Id;
    }

    /// <returns>The version that stands at the end.</returns>
    private static async Task<long> ChangeAsync(
        IRegistrants registrants,
        RegistrantId id,
        long version,
        TimeSpan duration,
        CancellationToken cancellationToken
    )
    {
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < duration)
        {
            var patch = new RegistrantPatch
            {
                ExpectedVersion = version,
                Values = Values($$"""{"surname":"Writer {{version}}"}"""),
            };
            version = Required(await registrants.UpdateAsync(id, patch, Writer, cancellationToken)).Version;
        }

        return version;
    }

    /// <summary>Waits until what piled up is sealed.</summary>
    private static async Task SealedAsync(
        WebApplication app,
        Dictionary<string, string> conditions,
        CancellationToken cancellationToken
    )
    {
        var log = app.Services.GetRequiredService<IChangeLog>();
        var registrants = app.Services.GetRequiredService<IRegistrants>();
        var last = await StoreAsync(registrants, cancellationToken);
        var clock = Stopwatch.StartNew();
        while (!(await log.ProveEntryAsync(last, 1, null, Writer, cancellationToken)).Succeeded)
        {
            await Task.Delay(100, cancellationToken);
        }

        conditions["secondsUntilSealed"] = clock.Elapsed.TotalSeconds.ToString("0.0");
    }

    private static async Task VerifyAsync(
        WebApplication app,
        Dictionary<string, string> conditions,
        CancellationToken cancellationToken
    )
    {
        var clock = Stopwatch.StartNew();
        var report = await app
            .Services.GetRequiredService<LogVerification>()
            .VerifyAsync(new LogQuestion(), null, cancellationToken);
        conditions["verified"] = report.IsWhole
            ? $"whole: {report.Entries} entries, {report.Rows} rows, {report.Disclosures} disclosures in {clock.Elapsed.TotalSeconds:0.0} s"
            : throw new InvalidOperationException("The log is not whole: " + report.Findings[0].Code);
    }

    private static T Required<T>(Outcome<T> outcome) =>
        outcome.Succeeded ? outcome.Value : throw new InvalidOperationException(outcome.Problem.Code);

    private static Dictionary<string, JsonElement> Values(string json) =>
        JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(json)!;

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
