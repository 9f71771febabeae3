using System.Data.Common;
using System.Net;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using SocialRegistry.Registry.Verification;
using SocialRegistry.Storage;

namespace SocialRegistry.Host.Tests.Server;

/// <summary>The log of who may do what is sealed with the registry's own and verified with it.</summary>
public sealed class VerifiedAccessTests
{
    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.Postgres)]
    public async Task A_touched_removed_or_cut_off_entry_of_the_access_log_is_named(DatabaseProvider provider)
    {
        await using var registry = await RunningRegistry.StartAsync(
            provider,
            new Dictionary<string, string?> { ["Registry:SealSeconds"] = "1" }
        );
        using var admin = await registry.SignedInAsync();
        for (var i = 0; i < 3; i++)
        {
            using var made = await admin.SendAsync(
                HttpMethod.Post,
                "/api/v1/roles",
                $$"""{"name":"clerk-{{i}}","title":"Clerk","permissions":["registrants:read"],"purposes":["registration"]}"""
            );
            Assert.True(made.StatusCode == HttpStatusCode.Created, await made.Content.ReadAsStringAsync());
        }

        var whole = await SealedAsync(registry);
        var database = registry.App.Services.GetRequiredService<DatabaseOptions>();
        var table = provider == DatabaseProvider.Postgres ? "access.changes" : "access_changes";
        var last = Convert.ToInt64(await ScalarAsync(database, $"select max(number) from {table}"));
        await ScalarAsync(database, $"create table kept as select * from {table}");
        foreach (
            var (sql, entry) in new[]
            {
                ($"update {table} set actor = actor || 'x' where number = {last - 1}", last - 1),
                ($"delete from {table} where number = {last - 1}", last - 1),
                // A cut tail leaves a whole chain; what was sealed shows it.
                ($"delete from {table} where number = {last}", last),
            }
        )
        {
            await ScalarAsync(database, sql);

            var report = await VerifyAsync(registry, whole.Checkpoint);

            Assert.False(report.IsWhole);
            Assert.Contains(report.Findings, f => f.Entry == $"access entry {entry}");
            await ScalarAsync(database, $"delete from {table}");
            await ScalarAsync(database, $"insert into {table} select * from kept");
        }

        var restored = await VerifyAsync(registry, whole.Checkpoint);
        Assert.True(restored.IsWhole, string.Join('\n', restored.Findings));
    }

    /// <summary>Waits until all is sealed.</summary>
    private static async Task<LogReport> SealedAsync(RunningRegistry registry)
    {
        for (var i = 0; i < 60; i++)
        {
            var report = await VerifyAsync(registry, null);
            Assert.True(report.IsWhole, string.Join('\n', report.Findings));
            if (report is { Unsealed: 0, Checkpoint: not null })
            {
                return report;
            }

            await Task.Delay(500);
        }

        throw new TimeoutException("The log is not sealed.");
    }

    private static Task<LogReport> VerifyAsync(RunningRegistry registry, string? checkpoint) =>
        registry
            .App.Services.GetRequiredService<LogVerification>()
            .VerifyAsync(new LogQuestion { Checkpoint = checkpoint }, null, CancellationToken.None);

    private static async Task<object?> ScalarAsync(DatabaseOptions database, string sql)
    {
        await using DbConnection connection =
            database.Provider == DatabaseProvider.Postgres
                ? new NpgsqlConnection(database.ConnectionString)
                : new SqliteConnection(database.ConnectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100
        command.CommandText = sql;
#pragma warning restore CA2100
        return await command.ExecuteScalarAsync();
    }
}
