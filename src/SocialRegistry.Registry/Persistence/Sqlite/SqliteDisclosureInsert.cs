using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using SocialRegistry.Registry.Disclosures;

namespace SocialRegistry.Registry.Persistence.Sqlite;

/// <summary>One prepared insert in one transaction.</summary>
internal sealed class SqliteDisclosureInsert : IDisclosureInsert
{
    private const string Sql = """
        insert into registry_disclosures
          (registrant_id, id, at, shown_to_kind, shown_to, channel, purpose, legal_ground, request_id, fields)
        values ($registrant, $id, $at, $kind, $to, $channel, $purpose, $ground, $request, $fields)
        """;

    public async Task InsertAsync(
        RegistryDbContext db,
        IReadOnlyList<Disclosure> rows,
        CancellationToken cancellationToken
    )
    {
        await db.Database.OpenConnectionAsync(cancellationToken);
        var connection = (SqliteConnection)db.Database.GetDbConnection();
        await using var transaction = connection.BeginTransaction();
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = Sql;
        string[] names = ["registrant", "id", "at", "kind", "to", "channel", "purpose", "ground", "request", "fields"];
        foreach (var name in names)
        {
            command.Parameters.Add(new SqliteParameter("$" + name, null));
        }

        foreach (var row in rows)
        {
            object?[] values =
            [
                row.RegistrantId,
                row.Id,
                (row.At.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond,
                row.ShownToKind,
                row.ShownTo,
                row.Channel,
                row.Purpose,
                row.LegalGround,
                row.RequestId,
                row.Fields,
            ];
            for (var i = 0; i < values.Length; i++)
            {
                command.Parameters[i].Value = values[i] ?? DBNull.Value;
            }

            command.ExecuteNonQuery();
        }

        transaction.Commit();
    }
}
