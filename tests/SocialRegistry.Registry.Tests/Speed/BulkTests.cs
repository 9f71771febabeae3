using System.Data.Common;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore.Diagnostics;
using SocialRegistry.Contracts;
using SocialRegistry.Contracts.Tests.Ports;
using SocialRegistry.Storage;
using SocialRegistry.Testing;
using Xunit;

namespace SocialRegistry.Registry.Tests.Speed;

/// <summary>Many at once take few round trips. Times are held loosely, as other tests run beside; <c>bench</c> measures them.</summary>
public abstract class BulkTests(DatabaseProvider provider) : CoreTests(provider)
{
    private static readonly TimeSpan Loosely = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_country_of_a_thousand_persons_is_imported_and_found_in_few_round_trips()
    {
        await using var host = await StartAsync();
        using var counter = new Commands(host);
        // EF asks only once a second whether anybody listens.
        await Task.Delay(TimeSpan.FromSeconds(1.2), Cancellation);
        var groups = Enumerable.Range(0, 250).Select(Household).ToList();
        var persons = Enumerable.Range(0, 1_000).Select(i => Person(i, groups[i / 4])).ToList();
        await ImportAsync(host, [.. groups.Take(1)]);

        var clock = Stopwatch.StartNew();
        var first = await ImportAsync(host, groups);
        var before = counter.Count;
        var second = await ImportAsync(host, persons);
        var forPersons = counter.Count - before;
        var imported = clock.Elapsed;
        clock.Restart();
        var again = await ImportAsync(host, persons);
        var unchanged = clock.Elapsed;

        Assert.True(imported < Loosely, $"The import took {imported}.");
        Assert.True(unchanged < Loosely, $"The second import took {unchanged}.");
        // One update for each of the 250 groups whose change log grows (SQLite does not batch them); none per person.
        Assert.InRange(forPersons, 1, 270);
        Assert.Equal(1_249, first.Concat(second).Count(r => r.Require().Action == ImportAction.Created));
        Assert.All(again, r => Assert.Equal(ImportAction.Unchanged, r.Require().Action));

        List<Identifier> asked = [.. persons.Select(p => p.Identifiers[0])];
        clock.Restart();
        before = counter.Count;
        var found = (
            await host.Registrants.FindAsync(
                asked,
                new ReadOptions { Attestations = true, Memberships = true },
                PortCallers.Registrar,
                Cancellation
            )
        ).Require();
        var searched = clock.Elapsed;

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{Provider}: import {imported.TotalMilliseconds:F0} ms, again {unchanged.TotalMilliseconds:F0} ms, find {searched.TotalMilliseconds:F0} ms in {counter.Count - before} commands"
        );
        Assert.All(found, f => Assert.Single(f!.Memberships));
        Assert.InRange(counter.Count - before, 1, 4);
        // Each person, and each household that a membership names.
        Assert.Equal(1_250, await CountAsync(host, $"select count(*) from {Table("disclosures")}"));
    }

    private static ImportRow Household(int number) =>
        new()
        {
            Kind = RegistrantKinds.Group,
            Values = Persons.Values(
                $$"""{"group_type":"2","area":"N-{{number % 20:D2}}","poverty_score":{{number}}.5}"""
            ),
            Identifiers = [new Identifier("HOUSEHOLD_ID", $"HH-{number:D6}")],
        };

    private static ImportRow Person(int number, ImportRow household) =>
        new()
        {
            Kind = RegistrantKinds.Individual,
            Values = Persons.Values(
                $$"""
                {"given_name":"Given {{number}}","surname":"Family {{number
                    / 4}}","sex":"female","birth_date":"1990-01-{{number % 28 + 1:D2}}",
                 "phone_number":["+9990000{{number:D6}}"],"address":[{"address_line_1":"Lane {{number}}","locality":"Vessby"}],
                 "marital_status":"M","area":"N-01","is_disabled":false}
                """
            ),
            Identifiers = [new Identifier("UIN", $"{number:D10}"), new Identifier("NationalID", $"N{number:D9}")],
            Group = household.Identifiers[0],
            MembershipKinds = number % 4 == 0 ? ["head"] : [],
        };

    private static async Task<IReadOnlyList<Outcome<ImportedRegistrant>>> ImportAsync(
        RegistryHost host,
        IReadOnlyList<ImportRow> rows
    ) => (await host.Registrants.ImportAsync(rows, false, PortCallers.Registrar, Cancellation)).Require();

    /// <summary>Counts the commands that EF Core sends to one host's database.</summary>
    private sealed class Commands : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
    {
        private readonly string connection;
        private readonly List<IDisposable> subscriptions = [];
        private int count;

        public Commands(RegistryHost host)
        {
            connection = new DbConnectionStringBuilder { ConnectionString = host.Database.ConnectionString }[
                host.Database.Provider == DatabaseProvider.Sqlite ? "Data Source" : "Database"
            ]
                .ToString()!;
            subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));
        }

        public int Count => count;

        public void OnNext(DiagnosticListener value)
        {
            if (value.Name == DbLoggerCategoryName)
            {
                subscriptions.Add(value.Subscribe(this));
            }
        }

        public void OnNext(KeyValuePair<string, object?> value)
        {
            if (
                value.Value is CommandExecutedEventData data
                && data.Connection.ConnectionString.Contains(connection, StringComparison.Ordinal)
            )
            {
                Interlocked.Increment(ref count);
            }
        }

        public void OnCompleted() { }

        public void OnError(Exception error) { }

        public void Dispose() => subscriptions.ForEach(s => s.Dispose());

        private const string DbLoggerCategoryName = "Microsoft.EntityFrameworkCore";
    }
}

public sealed class SqliteBulkTests() : BulkTests(DatabaseProvider.Sqlite);

public sealed class PostgresBulkTests() : BulkTests(DatabaseProvider.Postgres);
