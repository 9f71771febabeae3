using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SocialRegistry.Contracts.Tests.Ports;
using SocialRegistry.Registry.Changes;
using SocialRegistry.Registry.Disclosures;
using SocialRegistry.Registry.Registrants;
using SocialRegistry.Storage;
using SocialRegistry.Testing;
using Xunit;

namespace SocialRegistry.Registry.Tests.Verification;

/// <summary>What is changed in the database behind the program's back is found and named.</summary>
public abstract class VerifyLogTests(DatabaseProvider provider) : CoreTests(provider)
{
    /// <summary>Each with the columns that say nothing that anybody relies on.</summary>
    public static TheoryData<string, string[]> Tables =>
        new()
        {
            { "registrants", [] },
            { "versions", [] },
            { "changes", [] },
            { "attestations", [] },
            { "attestation_history", [] },
            { "memberships", [] },
            { "parents", [] },
            { "spouses", [] },
            { "relations", [] },
            { "documents", [] },
            { "consents", [] },
            { "consent_grants", [] },
            { "erasures", [] },
            { "disclosures", [] },
            { "disclosure_batches", [] },
            { "disclosure_counts", [] },
            { "disclosure_prunings", [] },
            { "alerts", [] },
            { "alert_reviews", [] },
            { "catalogue_changes", [] },
            { "area_history", [] },
            { "areas", [] },
            { "area_boundaries", [] },
            { "catalogue_versions", [] },
            { "identifiers", [] },
            { "named_versions", [] },
            { "named_version_entries", [] },
            { "change_requests", [] },
            { "change_request_events", [] },
            { "change_request_parties", [] },
            { "relation_types", [] },
            { "relation_type_history", [] },
            { "log_leaves", [] },
            { "log_nodes", [] },
            // Signed is what the note says.
            { "log_checkpoints", ["at"] },
            { "log_state", [] },
            { "log_queue", [] },
        };

    [Fact]
    public async Task An_untouched_registry_is_whole_and_what_waits_is_counted()
    {
        await using var host = await StartAsync();
        var person = await LoggedWorld.FillAsync(host, Cancellation);
        var before = await LoggedWorld.VerifyAsync(host);
        var count = await LoggedWorld.SealAsync(host);
        await LoggedWorld.PatchAsync(host, person, LoggedWorld.Version, """{"area":"LOG-1"}""");
        var after = await LoggedWorld.VerifyAsync(host, await LoggedWorld.CheckpointAsync(host));

        Assert.True(before.IsWhole, before.Text());
        Assert.True(after.IsWhole, after.Text());
        Assert.Equal((count, 0L, 0L), (before.Unsealed, before.Leaves, before.Checkpoints));
        // The change and the showing of its answer.
        Assert.Equal((2L, (long)count, 1L), (after.Unsealed, after.Leaves, after.Checkpoints));
        Assert.Equal(3, after.Records);
        Assert.Equal(await CountAsync(host, $"select count(*) from {Table("changes")}"), after.Entries);
        Assert.Equal(await CountAsync(host, $"select count(*) from {Table("disclosures")}"), after.Disclosures);
    }

    [Theory]
    [MemberData(nameof(Tables))]
    public async Task One_byte_of_any_column_of_any_row_is_found(string name, string[] free)
    {
        await using var host = await FilledAsync(name);
        var tampering = new Tampering(host, Provider);
        var (table, columns, key) = await tampering.TableAsync(name);
        var keys = string.Join(", ", key);
        foreach (var column in columns.Where(c => !free.Contains(c.GetColumnName())))
        {
            var quoted = Tampering.Quoted(column.GetColumnName());
            var cells = await tampering.QueryAsync(
                $"select {keys}, {quoted} from {table} where {quoted} is not null order by {keys}"
            );
            foreach (var cell in cells.Take(1).Concat(cells.TakeLast(1)))
            {
                object[] row = [.. cell[..^1].Select(c => c!)];
                var undo = await tampering.TouchAsync(table, column, key, row, cell[^1]!);

                var report = await LoggedWorld.VerifyAsync(host);

                Assert.False(report.IsWhole, $"{table}.{column.GetColumnName()} was touched unseen.");
                Assert.True(Names(report.Text(), name, row), $"{table}.{column.GetColumnName()}: {report.Text()}");
                await undo();
            }
        }

        var restored = await LoggedWorld.VerifyAsync(host);
        Assert.True(restored.IsWhole, restored.Text());
    }

