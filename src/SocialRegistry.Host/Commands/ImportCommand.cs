using System.CommandLine;
using System.Text.Json;
using SocialRegistry.Contracts;
using SocialRegistry.Exchange.Imports;
using SocialRegistry.Host.Server;

namespace SocialRegistry.Host.Commands;

/// <summary><c>import</c>: brings a CSV file in on the server itself. Exit status 0 only when every row went in.</summary>
internal static class ImportCommand
{
    /// <summary>The file was read to its end, but some rows were parked.</summary>
    private const int SomeParked = 3;

    private static readonly JsonSerializerOptions Strict = new() { MaxDepth = 2, AllowDuplicateProperties = false };

    public static Command Create()
    {
        var file = new Argument<FileInfo>("FILE") { Description = "CSV; the first row holds the column names" };
        var kind = new Option<string>("--kind")
        {
            Description = "What the rows are: individual, group, areas, parents or spouses",
            Required = true,
        };
        kind.AcceptOnlyFromAmong([.. ImportKinds.All]);
        var mapping = new Option<FileInfo?>("--mapping")
        {
            Description = "JSON object of column name to field id; an empty text leaves the column out",
        };
        var dryRun = new Option<bool>("--dry-run") { Description = "Check every row and store nothing" };
        var result = new Option<FileInfo?>("--result")
        {
            Description = "Write what became of each row to this file (CSV without values)",
        };
        var parked = new Option<FileInfo?>("--parked")
        {
            Description =
                "Write the rows that were left out to this file, to mend and import again (holds personal data)",
        };
        var json = new Option<bool>("--json") { Description = "Print the counts as JSON only" };
        var arguments = new ServerArguments();
        var command = new Command(
            "import",
            """
            Import persons, groups, areas, parents or spouses from a CSV file, on the server itself. Areas go first, then groups:
            persons name theirs; parents and spouses go last. Areas have the columns code, parent, level, name, name:fra and so on,
            latitude, longitude, valid_from, valid_to; those above may stand behind those below.
            Rows are found again by their identifiers: the same file twice changes nothing, and after an interruption the
            file is simply imported again. A bad row is parked and never stops the others.
            Exit status: 0 every row is in; 3 some rows were parked; 1 the file or the registry refused; 2 wrong arguments.

            Examples:
              socialregistry import areas.csv --kind areas --dry-run
              socialregistry import households.csv --kind group
              socialregistry import persons.csv --kind individual --dry-run --result result.csv
              socialregistry import persons.csv --kind individual --mapping columns.json --parked parked.csv --json
            """
        )
        {
            TreatUnmatchedTokensAsErrors = false,
        };
        command.Add(file);
        foreach (var option in (Option[])[kind, mapping, dryRun, result, parked, json])
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

                    var request = new CsvImportRequest
                    {
                        Kind = parsed.GetRequiredValue(kind),
                        Mapping = await ReadMappingAsync(parsed.GetValue(mapping), cancellationToken),
                        DryRun = parsed.GetValue(dryRun),
                    };
                    var counts = await RunAsync(
                        settings,
                        parsed.GetRequiredValue(file),
                        request,
                        new ImportTargets(parsed.GetValue(result), parsed.GetValue(parked)),
                        parsed.GetValue(json) ? ImportProgress.Silent() : ImportProgress.ForTerminal(),
                        cancellationToken
                    );
                    Console.WriteLine(parsed.GetValue(json) ? counts.ToJson(request) : counts.ToText(request));
                    return counts.Parked == 0 ? 0 : SomeParked;
                })
        );
        return command;
    }

    private static async Task<ImportCounts> RunAsync(
        ServerSettings settings,
        FileInfo file,
        CsvImportRequest request,
        ImportTargets targets,
        ImportProgress progress,
        CancellationToken cancellationToken
    )
    {
        await using var content = file.OpenRead();
        await using var app = await LocalRegistry.OpenAsync(settings, cancellationToken);
        await using var scope = app.Services.CreateAsyncScope();
        var import =
            scope.ServiceProvider.GetService<CsvImport>()
            ?? throw new OperatorException("The role 'exchange' is switched off here (Roles); import where it runs.");
        var header = await import.CheckHeaderAsync(request, content, cancellationToken);
        if (!header.Succeeded)
        {
            throw new OperatorException(Text(header.Problem));
        }

        content.Position = 0;
        var caller = Caller.System("import", "cli");
        var counts = new ImportCounts();
        try
        {
            await using var files = targets;
            await files.OpenAsync(header.Value, cancellationToken);
            await progress.RunAsync(
                content.Length,
                async report =>
                {
                    await foreach (var batch in import.RunAsync(request, content, caller, cancellationToken))
                    {
                        await files.WriteAsync(batch, cancellationToken);
                        counts.Add(batch);
                        report(batch.BytesRead, counts);
                    }
                }
            );
        }
        catch (ImportFailedException e)
        {
            throw new OperatorException(
                $"{Text(e.Problem)} {counts.Rows} rows were dealt with before; import the file again when this is mended."
            );
        }

        return counts;
    }

    private static async Task<Dictionary<string, string>> ReadMappingAsync(
        FileInfo? file,
        CancellationToken cancellationToken
    )
    {
        if (file is null)
        {
            return [];
        }

        try
        {
            await using var content = file.OpenRead();
            var mapping = await JsonSerializer.DeserializeAsync<Dictionary<string, string?>>(
                content,
                Strict,
                cancellationToken
            );
            if (mapping?.Values.All(field => field is not null) == true)
            {
                return mapping.ToDictionary(m => m.Key, m => m.Value!);
            }
        }
        catch (JsonException)
        {
            // Said below.
        }

        throw new OperatorException(
            $"{file.Name} is not a JSON object of column name to field id, such as {{\"Vorname\": \"given_name\"}}."
        );
    }

    private static string Text(Problem problem) =>
        string.Join("\n  ", problem.Fields.Select(f => $"{f.Field}: {f.Detail}").Prepend(problem.Detail));
}
