using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SocialRegistry.Contracts;
using SocialRegistry.Contracts.Tests.Ports;
using SocialRegistry.Registry.Alerts;
using SocialRegistry.Registry.Changes;
using SocialRegistry.Registry.Tests.Verification;
using SocialRegistry.Storage;
using SocialRegistry.Testing;
using Xunit;

namespace SocialRegistry.Registry.Tests.Alerts;

public sealed class SqliteGlassTests() : GlassTests(DatabaseProvider.Sqlite);

public sealed class PostgresGlassTests() : GlassTests(DatabaseProvider.Postgres);

/// <summary>Readings past one's rights: no alert, no answer; and what an alert leaves behind.</summary>
public abstract class GlassTests(DatabaseProvider provider) : CoreTests(provider)
{
    private static readonly GlassBreak Emergency = new() { Reason = "Zebulonia lies at the clinic" };

    [Theory]
    [InlineData("alerts")]
    [InlineData("disclosures")]
    [InlineData("outbox")]
    [InlineData("log_queue")]
    public async Task Nothing_is_shown_and_nothing_stays_when_a_part_of_it_cannot_be_written(string table)
    {
        await using var host = await StartAsync();
        var person = await host.Registrants.StoreAsync(Persons.Amira());
        await ExecuteAsync(host, $"alter table {Table(table)} rename to away");

        var opened = () => OpenAsync(host, person.Id, BreakGlassPortTests.Reader());

        Assert.IsAssignableFrom<Exception>(
            await Record.ExceptionAsync(opened) is var thrown and (DbUpdateException or DbException) ? thrown : null
        );
        await ExecuteAsync(
            host,
            Provider == DatabaseProvider.Sqlite
                ? $"alter table away rename to {Table(table)}"
                : $"alter table registry.away rename to {table}"
        );
        await using var db = await ContextAsync(host);
        Assert.Equal(0, await CountAsync(host, $"select count(*) from {Table("alerts")}"));
        Assert.False(await db.Set<Registry.Disclosures.Disclosure>().AnyAsync(d => d.BreakGlass, Cancellation));
    }

    [Fact]
    public async Task Many_at_once_of_one_user_are_counted_one_by_one()
    {
        await using var host = await StartAsync();
        var person = await host.Registrants.StoreAsync(Persons.Amira());
        var reader = BreakGlassPortTests.Reader();

        var outcomes = await Task.WhenAll(
            Enumerable.Range(0, 16).Select(_ => Task.Run(() => OpenAsync(host, person.Id, reader)))
        );

        Assert.Equal(10, outcomes.Count(o => o.Succeeded));
        Assert.Equal(10, await CountAsync(host, $"select count(*) from {Table("alerts")} where kind = 'break-glass'"));
        Assert.Equal(
            1,
            await CountAsync(host, $"select count(*) from {Table("alerts")} where kind = 'break-glass-volume'")
        );
        Assert.All(outcomes.Where(o => !o.Succeeded), o => Assert.Equal("glass.too_many", o.Problem!.Code));
    }

    /// <summary>Two processes know nothing of each other's turns; the numbers of the alerts hold them to the limit.</summary>
    [Fact]
    public async Task Two_processes_together_keep_the_limit()
    {
        await using var host = await StartAsync();
        var person = await host.Registrants.StoreAsync(Persons.Amira());
        var reader = BreakGlassPortTests.Reader();
        OpenGlass[] processes =
        [
            ActivatorUtilities.CreateInstance<OpenGlass>(host.Services),
            ActivatorUtilities.CreateInstance<OpenGlass>(host.Services),
        ];

        var outcomes = await Task.WhenAll(
            processes.SelectMany(p =>
                Enumerable
                    .Range(0, 8)
                    .Select(_ => Task.Run(() => p.OpenAsync(person.Id, Emergency, reader, Cancellation)))
            )
        );

        Assert.Equal(10, outcomes.Count(o => o.Succeeded));
        Assert.Equal(10, await CountAsync(host, $"select count(*) from {Table("alerts")} where kind = 'break-glass'"));
        Array.ForEach(processes, p => p.Dispose());
    }