    [Theory]
    [MemberData(nameof(Tables))]
    public async Task A_row_that_is_removed_or_added_is_found(string name, string[] free)
    {
        Assert.NotNull(free);
        await using var host = await FilledAsync(name);
        var tampering = new Tampering(host, Provider);
        var (table, _, key) = await tampering.TableAsync(name);
        var keys = string.Join(", ", key);
        var all = await tampering.QueryAsync($"select {keys} from {table} order by {keys}");
        Assert.NotEmpty(all);
        await tampering.ExecuteAsync($"create table spare as select * from {table}");
        foreach (var cells in all.Take(1).Concat(all.TakeLast(1)))
        {
            object[] row = [.. cells.Select(c => c!)];
            await tampering.ExecuteAsync($"delete from {table} where {Tampering.Where(key, 0)}", row);

            var removed = await LoggedWorld.VerifyAsync(host);

            // Who takes one of several checkpoints away takes a signature, not an entry.
            Assert.False(removed.IsWhole, $"a row of {table} was removed unseen");
            Assert.True(Names(removed.Text(), name, row), removed.Text());
            await tampering.ExecuteAsync(
                $"insert into {table} select * from spare where {Tampering.Where(key, 0)}",
                row
            );
        }

        // The same row once more, with another key.
        var last = key[^1];
        object[] first = [.. all[0].Select(c => c!)];
        await tampering.ExecuteAsync(
            $"create table extra as select * from spare where {Tampering.Where(key, 0)}",
            first
        );
        await tampering.ExecuteAsync($"update extra set {last} = {Another(first[^1])}");
        try
        {
            await tampering.ExecuteAsync($"insert into {table} select * from extra");
        }
        catch (DbException)
        {
            // A rule of the database keeps it out.
            return;
        }

        var added = await LoggedWorld.VerifyAsync(host);

        Assert.False(added.IsWhole, $"a row was added to {table} unseen");
        await tampering.ExecuteAsync(
            $"delete from {table} where exists (select 1 from extra e where {string.Join(" and ", key.Select(k => $"e.{k} = {table}.{k}"))})"
        );
        var restored = await LoggedWorld.VerifyAsync(host);
        Assert.True(restored.IsWhole, restored.Text());
    }

    [Fact]
    public async Task Rows_that_change_places_are_found()
    {
        await using var host = await FilledAsync("changes");
        var tampering = new Tampering(host, Provider);
        var id = (await tampering.QueryAsync($"select id from {Table("registrants")} where version > 3"))[0][0]!;
        foreach (
            var (table, owner, place, from, to) in new[]
            {
                ("changes", "registrant_id", "sequence", 2, 3),
                ("versions", "registrant_id", "number", 2, 3),
            }
        )
        {
            async Task SwapAsync()
            {
                foreach (var (old, now) in new[] { (from, 999), (to, from), (999, to) })
                {
                    await tampering.ExecuteAsync(
                        $"update {Table(table)} set {place} = {now} where {place} = {old} and {owner} = @p0",
                        id
                    );
                }
            }

            await SwapAsync();
            var report = await LoggedWorld.VerifyAsync(host);
            Assert.Contains(report.Findings, f => f.Entry.Contains(id.ToString()!, StringComparison.OrdinalIgnoreCase));
            await SwapAsync();
        }

        var count = await CountAsync(host, $"select count(*) from {Table("log_leaves")}");
        foreach (var (old, now) in new[] { (1L, count + 5), (2L, 1L), (count + 5, 2L) })
        {
            await ExecuteAsync(host, $"update {Table("log_leaves")} set \"index\" = {now} where \"index\" = {old}");
        }

        var swapped = await LoggedWorld.VerifyAsync(host);
        Assert.Contains(swapped.Findings, f => f.Code == "log.rewritten");
    }

    [Fact]
    public async Task An_entry_that_is_rewritten_with_a_right_hash_is_found_too()
    {
        await using var host = await FilledAsync("changes");
        await using (var db = await ContextAsync(host))
        {
            // The last entry of a record, so that no other one names its hash, and the record as well.
            var record = await db.Registrants.AsNoTracking().OrderBy(r => r.Id).FirstAsync(Cancellation);
            var entry = await db
                .Changes.AsNoTracking()
                .SingleAsync(c => c.RegistrantId == record.Id && c.Sequence == record.Sequence, Cancellation);
            var forged = new ChangeEntry
            {
                RegistrantId = entry.RegistrantId,
                Sequence = entry.Sequence,
                Operation = entry.Operation,
                Version = entry.Version,
                RecordedAt = entry.RecordedAt,
                EffectiveOn = entry.EffectiveOn,
                ActorKind = entry.ActorKind,
                Actor = "somebody-else",
                Channel = entry.Channel,
                RequestId = entry.RequestId,
                Decision = entry.Decision,
                Epoch = entry.Epoch,
                Fields = entry.Fields,
                Rows = entry.Rows,
                ContentHash = entry.ContentHash,
                PreviousHash = entry.PreviousHash,
            };
            var hash = ChangeChain.Hash(forged);
            await db
                .Changes.Where(c => c.RegistrantId == record.Id && c.Sequence == record.Sequence)
                .ExecuteUpdateAsync(
                    set => set.SetProperty(c => c.Actor, forged.Actor).SetProperty(c => c.Hash, hash),
                    Cancellation
                );
            await db
                .Registrants.Where(r => r.Id == record.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(r => r.ChainHash, hash), Cancellation);

            var report = await LoggedWorld.VerifyAsync(host);

            var finding = Assert.Single(report.Findings);
            Assert.Equal(
                ("entry.altered", $"registrant {record.Id} entry {record.Sequence}"),
                (finding.Code, finding.Entry)
            );
        }
    }

