using System.CommandLine;
using System.Text.Json;
using SocialRegistry.Host.Benchmarks;

namespace SocialRegistry.Host.Commands;

/// <summary><c>bench</c>: figures of this machine, each beside the limit it is measured against in the same run.</summary>
internal static class BenchCommand
{
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static Command Create()
    {
        var subject = new Argument<string>("SUBJECT")
        {
            Description = "formats, search, log, versions or all",
            DefaultValueFactory = _ => "all",
        };
        subject.AcceptOnlyFromAmong("formats", "search", "log", "versions", "all");
        var seconds = new Option<int>("--seconds")
        {
            Description = "Length of each measurement in seconds, 1 to 600",
            DefaultValueFactory = _ => 5,
        };
        seconds.Validators.Add(result =>
        {
            if (BenchRecordsCommand.Whole(result) is < 1 or > 600)
            {
                result.AddError("--seconds takes 1 to 600.");
            }
        });
        var households = new Option<int>("--households")
        {
            Description = "Size of the register that is searched: four persons a household, 25 to 250,000",
            DefaultValueFactory = _ => 2500,
        };
        households.Validators.Add(result =>
        {
            if (BenchRecordsCommand.Whole(result) is < 25 or > 250_000)
            {
                result.AddError("--households takes 25 to 250,000.");
            }
        });
        var database = new Option<string?>("--database")
        {
            Description = "PostgreSQL to measure on, 'Host=…': an EMPTY database; a temporary SQLite file when absent",
        };
        var output = new Option<FileInfo?>("--output") { Description = "Also write the figures to this JSON file" };
        var json = new Option<bool>("--json") { Description = "Print JSON only" };
        var command = new Command(
            "bench",
            """
            Measure this machine. Each figure stands beside a limit taken in the same run: rates are worth their ratio.
              formats   credentials signed a second on one thread, against bare signatures with the same key type
              search    identifier search over HTTP, own API and DCI, against a bare endpoint of the same server;
                        then an open loop at 70 % of the reached rate for the latencies
              versions  records as of a moment beside the same as they stand, and what five versions of a person take
              records   a command of its own: records read, edited and searched, against the database alone
              log       changes by 16 writers while the log is sealed, against the same without sealing

            Examples:
              socialregistry bench formats --seconds 10
              socialregistry bench search --households 25000 --database "Host=127.0.0.1;Database=bench;Username=registry"
            """
        );
        command.Add(BenchRecordsCommand.Create());
        command.Add(subject);
        command.Add(seconds);
        command.Add(households);
        command.Add(database);
        command.Add(output);
        command.Add(json);
        command.SetAction(
            (parsed, cancellationToken) =>
                Failures.ReportAsync(async () =>
                {
                    var report = await Bench.RunAsync(
                        new BenchRequest(
                            parsed.GetRequiredValue(subject),
                            TimeSpan.FromSeconds(parsed.GetValue(seconds)),
                            parsed.GetValue(households),
                            parsed.GetValue(database)
                        ),
                        cancellationToken
                    );
                    if (parsed.GetValue(output) is { } file)
                    {
                        await File.WriteAllTextAsync(
                            file.FullName,
                            JsonSerializer.Serialize(report, Indented) + "\n",
                            cancellationToken
                        );
                    }

                    if (parsed.GetValue(json))
                    {
                        Console.WriteLine(JsonSerializer.Serialize(report, Indented));
                    }
                    else
                    {
                        report.Print();
                    }

                    return 0;
                })
        );
        return command;
    }
}