    [Fact]
    public async Task Each_alert_has_a_notice_is_sealed_and_is_told_in_the_log_without_its_reason()
    {
        var lines = new ConcurrentBag<string>();
        await using var host = await StartAsync(services =>
            services.AddLogging(logging => logging.AddProvider(new Lines(lines)))
        );
        var person = await host.Registrants.StoreAsync(Persons.Amira());
        (await OpenAsync(host, person.Id, BreakGlassPortTests.Reader())).Require();
        await LoggedWorld.SealAsync(host);

        await using var db = await ContextAsync(host);
        var notice = await db.Outbox.SingleAsync(o => o.Kind == "alert", Cancellation);
        Assert.Equal(
            (person.Id.Value, AlertKinds.BreakGlass, "[]"),
            (notice.RegistrantId, notice.Operation, notice.ChangedFields)
        );
        Assert.Contains(lines, l => l.Contains($"Alert break-glass {notice.Id}", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, l => l.Contains("Zebulonia", StringComparison.Ordinal));
        var report = await LoggedWorld.VerifyAsync(host);
        Assert.True(report.IsWhole, report.Text());
        await ExecuteAsync(host, $"delete from {Table("alerts")}");
        Assert.Contains(
            (await LoggedWorld.VerifyAsync(host)).Findings,
            f => f.Code == "entry.removed" && f.Entry.StartsWith("alert ", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Erasure_takes_the_texts_of_alerts_along_and_nobody_opens_the_record_again()
    {
        await using var host = await StartAsync(
            settings: new Dictionary<string, string?> { ["Registry:Erasures:Allowed"] = "true" }
        );
        var person = await host.Registrants.StoreAsync(Persons.Amira());
        var reader = BreakGlassPortTests.Reader();
        (await OpenAsync(host, person.Id, reader)).Require();
        (await OpenAsync(host, person.Id, reader)).Require();
        var alerts = host.Services.GetRequiredService<IAlerts>();
        var raised = (await ListAsync(alerts)).Items;
        (await ReviewAsync(alerts, raised[0].Id, "Zebulonia is well again")).Require();
        var erasures = host.Services.GetRequiredService<IErasures>();
        var asked = new NewErasure { Ground = "act-7", Reason = "asked for it" };
        (await erasures.RequestAsync(person.Id, asked, PortCallers.Registrar, Cancellation)).Require();
        var second = PortCallers.Registrar with { Id = "second" };
        (await erasures.ConfirmAsync(person.Id, second, Cancellation)).Require();

        var refused = await OpenAsync(host, person.Id, reader);
        var after = (await ListAsync(alerts)).Items;
        var late = (await ReviewAsync(alerts, raised[1].Id, "the record is gone")).Require();

        Assert.Equal(("registrants.erased", ProblemKind.Gone), (refused.Problem?.Code, refused.Problem?.Kind));
        Assert.All(after, a => Assert.Null(a.Reason));
        Assert.All(after, a => Assert.Null(a.Note));
        Assert.Equal("the record is gone", late.Note);
        // Its keys are not made anew for the note.
        await using var db = await ContextAsync(host);
        Assert.False(
            await db.Set<Registry.Registrants.RecordKeyRow>()
                .AnyAsync(k => k.RegistrantId == person.Id.Value, Cancellation)
        );
    }

    private static Task<Outcome<RegistrantView>> OpenAsync(RegistryHost host, RegistrantId id, Caller reader) =>
        host.Services.GetRequiredService<IBreakGlass>().OpenAsync(id, Emergency, reader, Cancellation);

    private static async Task<Page<AlertView>> ListAsync(IAlerts alerts) =>
        (await alerts.ListAsync(AlertFilter.None, new PageRequest(), PortCallers.Registrar, Cancellation)).Require();

    private static Task<Outcome<AlertView>> ReviewAsync(IAlerts alerts, AlertId id, string note) =>
        alerts.ReviewAsync(id, new AlertReview { Note = note }, PortCallers.Registrar, Cancellation);

    private sealed class Lines(ConcurrentBag<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => lines.Add(formatter(state, exception) + exception);

        public void Dispose() { }
    }
}