    [Fact]
    public async Task A_database_put_back_to_yesterday_is_found_by_a_checkpoint_that_was_kept()
    {
        await using var host = await StartAsync();
        await LoggedWorld.FillAsync(host, Cancellation);
        await LoggedWorld.SealAsync(host);
        var tampering = new Tampering(host, Provider);
        string[] tables =
        [
            "registrants",
            "versions",
            "changes",
            "record_keys",
            "identifiers",
            "log_leaves",
            "log_checkpoints",
            "log_state",
            "log_queue",
            "disclosures",
            "disclosure_batches",
        ];
        foreach (var table in tables)
        {
            await tampering.ExecuteAsync($"create table backup_{table} as select * from {Table(table)}");
        }

        await host.Registrants.StoreAsync(Persons.Amira());
        await LoggedWorld.SealAsync(host);
        var kept = await LoggedWorld.CheckpointAsync(host);
        Assert.True((await LoggedWorld.VerifyAsync(host, kept)).IsWhole);
        foreach (var table in tables)
        {
            await tampering.ExecuteAsync($"delete from {Table(table)}");
            await tampering.ExecuteAsync($"insert into {Table(table)} select * from backup_{table}");
        }

        var alone = await LoggedWorld.VerifyAsync(host);
        var report = await LoggedWorld.VerifyAsync(host, kept);
        // Another history of the same length does not help either.
        await host.Registrants.StoreAsync(Persons.Amira());
        await LoggedWorld.SealAsync(host);
        var rewritten = await LoggedWorld.VerifyAsync(host, kept);

        Assert.True(alone.IsWhole, alone.Text());
        Assert.Equal("log.truncated", Assert.Single(report.Findings).Code);
        Assert.Equal("log.rewritten", Assert.Single(rewritten.Findings).Code);
        var forged = kept.Replace("\n", "\nx", StringComparison.Ordinal);
        Assert.Equal("checkpoint.unsigned", Assert.Single((await LoggedWorld.VerifyAsync(host, forged)).Findings).Code);
    }

    [Fact]
    public async Task Shredding_a_record_and_another_head_of_its_key_leave_the_log_whole()
    {
        await using var host = await FilledAsync("changes");
        await ExecuteAsync(host, $"update {Table("record_keys")} set head = fast_wrap");
        var rotated = await LoggedWorld.VerifyAsync(host);
        await ExecuteAsync(host, $"delete from {Table("record_keys")}");
        var shredded = await LoggedWorld.VerifyAsync(host);

        Assert.True(rotated.IsWhole, rotated.Text());
        Assert.True(shredded.IsWhole, shredded.Text());
    }

