using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SocialRegistry.Contracts;
using SocialRegistry.Contracts.Tests.Ports;
using SocialRegistry.Registry.Disclosures;
using SocialRegistry.Registry.Tests.Verification;
using SocialRegistry.Storage;
using SocialRegistry.Testing;
using Xunit;

namespace SocialRegistry.Registry.Tests.Disclosures;

public sealed class SqliteRetentionTests() : RetentionTests(DatabaseProvider.Sqlite);

public sealed class PostgresRetentionTests() : RetentionTests(DatabaseProvider.Postgres);

/// <summary>Old showings become counts. What the retention took is accepted by whoever verifies the log; what anybody else took is not.</summary>
public abstract class RetentionTests(DatabaseProvider provider) : CoreTests(provider)
{
    private static readonly Caller Partner = PortCallers.Partner("cash", ["surname"], []) with
    {
        Institution = "Cash Agency",
    };

    private static readonly Caller Clerk = PortCallers.Staff("clerk", Permissions.ReadRegistrants);

    private static readonly DateTimeOffset Later = new(2036, 6, 20, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task What_is_older_is_counted_per_reader_purpose_and_month_and_what_is_younger_stays()
    {
        await using var host = await StartAsync();
        var person = await ShowAsync(host);
        var before = await CountAsync(host, $"select count(*) from {Table("disclosures")}");

        host.Clock.AdjustTime(new DateTimeOffset(2036, 5, 31, 12, 0, 0, TimeSpan.Zero));
        Assert.Equal(0, await PruneAsync(host));
        Assert.Equal(before, await CountAsync(host, $"select count(*) from {Table("disclosures")}"));
        host.Clock.AdjustTime(Later);
        var pruned = await PruneAsync(host);
        var again = await PruneAsync(host);

        Assert.Equal((7L, 0L), (pruned, again));
        var items = await AllAsync(host, person, 3);
        var (june, july) = (new DateOnly(2026, 6, 1), new DateOnly(2026, 7, 1));
        // Of July 2 stand one by one; looking at the log is a showing too.
        Assert.Equal(2, items.Count(i => i.Month is null && i.At.Month == july.Month && i.ShownTo != "registrar"));
        Assert.Equal(
            [("cash", "cash-transfer", 3), ("cash", "another", 1), ("clerk", "registration", 2)],
            items
                .Where(i => i.Month == june)
                .OrderBy(i => i.ShownTo)
                .ThenByDescending(i => i.Count)
                .Select(i => (i.ShownTo, i.Purpose!, (int)i.Count))
        );
        var counted = items.First(i => i.ShownTo == "cash" && i.Count == 3);
        Assert.Equal(
            (new DateTimeOffset(2026, 6, 1, 0, 0, 0, TimeSpan.Zero), "partner", "Cash Agency", false),
            (counted.At, counted.ReaderKind, counted.Institution, counted.BreakGlass)
        );
        Assert.True(items.Single(i => i.Month == june && i.ShownTo == "clerk").Count == 2);
        // Counts come behind what stands one by one.
        Assert.True(
            items.ToList().FindIndex(i => i.Month is not null) > items.ToList().FindLastIndex(i => i.Month is null)
        );

        // The same month once more: the count is raised.
        host.Clock.AdjustTime(new DateTimeOffset(2036, 8, 1, 0, 0, 0, TimeSpan.Zero));
        await PruneAsync(host);
        items = await AllAsync(host, person, 500);
        Assert.Equal(2, items.Single(i => i.Month == july && i.ShownTo == "cash").Count);
        // The partner sees its own only.
        var own = await host.Versions.DisclosuresAsync(
            person,
            new PageRequest(),
            Partner with
            {
                Permissions = new HashSet<string> { Permissions.ReadDisclosures },
            },
            Cancellation
        );
        Assert.All(own.Require().Items, i => Assert.Equal("cash", i.ShownTo));
        Assert.Contains(own.Require().Items, i => i.Month == june);
        var whole = await LoggedWorld.VerifyAsync(host);
        Assert.True(whole.IsWhole, whole.Text());

        // She is told the counts too, and of staff no names.
        var herself = PortCallers.Person(person);
        var report = (
            await host
                .Services.GetRequiredService<IPersonalData>()
                .ReportAsync(
                    person,
                    new DisclosureReportQuery { To = new DateOnly(2026, 6, 30) },
                    herself,
                    Cancellation
                )
        ).Require();
        Assert.Equal(
            [("another", 1), ("cash-transfer", 3), ("registration", 2)],
            report.Groups.OrderBy(g => g.Purpose, StringComparer.Ordinal).Select(g => (g.Purpose!, g.Count))
        );
        var told = (await host.Versions.DisclosuresAsync(person, new PageRequest(), herself, Cancellation)).Require();
        var staff = told.Items.Where(t => t.ReaderKind == "staff").ToList();
        Assert.Contains(staff, t => t.Month == june);
        Assert.All(staff, t => Assert.Equal("withheld", t.ShownTo));
    }

    [Fact]
    public async Task Who_verifies_accepts_what_the_retention_took_and_nothing_else()
    {
        await using var host = await StartAsync();
        await ShowAsync(host);
        await LoggedWorld.SealAsync(host);
        var kept = await LoggedWorld.CheckpointAsync(host);
        host.Clock.AdjustTime(Later);
        await PruneAsync(host);
        var waiting = await LoggedWorld.ExportAsync(host);
        var key = await LoggedWorld.KeyAsync(host);
        Assert.True((await LoggedWorld.VerifyAsync(host)).IsWhole);
        Assert.True((await LoggedWorld.VerifyFileAsync(waiting, key, kept)).IsWhole);
        await LoggedWorld.SealAsync(host);

        await AssertAsync(host, key, kept, inFile: null, inDatabase: null);
        foreach (
            var (sql, undo, inDatabase, inFile) in new (string, string, string, string?)[]
            {
                // Somebody takes rows that are young.
                (
                    $"create table taken as select * from {Table("disclosures")} where shown_to = 'cash'; delete from {Table("disclosures")} where shown_to = 'cash'",
                    $"insert into {Table("disclosures")} select * from taken; drop table taken",
                    "row.removed",
                    "row.removed"
                ),
                // The same, and the batch says that it was pruned.
                (
                    $"create table taken as select * from {Table("disclosure_batches")} where pruned_by is null; update {Table("disclosure_batches")} set pruned_by = 1 where pruned_by is null",
                    $"update {Table("disclosure_batches")} set pruned_by = null where id in (select id from taken); drop table taken",
                    "row.removed",
                    "row.removed"
                ),
                // A trace that nobody sealed, or that is gone.
                (
                    $"update {Table("disclosure_prunings")} set showings = showings + 1",
                    $"update {Table("disclosure_prunings")} set showings = showings - 1",
                    "entry.altered",
                    "entry.altered"
                ),
                (
                    $"create table taken as select * from {Table("disclosure_prunings")}; delete from {Table("disclosure_prunings")}",
                    $"insert into {Table("disclosure_prunings")} select * from taken; drop table taken",
                    "entry.removed",
                    "export.unreadable"
                ),
                // The counts.
                (
                    $"update {Table("disclosure_counts")} set count = count + 1 where shown_to = 'clerk'",
                    $"update {Table("disclosure_counts")} set count = count - 1 where shown_to = 'clerk'",
                    "row.altered",
                    null
                ),
                (
                    $"create table taken as select * from {Table("disclosure_counts")}; delete from {Table("disclosure_counts")} where shown_to = 'cash'",
                    $"insert into {Table("disclosure_counts")} select * from taken where shown_to = 'cash'; drop table taken",
                    "row.removed",
                    null
                ),
                (
                    $"update {Table("disclosure_batches")} set kept_count = kept_count + 1 where pruned_by is not null",
                    $"update {Table("disclosure_batches")} set kept_count = kept_count - 1 where pruned_by is not null",
                    "entry.altered",
                    null
                ),
            }
        )
        {
            await ExecuteAsync(host, sql);
            await AssertAsync(host, key, kept, inFile, inDatabase);
            await ExecuteAsync(host, undo);
            await AssertAsync(host, key, kept, inFile: null, inDatabase: null);
        }
    }

    [Fact]
    public async Task What_was_tampered_with_is_not_taken_along()
    {
        await using var host = await StartAsync();
        await ShowAsync(host);
        await ExecuteAsync(host, $"update {Table("disclosures")} set purpose = 'none' where purpose = 'another'");
        host.Clock.AdjustTime(Later);

        await PruneAsync(host);

        Assert.Equal(1, await CountAsync(host, $"select count(*) from {Table("disclosures")} where purpose = 'none'"));
        Assert.Contains((await LoggedWorld.VerifyAsync(host)).Findings, f => f.Code == "row.altered");
    }

    [Fact]
    public async Task A_run_that_breaks_off_leaves_everything_and_the_next_goes_on()
    {
        await using var host = await StartAsync();
        var person = await ShowAsync(host);
        await LoggedWorld.SealAsync(host);
        host.Clock.AdjustTime(Later);
        await ExecuteAsync(host, $"alter table {Table("log_queue")} rename to away");

        var broken = await Record.ExceptionAsync(() => PruneAsync(host));

        Assert.True(broken is DbUpdateException or DbException, broken?.ToString());
        await ExecuteAsync(
            host,
            Provider == DatabaseProvider.Sqlite
                ? $"alter table away rename to {Table("log_queue")}"
                : "alter table registry.away rename to log_queue"
        );
        Assert.Equal(0, await CountAsync(host, $"select count(*) from {Table("disclosure_counts")}"));
        Assert.True((await LoggedWorld.VerifyAsync(host)).IsWhole);
        Assert.Equal(7, await PruneAsync(host));
        Assert.Equal(9, (await AllAsync(host, person, 500)).Where(i => i.ShownTo != "registrar").Sum(i => i.Count) + 1);
    }

    [Fact]
    public async Task Two_that_prune_at_once_count_each_showing_once()
    {
        await using var host = await StartAsync();
        await ShowAsync(host);
        host.Clock.AdjustTime(Later);

        var pruned = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => PruneAsync(host))));

        Assert.Equal(7, pruned.Sum());
        Assert.Equal(7, await CountAsync(host, $"select sum(count) from {Table("disclosure_counts")}"));
        var whole = await LoggedWorld.VerifyAsync(host);
        Assert.True(whole.IsWhole, whole.Text());
    }

    [Fact]
    public async Task More_than_one_transaction_takes_is_taken_in_several()
    {
        await using var host = await StartAsync();
        var person = await host.Registrants.StoreAsync(Persons.Amira());
        for (var i = 0; i < 120; i++)
        {
            (await host.Registrants.GetAsync(person.Id, ReadOptions.Default, Partner, Cancellation)).Require();
        }

        host.Clock.AdjustTime(Later);

        Assert.Equal(120, await PruneAsync(host));
        Assert.Equal(2, await CountAsync(host, $"select count(*) from {Table("disclosure_prunings")}"));
        Assert.Equal(1, await CountAsync(host, $"select count(*) from {Table("disclosure_counts")}"));
        var whole = await LoggedWorld.VerifyAsync(host);
        Assert.True(whole.IsWhole, whole.Text());
    }

    /// <summary>June 2026: cash 3 and 1 for another purpose, clerk 2, and one of another person; July: cash 2.</summary>
    private static async Task<RegistrantId> ShowAsync(RegistryHost host)
    {
        var person = (await host.Registrants.StoreAsync(Persons.Amira())).Id;
        var other = (await host.Registrants.StoreAsync(Persons.Amira())).Id;
        foreach (
            var (reader, of) in new[]
            {
                (Partner, person),
                (Partner, person),
                (Partner with { Purpose = "another" }, person),
                (Clerk, person),
                (Clerk, person),
                (Clerk, other),
                (Partner, person),
            }
        )
        {
            (await host.Registrants.GetAsync(of, ReadOptions.Default, reader, Cancellation)).Require();
        }

        foreach (var day in (int[])[1, 25])
        {
            host.Clock.AdjustTime(new DateTimeOffset(2026, 7, day, 12, 0, 0, TimeSpan.Zero));
            (await host.Registrants.GetAsync(person, ReadOptions.Default, Partner, Cancellation)).Require();
        }

        return person;
    }

    private static Task<long> PruneAsync(RegistryHost host) =>
        host.Services.GetRequiredService<PruneDisclosures>().RunDueAsync(Cancellation);

    private static async Task<IReadOnlyList<DisclosureView>> AllAsync(RegistryHost host, RegistrantId person, int size)
    {
        var items = new List<DisclosureView>();
        string? after = null;
        do
        {
            var page = (
                await host.Versions.DisclosuresAsync(
                    person,
                    new PageRequest(size, after),
                    PortCallers.Registrar,
                    Cancellation
                )
            ).Require();
            Assert.True(page.Items.Count <= size);
            items.AddRange(page.Items);
            after = page.Next;
        } while (after is not null);

        return items;
    }

    private static async Task AssertAsync(
        RegistryHost host,
        string key,
        string kept,
        string? inFile,
        string? inDatabase
    )
    {
        var report = await LoggedWorld.VerifyAsync(host, kept);
        var file = await LoggedWorld.VerifyFileAsync(await LoggedWorld.ExportAsync(host), key, kept);
        if (inDatabase is null)
        {
            Assert.True(report.IsWhole, report.Text());
        }
        else
        {
            Assert.Contains(report.Findings, f => f.Code == inDatabase);
        }

        if (inFile is null)
        {
            Assert.True(file.IsWhole, file.Text());
        }
        else
        {
            Assert.Contains(file.Findings, f => f.Code == inFile);
        }
    }
}
