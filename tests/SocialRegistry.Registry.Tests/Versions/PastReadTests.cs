using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using SocialRegistry.Contracts;
using SocialRegistry.Contracts.Tests.Ports;
using SocialRegistry.Registry.Changes;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;
using SocialRegistry.Registry.Versions;
using SocialRegistry.Storage;
using SocialRegistry.Testing;
using Xunit;

namespace SocialRegistry.Registry.Tests.Versions;

/// <summary>What reading the past costs, and clocks that go backwards, looked at behind the ports.</summary>
public abstract class PastReadTests(DatabaseProvider provider) : CoreTests(provider)
{
    [Fact]
    public async Task A_read_as_of_a_moment_reads_few_rows_however_long_the_history_is()
    {
        await using var host = await StartAsync();
        // From the beginning: the library looks only every second whether anybody listens.
        using var counter = new RowCounter();
        var person = await host.Registrants.StoreAsync(Persons.Amira());
        var moments = new List<DateTimeOffset> { host.Clock.GetUtcNow() };
        for (var version = 1; version < 300; version++)
        {
            host.Clock.Advance(TimeSpan.FromMinutes(1));
            (await PatchAsync(host, person.Id, version, $$"""{"given_name":"Name {{version + 1}}"}""")).Require();
            moments.Add(host.Clock.GetUtcNow());
        }

        var past = host.Services.GetRequiredService<PastRecord>();
        var store = host.Services.GetRequiredService<RecordStore>();
        foreach (var number in (int[])[1, 2, 7, 8, 9, 63, 64, 65, 150, 255, 256, 299, 300])
        {
            await using var db = await ContextAsync(host);
            using var record = (await store.ReadAsync(db, person.Id.Value, Cancellation))!;
            counter.Watch(db);
            using var then = (
                await past.FindAsync(db, record, new PastPoint { AsOf = moments[number - 1] }, Cancellation)
            ).Require();

            Assert.Equal(number, then.Entry.Number);
            // Two rounds of probes at most, and the versions up to the next whole one.
            Assert.InRange(counter.Rows, 1, (2 * 16) + (int)VersionEntry.SnapshotEvery + 1);
            Assert.InRange(counter.Statements, 1, 3);
        }
    }

    [Fact]
    public async Task Whatever_the_clock_says_later_entries_are_never_recorded_before_earlier_ones()
    {
        var clock = new BackwardsClock(new DateTimeOffset(2026, 6, 1, 12, 0, 0, TimeSpan.Zero));
        await using var host = await StartAsync(services => services.AddSingleton<TimeProvider>(clock));
        var person = await host.Registrants.StoreAsync(Persons.Amira());
        for (var version = 1; version < 6; version++)
        {
            clock.Now -= TimeSpan.FromHours(1);
            (await PatchAsync(host, person.Id, version, $$"""{"given_name":"Name {{version + 1}}"}""")).Require();
            (
                await host.Attestations.AttestAsync(
                    person.Id,
                    "surname",
                    new AttestationStatement { Status = "ATTESTED" },
                    PortCallers.Registrar,
                    Cancellation
                )
            ).Require();
        }

        await using var db = await ContextAsync(host);
        var versions = await db
            .Versions.Where(v => v.RegistrantId == person.Id.Value)
            .OrderBy(v => v.Number)
            .Select(v => v.RecordedAt)
            .ToListAsync(Cancellation);
        var changes = await db
            .Changes.Where(c => c.RegistrantId == person.Id.Value)
            .OrderBy(c => c.Sequence)
            .ToListAsync(Cancellation);

        Assert.Equal(6, versions.Distinct().Count());
        Assert.Equal(versions.Order(), versions);
        Assert.Equal(11, changes.Select(c => c.RecordedAt).Distinct().Count());
        Assert.Equal(changes.Select(c => c.RecordedAt).Order(), changes.Select(c => c.RecordedAt));
        var row = await db.Registrants.SingleAsync(r => r.Id == person.Id.Value, Cancellation);
        Assert.Null(ChangeChain.FirstBroken(changes, (row.Sequence, row.ChainHash)));
        clock.Now += TimeSpan.FromDays(1);
        for (var number = 1; number <= 6; number++)
        {
            var then = await host.Registrants.GetAsync(
                person.Id,
                new ReadOptions { AsOf = versions[number - 1] },
                PortCallers.Registrar,
                Cancellation
            );
            Assert.Equal(number, then.Require().Version);
        }
    }

