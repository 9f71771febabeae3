using System.CommandLine;
using Microsoft.Data.Sqlite;
using SocialRegistry.Host.Server;
using SocialRegistry.Storage;

namespace SocialRegistry.Host.Commands;

/// <summary><c>backup</c>: a consistent copy of the embedded database, while it runs. Never the keys.</summary>
internal static class BackupCommand
{
    public static Command Create()
    {
        var output = new Argument<FileInfo>("FILE") { Description = "File to write; it must not exist" };
        var arguments = new ServerArguments();
        var command = new Command(
            "backup",
            """
            Write a consistent copy of the embedded (SQLite) database while the registry runs.
            The copy holds no keys: without 'keys export' the personal fields in it cannot be read by anybody.
            On PostgreSQL use pg_dump or base backups.

            Example:
              socialregistry backup registry-2026-01-31.db
            """
        )
        {
            TreatUnmatchedTokensAsErrors = false,
        };
        command.Add(output);
        command.SetAction(
            (parsed, cancellationToken) =>
                Failures.ReportAsync(async () =>
                {
                    if (!arguments.TryRead(parsed, out var settings))
                    {
                        return 2;
                    }

                    await using var app = RegistryServer.Build(settings with { RoutesOnly = true });
                    var database = app.Services.GetRequiredService<DatabaseOptions>();
                    if (database.Provider != DatabaseProvider.Sqlite)
                    {
                        throw new OperatorException(
                            "This registry runs on PostgreSQL: back it up with pg_dump or a base backup."
                        );
                    }

                    var target = parsed.GetRequiredValue(output);
                    if (target.Exists)
                    {
                        throw new OperatorException($"{target.FullName} exists already; a backup never overwrites.");
                    }

                    var source = new SqliteConnectionStringBuilder(database.ConnectionString)
                    {
                        Mode = SqliteOpenMode.ReadOnly,
                    };
                    await using var connection = new SqliteConnection(source.ConnectionString);
                    try
                    {
                        await connection.OpenAsync(cancellationToken);
                    }
                    catch (SqliteException)
                    {
                        throw new OperatorException($"There is no database at {source.DataSource}.");
                    }

                    await using (PrivateFiles.Create(target.FullName)) { }

                    await using var vacuum = connection.CreateCommand();
                    vacuum.CommandText = "VACUUM INTO $file";
                    vacuum.Parameters.AddWithValue("$file", target.FullName);
                    await vacuum.ExecuteNonQueryAsync(cancellationToken);
                    target.Refresh();
                    Console.WriteLine($"{target.Length:N0} bytes written to {target.FullName}. Keys are not in it.");
                    return 0;
                })
        );
        return command;
    }
}
