using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Npgsql;
using SocialRegistry.Contracts;

namespace SocialRegistry.Host.Benchmarks;

/// <summary>Records as of a moment beside the same records as they stand, and what five versions of a person take in the database.</summary>
internal static class VersionsBench
{
    private const int Seed = 20260101;
    private const int Clients = 8;
    private const int Versions = 5;
    private const int MostPersons = 1_000;

    /// <summary>Bytes of a person's row and its versions that are wanted at most.</summary>
    private const double MostBytes = 1_331;

    private static readonly Caller Caller = Caller.System("bench", "bench");

    public static async Task<IReadOnlyList<BenchFigure>> RunAsync(
        BenchRequest request,
        Dictionary<string, string> conditions,
        CancellationToken cancellationToken
    )
    {
        var folder = Directory.CreateTempSubdirectory("registry-bench-");
        try
        {
            await using var scratch = await ScratchDatabase.CreateAsync(
                request.Database,
                folder.FullName,
                cancellationToken
            );
            await using var registry = await BenchRegistry.StartAsync(
                folder.FullName,
                scratch.ConnectionString,
                seals: false,
                cancellationToken
            );
            var identifiers = await registry.FillAsync(Seed, request.Households, cancellationToken);
            var persons = identifiers.Take(MostPersons).ToList();
            var register = await RecordsRegister.OpenAsync(registry.Services, persons, cancellationToken);
            var before = DateTimeOffset.UtcNow;
            for (var version = 1; version < Versions; version++)
            {
                for (var person = 0; person < register.Ids.Count; person++)
                {
                    await register.EditAsync(person, cancellationToken);
                }

                before = version == 2 ? DateTimeOffset.UtcNow : before;
            }

            conditions["database"] = scratch.IsPostgres ? "PostgreSQL" : "SQLite";
            conditions["persons with five versions"] = register.Ids.Count.ToString(CultureInfo.InvariantCulture);
            return
            [
                await ReadsAsync(registry, register, before, request.Duration, cancellationToken),
                await BytesAsync(scratch, cancellationToken),
            ];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Half the rate is twice the time.</summary>
    private static async Task<BenchFigure> ReadsAsync(
        BenchRegistry registry,
        RecordsRegister register,
        DateTimeOffset moment,
        TimeSpan duration,
        CancellationToken cancellationToken
    )
    {
        var registrants = registry.Services.GetRequiredService<IRegistrants>();
        async Task ReadAsync(ReadOptions options)
        {
            var id = register.Ids[Random.Shared.Next(register.Ids.Count)];
            (await registrants.GetAsync(id, options, Caller, cancellationToken)).Require();
        }

        var past = new ReadOptions { AsOf = moment };
        var (asOf, now) = await ClosedLoop.BesideAsync(
            Clients,
            duration,
            _ => ReadAsync(past),
            _ => ReadAsync(ReadOptions.Default),
            cancellationToken
        );
        return new BenchFigure(
            "read as of a moment, 5 versions",
            "reads/s",
            asOf.PerSecond,
            "current read",
            now.PerSecond
        )
        {
            Goal = 0.5,
            Latency = asOf.Latency(),
            LimitLatency = now.Latency(),
        };
    }

    /// <summary>Content of the rows, without what the database adds for pages and indexes.</summary>
    private static async Task<BenchFigure> BytesAsync(ScratchDatabase scratch, CancellationToken cancellationToken)
    {
        await using DbConnection connection = scratch.IsPostgres
            ? new NpgsqlConnection(scratch.ConnectionString)
            : new SqliteConnection(scratch.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = scratch.IsPostgres ? PostgresBytes : SqliteBytes;
        var bytes = Convert.ToDouble(await command.ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture);
        return new BenchFigure(
            "persons with 5 versions in 1 GB",
            "persons",
            1e9 / bytes,
            $"at {MostBytes:N0} bytes each",
            1e9 / MostBytes
        )
        {
            Goal = 1,
        };
    }

    private const string PostgresBytes = """
        with five as (select registrant_id from registry.versions group by registrant_id having count(*) = 5)
        select (
            (select sum(pg_column_size(v.*)) from registry.versions v where v.registrant_id in (select registrant_id from five))
            + (select sum(pg_column_size(r.*)) from registry.registrants r where r.id in (select registrant_id from five))
        )::float8 / (select count(*) from five)
        """;

    /// <summary>Texts by their length, numbers by the most that they take.</summary>
    private const string SqliteBytes = """
        with five as (select registrant_id from registry_versions group by registrant_id having count(*) = 5)
        select (
            (select sum(16 + 40 + length(changed_fields) + length(reverse_patch) + coalesce(length(snapshot), 0))
             from registry_versions where registrant_id in (select registrant_id from five))
            + (select sum(16 + 60 + length("values") + length(identifiers) + length(hash_key) + 32)
               from registry_registrants where id in (select registrant_id from five))
        ) * 1.0 / (select count(*) from five)
        """;
}
