using System.CommandLine;
using System.Text;
using System.Text.Json;
using SocialRegistry.Contracts;
using SocialRegistry.Exchange.Exports;
using SocialRegistry.Host.Server;
using Spectre.Console;

namespace SocialRegistry.Host.Commands;

/// <summary><c>export</c>: writes persons or groups to a CSV file on the server itself. Exit status 0 only when the file is whole.</summary>
internal static class ExportCommand
{
    private static readonly TimeSpan LineEvery = TimeSpan.FromSeconds(10);

    public static Command Create()
    {
        var file = new Argument<FileInfo>("FILE") { Description = "The CSV file to write; nothing is overwritten" };
        var kind = new Option<string>("--kind")
        {
            Description = "What the rows are: individual or group",
            Required = true,
        };
        kind.AcceptOnlyFromAmong(RegistrantKinds.Individual, RegistrantKinds.Group);
        var purpose = new Option<string>("--purpose")
        {
            Description = "Why the records are shown; it stands in the log of disclosures of each of them",
            Required = true,
        };
        var fields = new Option<string?>("--fields")
        {
            Description = "Field ids and identifier types, separated by commas; all when absent",
        };
        var items = new Option<int>("--items")
        {
            Description = $"Columns for the items of a repeated group, 1 to {RegistrantExportRequest.MostItems}",
            DefaultValueFactory = _ => 5,
        };
        var json = new Option<bool>("--json") { Description = "Print the counts as JSON only" };
        var arguments = new ServerArguments();
        var command = new Command(
            "export",
            """
            Export persons or groups to a CSV file, on the server itself, under the columns that import takes: the file brings the same
            values into another registry (groups first, then persons). Each record is logged as shown. The column #not_exported names
            what of a record no column can hold; import passes over it. The file holds personal data: only its owner may read it.
            Exit status: 0 the file is whole; 1 the registry refused or the file could not be written; 2 wrong arguments.

            Examples:
              socialregistry export households.csv --kind group --purpose "move to the new server"
              socialregistry export persons.csv --kind individual --purpose audit-2026 --fields UIN,given_name,birth_date --json
            """
        )
        {
            TreatUnmatchedTokensAsErrors = false,
        };
        command.Add(file);
        foreach (var option in (Option[])[kind, purpose, fields, items, json])
        {
            command.Add(option);
        }

        command.SetAction(
            (parsed, cancellationToken) =>
                Failures.ReportAsync(async () =>
                {
                    if (!arguments.TryRead(parsed, out var settings))
                    {
                        return 2;
                    }

                    var request = new RegistrantExportRequest
                    {
                        Kind = parsed.GetRequiredValue(kind),
                        Fields = parsed
                            .GetValue(fields)
                            ?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
                        Items = parsed.GetValue(items),
                    };
                    var caller = Caller.System("export", "cli") with { Purpose = parsed.GetRequiredValue(purpose) };
                    var target = parsed.GetRequiredValue(file);
                    var isQuiet = parsed.GetValue(json);
                    var (rows, incomplete) = await RunAsync(
                        settings,
                        target,
                        request,
                        caller,
                        isQuiet,
                        cancellationToken
                    );
                    Console.WriteLine(
                        isQuiet
                            ? JsonSerializer.Serialize(new { rows, incomplete }, JsonSerializerOptions.Web)
                            : $"{rows:N0} rows in {target.FullName}; of {incomplete:N0} something stands in no column (#not_exported)."
                    );
                    return 0;
                })
        );
        return command;
    }

    private static async Task<(long Rows, long Incomplete)> RunAsync(
        ServerSettings settings,
        FileInfo file,
        RegistrantExportRequest request,
        Caller caller,
        bool isQuiet,
        CancellationToken cancellationToken
    )
    {
        await using var app = await LocalRegistry.OpenAsync(settings, cancellationToken);
        var export =
            app.Services.GetService<RegistrantExport>()
            ?? throw new OperatorException("The role 'exchange' is switched off here (Roles); export where it runs.");
        var blocks = await export.BeginAsync(request, caller, cancellationToken);
        if (!blocks.Succeeded)
        {
            throw new OperatorException(Text(blocks.Problem));
        }

        var content = PrivateFiles.Create(file.FullName);
        try
        {
            await using var target = new StreamWriter(content, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
            return await WriteAsync(blocks.Value, target, isQuiet, cancellationToken);
        }
        catch
        {
            // Half a file would be taken for the whole.
            File.Delete(file.FullName);
            throw;
        }
    }

    private static async Task<(long Rows, long Incomplete)> WriteAsync(
        IAsyncEnumerable<ExportBlock> blocks,
        StreamWriter target,
        bool isQuiet,
        CancellationToken cancellationToken
    )
    {
        if (isQuiet)
        {
            return await CopyAsync(blocks, target, _ => { }, cancellationToken);
        }

        if (Console.IsErrorRedirected || Console.IsOutputRedirected)
        {
            var last = TimeProvider.System.GetTimestamp();
            return await CopyAsync(
                blocks,
                target,
                rows =>
                {
                    if (TimeProvider.System.GetElapsedTime(last) >= LineEvery)
                    {
                        last = TimeProvider.System.GetTimestamp();
                        Console.Error.WriteLine($"{rows:N0} rows");
                    }
                },
                cancellationToken
            );
        }

        // How many there are is not counted beforehand: that would take as long as a good part of the export.
        return await AnsiConsole
            .Status()
            .StartAsync(
                "Export",
                status => CopyAsync(blocks, target, rows => status.Status($"{rows:N0} rows"), cancellationToken)
            );
    }

    private static async Task<(long Rows, long Incomplete)> CopyAsync(
        IAsyncEnumerable<ExportBlock> blocks,
        StreamWriter target,
        Action<long> report,
        CancellationToken cancellationToken
    )
    {
        var (rows, incomplete) = (0L, 0L);
        await foreach (var block in blocks.WithCancellation(cancellationToken))
        {
            await target.WriteAsync(block.Text.AsMemory(), cancellationToken);
            rows += block.Rows;
            incomplete += block.Incomplete;
            report(rows);
        }

        return (rows, incomplete);
    }

    private static string Text(Problem problem) =>
        string.Join("\n  ", problem.Fields.Select(f => $"{f.Field}: {f.Detail}").Prepend(problem.Detail));
}
