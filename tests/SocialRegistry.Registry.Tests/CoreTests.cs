using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SocialRegistry.Contracts;
using SocialRegistry.Contracts.Tests.Ports;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Storage;
using SocialRegistry.Testing;
using Xunit;

namespace SocialRegistry.Registry.Tests;

/// <summary>Tests that look behind the ports, each on a database of its own.</summary>
public abstract class CoreTests(DatabaseProvider provider)
{
    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected DatabaseProvider Provider => provider;

    protected Task<RegistryHost> StartAsync(
        Action<IServiceCollection>? configure = null,
        IReadOnlyDictionary<string, string?>? settings = null
    ) => RegistryHost.StartAsync(provider, configure, settings);

    /// <summary>The table's name in SQL.</summary>
    protected string Table(string name) =>
        provider == DatabaseProvider.Sqlite ? "registry_" + name : "registry." + name;

    internal static Task<RegistryDbContext> ContextAsync(RegistryHost host) =>
        host.Services.GetRequiredService<IDbContextFactory<RegistryDbContext>>().CreateDbContextAsync(Cancellation);

    /// <summary>Runs SQL beside the core, as an administrator or a thief would.</summary>
    protected static async Task<int> ExecuteAsync(RegistryHost host, string sql)
    {
        await using var db = await ContextAsync(host);
        await db.Database.OpenConnectionAsync(Cancellation);
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteNonQueryAsync(Cancellation);
    }

    protected static async Task<long> CountAsync(RegistryHost host, string sql)
    {
        await using var db = await ContextAsync(host);
        await db.Database.OpenConnectionAsync(Cancellation);
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(await command.ExecuteScalarAsync(Cancellation));
    }

    /// <summary>Every cell of a table as text; bytes as text and as hexadecimal digits.</summary>
    protected static async Task<List<string>> CellsAsync(RegistryHost host, string table)
    {
        await using var db = await ContextAsync(host);
        await db.Database.OpenConnectionAsync(Cancellation);
        await using DbCommand command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = "select * from " + table;
        await using var reader = await command.ExecuteReaderAsync(Cancellation);
        var cells = new List<string>();
        while (await reader.ReadAsync(Cancellation))
        {
            for (var i = 0; i < reader.FieldCount; i++)
            {
                cells.Add(
                    reader.GetValue(i) is byte[] bytes
                        ? System.Text.Encoding.Latin1.GetString(bytes) + "|" + Convert.ToHexString(bytes)
                        : reader.GetValue(i).ToString()!
                );
            }
        }

        return cells;
    }

    protected static Task<Outcome<RegistrantView>> ReadAsync(RegistryHost host, RegistrantId id) =>
        host.Registrants.GetAsync(id, ReadOptions.Default, PortCallers.Registrar, Cancellation);

    protected static Task<Outcome<RegistrantView>> PatchAsync(
        RegistryHost host,
        RegistrantId id,
        long version,
        string values
    ) =>
        host.Registrants.UpdateAsync(
            id,
            new RegistrantPatch { ExpectedVersion = version, Values = Persons.Values(values) },
            PortCallers.Registrar,
            Cancellation
        );
}
