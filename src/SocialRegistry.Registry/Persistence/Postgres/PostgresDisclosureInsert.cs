using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;
using SocialRegistry.Registry.Disclosures;
using SocialRegistry.Registry.Sealing;

namespace SocialRegistry.Registry.Persistence.Postgres;

/// <summary>One statement over arrays, one round trip, one commit.</summary>
internal sealed class PostgresDisclosureInsert : IDisclosureInsert
{
    private const string Sql = """
        with batch as (
          insert into registry.disclosure_batches (id, at, rows, hash) values ($14, $15, $16, $17)
        ), leaf as (
          insert into registry.log_queue (kind, owner, number, hash) values ($18, $14, 0, $17)
        )
        insert into registry.disclosures
          (registrant_id, id, at, shown_to_kind, shown_to, channel, purpose, legal_ground, request_id, fields,
           institution, consent, break_glass, batch)
        select u.*, $14 from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) u
        """;

    public async Task InsertAsync(
        RegistryDbContext db,
        IReadOnlyList<Disclosure> rows,
        DisclosureBatch batch,
        CancellationToken cancellationToken
    )
    {
        await db.Database.OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand(Sql, (NpgsqlConnection)db.Database.GetDbConnection())
        {
            Parameters =
            {
                Array(rows.Select(r => r.RegistrantId), NpgsqlDbType.Uuid),
                Array(rows.Select(r => r.Id), NpgsqlDbType.Uuid),
                Array(rows.Select(r => r.At), NpgsqlDbType.TimestampTz),
                Array(rows.Select(r => r.ShownToKind), NpgsqlDbType.Text),
                Array(rows.Select(r => r.ShownTo), NpgsqlDbType.Text),
                Array(rows.Select(r => r.Channel), NpgsqlDbType.Text),
                Array(rows.Select(r => r.Purpose), NpgsqlDbType.Text),
                Array(rows.Select(r => r.LegalGround), NpgsqlDbType.Text),
                Array(rows.Select(r => r.RequestId), NpgsqlDbType.Text),
                Array(rows.Select(r => r.Fields), NpgsqlDbType.Text),
                Array(rows.Select(r => r.Institution), NpgsqlDbType.Text),
                Array(rows.Select(r => r.Consent), NpgsqlDbType.Text),
                Array(rows.Select(r => r.BreakGlass), NpgsqlDbType.Boolean),
                new() { Value = batch.Id, NpgsqlDbType = NpgsqlDbType.Uuid },
                new() { Value = batch.At, NpgsqlDbType = NpgsqlDbType.TimestampTz },
                new() { Value = batch.Rows, NpgsqlDbType = NpgsqlDbType.Bytea },
                new() { Value = batch.Hash, NpgsqlDbType = NpgsqlDbType.Bytea },
                new() { Value = LeafKinds.Disclosures, NpgsqlDbType = NpgsqlDbType.Integer },
            },
        };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static NpgsqlParameter Array<T>(IEnumerable<T> values, NpgsqlDbType type) =>
        new() { Value = values.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | type };
}
