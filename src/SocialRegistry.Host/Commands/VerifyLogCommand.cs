using System.CommandLine;
using System.Data.Common;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using SocialRegistry.Contracts;
using SocialRegistry.Host.Server;
using SocialRegistry.Protection;
using SocialRegistry.Registry.Verification;
using SocialRegistry.Storage;

namespace SocialRegistry.Host.Commands;

/// <summary><c>verify-log</c>: finds whether anything that was recorded was changed behind the registry's back.</summary>
internal static class VerifyLogCommand
{
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static Command Create()
    {
        var options = new Options();
        var arguments = new ServerArguments();
        var command = new Command(
            "verify-log",
            """
            Check the change log of every record and the rows it covers (versions, attestations, current records,
            memberships, relationships, disclosures), the signed log and all its checkpoints. The registry may go on
            working. Exit status 0 only when nothing was altered, removed, inserted or put in another order; entries that
            are not sealed yet are counted. Keep a checkpoint outside: only it shows a database that was put back.

            Examples:
              socialregistry verify-log --save-checkpoint kept.txt
              socialregistry verify-log --checkpoint kept.txt --export log.jsonl
              socialregistry verify-log --file log.jsonl --key registry.example.org/log+1a2b3c4d+AXz…
            """
        )
        {
            options.Checkpoint,
            options.Save,
            options.Export,
            options.File,
            options.Keys,
            options.Json,
        };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction(
            (parsed, cancellationToken) =>
                Failures.ReportAsync(async () =>
                {
                    if (!arguments.TryRead(parsed, out var settings))
                    {
                        return 2;
                    }

                    try
                    {
                        var report = await RunAsync(settings, options, parsed, cancellationToken);
                        return report.IsWhole ? 0 : 1;
                    }
                    catch (DbException e)
                    {
                        throw new OperatorException($"The database cannot be read ({e.Message}).");
                    }
                    catch (FormatException e)
                    {
                        throw new OperatorException(e.Message);
                    }
                })
        );
        return command;
    }

    private static async Task<LogReport> RunAsync(
        ServerSettings settings,
        Options options,
        ParseResult parsed,
        CancellationToken cancellationToken
    )
    {
        var question = new LogQuestion
        {
            Checkpoint = parsed.GetValue(options.Checkpoint) is { } kept
                ? await ReadAsync(kept, cancellationToken)
                : null,
            Keys = parsed.GetValue(options.Keys) ?? [],
        };
        var silent = parsed.GetValue(options.Json);
        var report = parsed.GetValue(options.File) is { } file
            ? await VerifyFileAsync(file, question, parsed.GetValue(options.Export), silent, cancellationToken)
            : await VerifyDatabaseAsync(settings, question, parsed.GetValue(options.Export), silent, cancellationToken);
        Print(report, silent);
        if (report.IsWhole && parsed.GetValue(options.Save) is { } save)
        {
            await SaveAsync(save, report, cancellationToken);
        }

        return report;
    }

    private static async Task<LogReport> VerifyFileAsync(
        FileInfo file,
        LogQuestion question,
        FileInfo? export,
        bool silent,
        CancellationToken cancellationToken
    )
    {
        if (question.Keys.Count == 0)
        {
            throw new OperatorException("--file needs --key: a key that stands in the file itself proves nothing.");
        }

        if (export is not null)
        {
            throw new OperatorException("--export writes what is in the database; it does not go with --file.");
        }

        await using var stream = file.OpenRead();
        return await VerifyProgress.RunAsync(
            silent,
            progress => LogVerification.VerifyFileAsync(stream, question, progress, cancellationToken)
        );
    }