    [Fact]
    public async Task A_search_of_the_past_stops_at_its_bound_and_goes_on_at_its_cursor()
    {
        var settings = new Dictionary<string, string?> { ["Registry:PastSearchRecords"] = "100" };
        await using var host = await StartAsync(settings: settings);
        for (var i = 0; i < 250; i++)
        {
            var sex = i == 240 ? "male" : "female";
            await host.Registrants.StoreAsync(
                new NewRegistrant
                {
                    Kind = RegistrantKinds.Individual,
                    Values = Persons.Values($$"""{"given_name":"N{{i}}","sex":"{{sex}}"}"""),
                }
            );
            host.Clock.Advance(TimeSpan.FromMilliseconds(2));
        }

        var request = new SearchRequest
        {
            Query = new FieldQuery("sex", QueryOperator.Eq, Persons.Json("\"male\"")),
            Options = new ReadOptions { AsOf = host.Clock.GetUtcNow() },
        };
        var pages = new List<SearchPage>();
        do
        {
            var after = pages.Count == 0 ? null : pages[^1].Next;
            pages.Add(
                (
                    await host.Registrants.SearchAsync(
                        request with
                        {
                            Page = new PageRequest(10, after),
                        },
                        PortCallers.Registrar,
                        Cancellation
                    )
                ).Require()
            );
        } while (pages[^1].Next is not null);

        Assert.Equal([0, 0, 1], pages.Select(p => p.Items.Count));
        var foreign = await host.Registrants.SearchAsync(
            request with
            {
                Options = new ReadOptions { AsOf = host.Clock.GetUtcNow().AddSeconds(-1) },
                Page = new PageRequest(10, pages[0].Next),
            },
            PortCallers.Registrar,
            Cancellation
        );
        Assert.Equal("searches.cursor_invalid", foreign.Problem?.Code);
    }

    [Fact]
    public async Task Reading_the_past_is_disclosed_with_the_version_that_was_shown()
    {
        await using var host = await StartAsync();
        var person = await host.Registrants.StoreAsync(Persons.Amira());
        var moment = host.Clock.GetUtcNow();
        host.Clock.Advance(TimeSpan.FromHours(1));
        (await PatchAsync(host, person.Id, 1, """{"surname":"Vinter"}""")).Require();
        var options = new ReadOptions { AsOf = moment, Fields = ["surname"] };
        var auditor = PortCallers.Registrar with { Id = "auditor-7" };
        (await host.Registrants.GetAsync(person.Id, options, auditor, Cancellation)).Require();
        (
            await host.Versions.CompareAsync(
                person.Id,
                new VersionPoint { Number = 1 },
                new VersionPoint { Number = 2 },
                auditor,
                Cancellation
            )
        ).Require();

        var shown = (
            await host.Versions.DisclosuresAsync(person.Id, new PageRequest(), PortCallers.Registrar, Cancellation)
        )
            .Require()
            .Items.Where(d => d.ShownTo == "auditor-7")
            .ToList();

        Assert.Equal(2, shown.Count);
        Assert.Contains(
            shown,
            d => d.Fields.Contains("surname") && d.Fields.Contains("version:1") && !d.Fields.Contains("version:2")
        );
        Assert.Contains(
            shown,
            d => d.Fields.Contains("surname") && d.Fields.Contains("version:1") && d.Fields.Contains("version:2")
        );
    }

    private sealed class BackwardsClock(DateTimeOffset now) : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = now;

        public override DateTimeOffset GetUtcNow() => Now;
    }

    /// <summary>Counts what one context reads of the versions.</summary>
    private sealed class RowCounter
        : IDisposable,
            IObserver<DiagnosticListener>,
            IObserver<KeyValuePair<string, object?>>
    {
        private DbContext? db;
        private readonly List<IDisposable> subscriptions = [];

        public RowCounter() => subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));

        public int Rows { get; private set; }

        public int Statements { get; private set; }

        public void OnNext(DiagnosticListener value)
        {
            if (value.Name == DbLoggerCategory.Name)
            {
                subscriptions.Add(value.Subscribe(this!));
            }
        }

        public void OnNext(KeyValuePair<string, object?> value)
        {
            if (value.Value is DataReaderDisposingEventData read && read.Context == db)
            {
                Rows += read.ReadCount;
                Statements++;
            }
        }

        /// <summary>Counts from now on, of this context.</summary>
        public void Watch(DbContext context) => (db, Rows, Statements) = (context, 0, 0);

        public void OnCompleted() { }

        public void OnError(Exception error) { }

        public void Dispose() => subscriptions.ForEach(s => s.Dispose());
    }
}

public sealed class SqlitePastReadTests() : PastReadTests(DatabaseProvider.Sqlite);

public sealed class PostgresPastReadTests() : PastReadTests(DatabaseProvider.Postgres);
