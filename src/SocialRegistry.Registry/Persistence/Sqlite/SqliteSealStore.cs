using System.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using SocialRegistry.Registry.Sealing;

namespace SocialRegistry.Registry.Persistence.Sqlite;

internal sealed class SqliteSealStore : ISealStore
{
    /// <summary>The transaction began with <c>BEGIN IMMEDIATE</c>: nobody else writes.</summary>
    public async Task<LogState?> TakeAsync(RegistryDbContext db, CancellationToken cancellationToken) =>
        await db.LogStates.SingleAsync(s => s.Id == LogState.OnlyId, cancellationToken);

    public async Task RemoveAsync(
        RegistryDbContext db,
        IReadOnlyList<QueuedLeaf> leaves,
        CancellationToken cancellationToken
    )
    {
        await using var command = (SqliteCommand)db.Database.GetDbConnection().CreateCommand();
        command.Transaction = (SqliteTransaction)db.Database.CurrentTransaction!.GetDbTransaction();
        command.CommandText =
            "delete from registry_log_queue where number = $number and owner = $owner and kind = $kind";
        var number = command.Parameters.Add("$number", SqliteType.Integer);
        var owner = command.Parameters.Add("$owner", SqliteType.Text);
        var kind = command.Parameters.Add("$kind", SqliteType.Integer);
        foreach (var leaf in leaves)
        {
            cancellationToken.ThrowIfCancellationRequested();
            (number.Value, owner.Value, kind.Value) = (leaf.Number, leaf.Owner, leaf.Kind);
            command.ExecuteNonQuery();
        }
    }

    public async Task<IDbContextTransaction> BeginReadingAsync(
        RegistryDbContext db,
        CancellationToken cancellationToken
    )
    {
        await db.Database.OpenConnectionAsync(cancellationToken);
        var connection = (SqliteConnection)db.Database.GetDbConnection();
        var transaction = connection.BeginTransaction(IsolationLevel.Serializable, deferred: true);
        return (await db.Database.UseTransactionAsync(transaction, cancellationToken))!;
    }
}