    private static async Task<LogReport> VerifyDatabaseAsync(
        ServerSettings settings,
        LogQuestion question,
        FileInfo? export,
        bool silent,
        CancellationToken cancellationToken
    )
    {
        // Public keys are looked at only, so keys without a passphrase do as well.
        await using var app = RegistryServer.Build(
            settings with
            {
                RoutesOnly = true,
                Demo = true,
                // Standard output belongs to the report.
                Overrides = new Dictionary<string, string?>(settings.Overrides)
                {
                    ["Logging:Console:LogToStandardErrorThreshold"] = "Trace",
                },
            }
        );
        var database = app.Services.GetRequiredService<DatabaseOptions>();
        if (
            database.Provider == DatabaseProvider.Sqlite
            && new SqliteConnectionStringBuilder(database.ConnectionString).DataSource is { } path
            && !File.Exists(path)
        )
        {
            throw new OperatorException($"There is no database at {path}.");
        }

        var keys = app.Services.GetRequiredService<KeyStoreOptions>();
        if (
            (question.Keys.Count == 0 || export is not null)
            && (!Directory.Exists(keys.Path) || !Directory.EnumerateFiles(keys.Path).Any())
        )
        {
            throw new OperatorException(
                $"There are no keys in {keys.Path} (Keys:Path). Give the log's key with --key NAME+ID+KEY."
            );
        }

        var report = await VerifyProgress.RunAsync(
            silent,
            progress =>
                app.Services.GetRequiredService<LogVerification>().VerifyAsync(question, progress, cancellationToken)
        );
        if (export is not null)
        {
            await ExportAsync(app.Services.GetRequiredService<IChangeLog>(), export, cancellationToken);
        }

        return report;
    }

    private static async Task ExportAsync(IChangeLog log, FileInfo target, CancellationToken cancellationToken)
    {
        await using var writer = new StreamWriter(PrivateFiles.Create(target.FullName)) { NewLine = "\n" };
        var caller = Caller.System("verify-log", "cli");
        string? after = null;
        do
        {
            var page = await log.EntriesAsync(new PageRequest(500, after), caller, cancellationToken);
            foreach (var line in page.Succeeded ? page.Value.Items : throw new OperatorException(page.Problem.Detail))
            {
                await writer.WriteLineAsync(line.AsMemory(), cancellationToken);
            }

            after = page.Value.Next;
        } while (after is not null);
    }

    private static async Task<string> ReadAsync(FileInfo file, CancellationToken cancellationToken)
    {
        const int Most = 64 * 1024;
        return file.Length <= Most
            ? await File.ReadAllTextAsync(file.FullName, cancellationToken)
            : throw new OperatorException($"{file.FullName} is too large for a checkpoint.");
    }

    /// <summary>Written beside and moved into place, so that the one before is never lost half-way.</summary>
    private static async Task SaveAsync(FileInfo target, LogReport report, CancellationToken cancellationToken)
    {
        if (report.Checkpoint is not { } note)
        {
            throw new OperatorException("Nothing is sealed yet, so there is no checkpoint to save.");
        }

        var beside = target.FullName + ".new";
        await File.WriteAllTextAsync(beside, note, new UTF8Encoding(false), cancellationToken);
        File.Move(beside, target.FullName, overwrite: true);
    }

    private static void Print(LogReport report, bool json)
    {
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(report, Indented));
            return;
        }

        foreach (var finding in report.Findings)
        {
            Console.WriteLine($"{finding.Code}: {finding.Entry}: {finding.Detail}");
        }

        if (report.FindingCount > report.Findings.Count)
        {
            Console.WriteLine($"… and {report.FindingCount - report.Findings.Count:N0} more");
        }

        Console.WriteLine(
            $"{report.Records:N0} records, {report.Entries:N0} entries, {report.Rows:N0} rows, {report.Disclosures:N0} disclosures, "
                + $"{report.Leaves:N0} leaves, {report.Checkpoints:N0} checkpoints"
        );
        Console.WriteLine($"not sealed yet: {report.Unsealed:N0}");
        Console.WriteLine(report.IsWhole ? "whole" : $"NOT WHOLE: {report.FindingCount:N0} findings");
    }

    private sealed class Options
    {
        public Option<FileInfo?> Checkpoint { get; } =
            new("--checkpoint") { Description = "A checkpoint that was kept: the log must still begin with it" };

        public Option<FileInfo?> Save { get; } =
            new("--save-checkpoint")
            {
                Description = "When all is whole, write the newest checkpoint here; keep it elsewhere",
            };

        public Option<FileInfo?> Export { get; } =
            new("--export") { Description = "Also write the log as lines of JSON; the file must not exist" };

        public Option<FileInfo?> File { get; } =
            new("--file") { Description = "Verify this export instead of the database; needs --key" };

        public Option<string[]?> Keys { get; } =
            new("--key")
            {
                Description =
                    "Key that may have signed, NAME+ID+KEY (GET /api/v1/log/keys); may be repeated; absent: those of Keys:Path",
            };

        public Option<bool> Json { get; } = new("--json") { Description = "Print the report as JSON" };
    }
}