    [Fact]
    public async Task A_row_that_cannot_even_be_read_is_named()
    {
        Assert.SkipWhen(Provider == DatabaseProvider.Postgres, "PostgreSQL keeps such values out of its columns.");
        await using var host = await FilledAsync("changes");
        var id = (await new Tampering(host, Provider).QueryAsync($"select id from {Table("registrants")} order by id"))[
            1
        ][0]!;
        await ExecuteAsync(
            host,
            $"update {Table("changes")} set effective_on = 'someday' where registrant_id = '{id}' and sequence = 1"
        );

        var report = await LoggedWorld.VerifyAsync(host);

        var finding = Assert.Single(report.Findings, f => f.Code == "row.unreadable");
        Assert.Contains(id.ToString()!, finding.Entry, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_registry_that_goes_on_working_is_verified_as_of_one_moment()
    {
        await using var host = await StartAsync();
        await LoggedWorld.FillAsync(host, Cancellation);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var writers = Enumerable
            .Range(0, 4)
            .Select(_ =>
                Task.Run(async () =>
                {
                    while (!stop.IsCancellationRequested)
                    {
                        var person = await host.Registrants.StoreAsync(Persons.Amira());
                        await LoggedWorld.PatchAsync(host, person.Id, 1, """{"area":"LOG-1"}""");
                        await LoggedWorld.SealAsync(host);
                    }
                })
            )
            .ToList();
        for (var i = 0; i < 5; i++)
        {
            var report = await LoggedWorld.VerifyAsync(host);
            Assert.True(report.IsWhole, report.Text());
        }

        await stop.CancelAsync();
        await Task.WhenAll(writers);
    }

    /// <summary>A world, sealed; with something waiting for tests of the queue, and enough leaves for tests of nodes.</summary>
    private async Task<RegistryHost> FilledAsync(string table)
    {
        var host = await StartAsync(
            settings: new Dictionary<string, string?> { ["Registry:Erasures:Allowed"] = "true" }
        );
        var person = await LoggedWorld.FillAsync(host, Cancellation);
        if (table == "erasures")
        {
            var gone = await host.Registrants.StoreAsync(Persons.Amira());
            await LoggedWorld.EraseAsync(host, person, gone.Id, Cancellation);
        }

        if (table is "area_history" or "areas" or "area_boundaries")
        {
            await LoggedWorld.AreaAsync(host, Cancellation);
        }

        if (table is "alerts" or "alert_reviews")
        {
            await LoggedWorld.AlertAsync(host, person, Cancellation);
        }

        if (table is "disclosure_counts" or "disclosure_prunings")
        {
            host.Clock.AdjustTime(host.Clock.GetUtcNow().AddYears(11));
            await host.Services.GetRequiredService<PruneDisclosures>().RunDueAsync(Cancellation);
        }

        if (table == "log_nodes")
        {
            var rows = Enumerable
                .Range(0, 600)
                .Select(_ => new Contracts.ImportRow
                {
                    Kind = "individual",
                    Values = Persons.Values("""{"surname":"Vinter"}"""),
                    Identifiers = [Persons.NewUin()],
                })
                .ToList();
            (await host.Registrants.ImportAsync(rows, false, PortCallers.Registrar, Cancellation)).Require();
        }

        await LoggedWorld.SealAsync(host);
        if (table == "log_queue")
        {
            await LoggedWorld.PatchAsync(host, person, LoggedWorld.Version, """{"area":"LOG-1"}""");
        }

        var report = await LoggedWorld.VerifyAsync(host);
        Assert.True(report.IsWhole, report.Text());
        return host;
    }

    /// <summary>True when the findings name the row: by an id of its key, or the place in the tree.</summary>
    private static bool Names(string findings, string table, object[] key) =>
        table switch
        {
            "log_state" => findings.Contains("log state", StringComparison.Ordinal)
                || findings.Contains("checkpoint", StringComparison.Ordinal),
            "log_nodes" => findings.Contains(
                $"leaves {Convert.ToInt64(key[1], CultureInfo.InvariantCulture) * 256} to",
                StringComparison.Ordinal
            ),
            "log_leaves" => Kinds.Any(k => findings.Contains(k, StringComparison.Ordinal))
                || findings.Contains($"leaf {key[0]}", StringComparison.Ordinal)
                || findings.Contains($"leaves {key[0]} to", StringComparison.Ordinal),
            "log_checkpoints" => findings.Contains($"checkpoint {key[0]}", StringComparison.Ordinal)
                || findings.Contains("leaves ", StringComparison.Ordinal),
            "area_history" or "areas" or "area_boundaries" => findings.Contains("area ", StringComparison.Ordinal),
            // An id that was touched itself is told by its sealed place.
            "catalogue_versions" => findings.Contains("catalogue version ", StringComparison.Ordinal),
            "relation_types" or "relation_type_history" => findings.Contains(
                "relation type ",
                StringComparison.Ordinal
            ),
            "named_versions" => findings.Contains("named version ", StringComparison.Ordinal),
            "identifiers" => findings.Contains("identifiers ", StringComparison.Ordinal),
            "disclosure_prunings" => findings.Contains("pruning ", StringComparison.Ordinal),
            _ => key.Any(k =>
                k is Guid or string && findings.Contains(k.ToString()!, StringComparison.OrdinalIgnoreCase)
            ),
        };

    private static readonly string[] Kinds =
    [
        "registrant ",
        "disclosure ",
        "catalogue ",
        "named version ",
        "change request ",
        "relation type ",
    ];

    private string Another(object key) =>
        key switch
        {
            byte[] => Provider == DatabaseProvider.Sqlite
                ? "x'0102030405060708090a0b0c0d0e0f10'"
                : @"'\x0102030405060708090a0b0c0d0e0f10'::bytea",
            Guid or string => Provider == DatabaseProvider.Sqlite
                ? $"'{Guid.NewGuid().ToString().ToUpperInvariant()}'"
                : $"'{Guid.NewGuid()}'",
            _ => "77",
        };
}

public sealed class SqliteVerifyLogTests() : VerifyLogTests(DatabaseProvider.Sqlite);

public sealed class PostgresVerifyLogTests() : VerifyLogTests(DatabaseProvider.Postgres);
