using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.Json;
using SocialRegistry.Host.Benchmarks;

namespace SocialRegistry.Host.Commands;

/// <summary><c>bench records</c>: reads, edits and searches of records beside the same work straight on the database.</summary>
internal static class BenchRecordsCommand
{
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static Command Create()
    {
        var persons = Number("--persons", "Persons in the register, four a household", 20_000, 200, 1_000_000);
        persons.Validators.Add(result =>
        {
            if (Whole(result) % 4 is not (null or 0))
            {
                result.AddError("--persons takes a multiple of 4.");
            }
        });
        var seconds = new Option<double>("--seconds")
        {
            Description = "Length of each measurement in seconds, 0.1 to 600",
            DefaultValueFactory = _ => 5,
        };
        seconds.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && !IsLength(result.Tokens[^1].Value))
            {
                result.AddError("--seconds takes 0.1 to 600.");
            }
        });
        var clients = Number("--clients", "Reads and edits under way at the same time", 32, 1, 64);
        var seed = Number(
            "--seed",
            "Seed of the sample country: the same gives the same persons",
            20260101,
            0,
            int.MaxValue
        );
        var json = new Option<bool>("--json") { Description = "Print JSON only" };
        var command = new Command(
            "records",
            """
            Read, edit and search records through the port, everything on (decryption, durable disclosures, versions, change
            log, notices; the log is not sealed meanwhile, see bench log), each beside the same work straight on the database in the same run.
            ConnectionStrings__Registry names the database. On PostgreSQL a database of its own is made there and dropped at
            the end (the user needs the right to make one); otherwise a temporary SQLite file is used. No data are touched
            that stand anywhere already.

            Examples:
              socialregistry bench records
              ConnectionStrings__Registry="Host=127.0.0.1;Username=registry" socialregistry bench records --persons 100000
              socialregistry bench records --seconds 10 --clients 8 --json > records.json
            """
        );
        foreach (var option in (Option[])[persons, seconds, clients, seed, json])
        {
            command.Add(option);
        }

        command.SetAction(
            (parsed, cancellationToken) =>
                Failures.ReportAsync(async () =>
                {
                    var request = new RecordsRequest(
                        parsed.GetValue(persons),
                        TimeSpan.FromSeconds(parsed.GetValue(seconds)),
                        parsed.GetValue(clients),
                        parsed.GetValue(seed),
                        Environment.GetEnvironmentVariable("ConnectionStrings__Registry")
                    );
                    var report = await BenchProgress.RunAsync(
                        parsed.GetValue(json),
                        RecordsBench.Steps,
                        step => RecordsBench.RunAsync(request, step, cancellationToken)
                    );
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

    /// <summary>The number that was given; absent when it is none, which the parser says itself.</summary>
    public static int? Whole(OptionResult result) =>
        int.TryParse(result.Tokens.LastOrDefault()?.Value, out var value) ? value : null;

    private static bool IsLength(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
        && seconds is >= 0.1 and <= 600;

    private static Option<int> Number(string name, string description, int usual, int least, int most)
    {
        var option = new Option<int>(name)
        {
            Description = $"{description}, {least:N0} to {most:N0}",
            DefaultValueFactory = _ => usual,
        };
        option.Validators.Add(result =>
        {
            if (Whole(result) is { } value && (value < least || value > most))
            {
                result.AddError($"{name} takes {least:N0} to {most:N0}.");
            }
        });
        return option;
    }
}
