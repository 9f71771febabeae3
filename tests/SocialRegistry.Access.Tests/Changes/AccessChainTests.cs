using System.Data.Common;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using SocialRegistry.Contracts;
using SocialRegistry.Storage;
using Xunit;

namespace SocialRegistry.Access.Tests.Changes;

public sealed class AccessChainOnSqlite(SqliteServer server) : AccessChainTests(server), IClassFixture<SqliteServer>;

public sealed class AccessChainOnPostgres(PostgresServer server)
    : AccessChainTests(server),
        IClassFixture<PostgresServer>;

/// <summary>The log of who may do what, against somebody who has the database and not the program.</summary>
public abstract class AccessChainTests(AccessServer server) : AccessTests(server)
{
    private string Table => Server.Database.Provider == DatabaseProvider.Postgres ? "access.changes" : "access_changes";

    [Fact]
    public async Task Each_entry_continues_the_one_before_and_a_touched_removed_or_added_one_is_named()
    {
        var admin = await Administrator.SignInAsync(Server);
        for (var i = 0; i < 3; i++)
        {
            var role = new JsonObject
            {
                ["name"] = $"chained-{i}",
                ["title"] = "Chained",
                ["permissions"] = new JsonArray("registrants:read"),
                ["purposes"] = new JsonArray("registration"),
            };
            var made = await admin.PostAsync("/roles", role);
            Assert.True(made.Status == 201, made.Text);
        }

        // Many at once still make one chain.
        await Task.WhenAll(
            Enumerable
                .Range(3, 8)
                .Select(i =>
                    admin.PostAsync(
                        "/roles",
                        new JsonObject
                        {
                            ["name"] = $"chained-{i}",
                            ["title"] = "Chained",
                            ["permissions"] = new JsonArray("registrants:read"),
                            ["purposes"] = new JsonArray("registration"),
                        }
                    )
                )
        );
        var entries = await ReadAsync();
        Assert.True(entries.Count >= 11);
        Assert.Equal(Enumerable.Range(1, entries.Count).Select(n => (long)n), entries.Select(e => e.Number));
        Assert.All(entries, e => Assert.True(e.Holds && e.Follows));
        Assert.Equal(entries.Skip(5).Select(e => e.Number), (await ReadAsync(5)).Select(e => e.Number));
        Assert.True((await ReadAsync(5))[0].Follows);

        foreach (
            var column in (string[])
                [
                    "actor_kind",
                    "actor",
                    "action",
                    "target_kind",
                    "target",
                    "changes",
                    "request_id",
                    "at",
                    "hash",
                    "previous_hash",
                ]
        )
        {
            await ExecuteAsync($"create table kept_{column} as select * from {Table}");
            await ExecuteAsync($"update {Table} set {column} = {Another(column)} where number = 4");

            var touched = await ReadAsync();

            Assert.True(touched.Exists(e => e.Number == 4 && !(e.Holds && e.Follows)), column);
            await RestoreAsync("kept_" + column);
        }

        await ExecuteAsync($"create table kept as select * from {Table}");
        await ExecuteAsync($"delete from {Table} where number = 5");
        Assert.Equal([6], Broken(await ReadAsync()));
        await RestoreAsync("kept");
        await ExecuteAsync($"update {Table} set number = 900 where number = 7");
        Assert.Equal([8, 900], Broken(await ReadAsync()));
        await RestoreAsync("kept");
        // Two that change places.
        await ExecuteAsync($"update {Table} set number = 900 where number = 7");
        await ExecuteAsync($"update {Table} set number = 7 where number = 8");
        await ExecuteAsync($"update {Table} set number = 8 where number = 900");
        Assert.Equal([7, 8, 9], Broken(await ReadAsync()));
        await RestoreAsync("kept");
        // One that is made to look as if it had been there before there was a chain.
        await ExecuteAsync($"update {Table} set number = null where number = {entries.Count}");
        Assert.Equal([1], Broken(await ReadAsync()));
        await RestoreAsync("kept");
        Assert.Empty(Broken(await ReadAsync()));
    }

    private static IEnumerable<long> Broken(IEnumerable<ChainedEntry> entries) =>
        entries.Where(e => !e.Holds || !e.Follows).Select(e => e.Number);

    private async Task<List<ChainedEntry>> ReadAsync(long after = 0)
    {
        var log = Server.Services.GetRequiredService<IChainedLog>();
        var entries = new List<ChainedEntry>();
        await foreach (var entry in log.ReadAsync(after, TestContext.Current.CancellationToken))
        {
            entries.Add(entry);
        }

        return entries;
    }

    private string Another(string column)
    {
        var isPostgres = Server.Database.Provider == DatabaseProvider.Postgres;
        return column switch
        {
            "hash" or "previous_hash" => isPostgres ? @"'\x01'::bytea" : "x'01'",
            "at" => isPostgres ? "at + interval '1 microsecond'" : "at + 1",
            "request_id" => "coalesce(request_id, '') || 'x'",
            "changes" => "replace(changes, '{', '{ ')",
            _ => column + " || 'x'",
        };
    }

    private async Task RestoreAsync(string kept)
    {
        await ExecuteAsync($"delete from {Table}");
        await ExecuteAsync($"insert into {Table} select * from {kept}");
    }

    private async Task ExecuteAsync(string sql)
    {
        await using DbConnection connection =
            Server.Database.Provider == DatabaseProvider.Postgres
                ? new NpgsqlConnection(Server.Database.ConnectionString)
                : new SqliteConnection(Server.Database.ConnectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100
        command.CommandText = sql;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }
}
