using Microsoft.EntityFrameworkCore;
using SocialRegistry.Contracts;
using SocialRegistry.Contracts.Tests.Ports;
using SocialRegistry.Registry.Changes;
using SocialRegistry.Registry.Registrants;
using SocialRegistry.Storage;
using SocialRegistry.Testing;
using Xunit;

namespace SocialRegistry.Registry.Tests.Changes;

/// <summary>The hash chain of a record's change log, and the notices that go with it.</summary>
public abstract class ChangeLogTests(DatabaseProvider provider) : CoreTests(provider)
{
    [Fact]
    public async Task Every_change_attestation_and_membership_is_one_entry_and_one_notice()
    {
        await using var host = await StartAsync();
        var (person, group) = await LiveAsync(host);
        await using var db = await ContextAsync(host);

        var entries = await db.Changes.OrderBy(c => c.Sequence).ToListAsync(Cancellation);
        var notices = await db.Outbox.OrderBy(o => o.Id).ToListAsync(Cancellation);

        Assert.Equal(
            ["created", "updated", "attested", "member_added", "archived"],
            entries.Where(e => e.RegistrantId == person.Value).Select(e => e.Operation)
        );
        Assert.Equal(
            ["created", "member_added"],
            entries.Where(e => e.RegistrantId == group.Value).Select(e => e.Operation)
        );
        Assert.Equal(
            entries.Select(e => (e.RegistrantId, e.Sequence, e.Operation, e.Version)).Order(),
            notices.Select(n => (n.RegistrantId, n.Sequence, n.Operation, n.Version)).Order()
        );
        var update = entries.Single(e => e.Operation == "updated");
        Assert.Contains("\"area\":{\"old\":\"N-01-004\",\"new\":\"S-01\"}", update.Fields, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_untouched_log_is_whole()
    {
        await using var host = await StartAsync();
        var (person, group) = await LiveAsync(host);

        Assert.Null(await FirstBrokenAsync(host, person));
        Assert.Null(await FirstBrokenAsync(host, group));
    }

    [Theory]
    [InlineData("update {0} set actor = 'somebody' where sequence = 2", 2)]
    [InlineData("update {0} set fields = replace(fields, 'S-01', 'S-02') where sequence = 2", 2)]
    [InlineData("update {0} set reason = null where sequence = 1", 1)]
    [InlineData("update {0} set effective_on = '2020-01-01' where sequence = 3", 3)]
    [InlineData("delete from {0} where sequence = 2", 2)]
    [InlineData("delete from {0} where sequence = 4", 4)]
    [InlineData(
        "update {0} set sequence = 9 where sequence = 2; update {0} set sequence = 2 where sequence = 3; update {0} set sequence = 3 where sequence = 9",
        2
    )]
    public async Task What_was_altered_removed_or_reordered_is_found(string sql, long at)
    {
        await using var host = await StartAsync();
        var (person, _) = await LiveAsync(host);

        await ExecuteAsync(
            host,
            string.Format(System.Globalization.CultureInfo.InvariantCulture, sql, Table("changes"))
        );

        Assert.Equal(at, await FirstBrokenAsync(host, person));
    }

    private static async Task<long?> FirstBrokenAsync(RegistryHost host, RegistrantId id)
    {
        await using var db = await ContextAsync(host);
        var row = await db.Registrants.SingleAsync(r => r.Id == id.Value, Cancellation);
        var entries = await db
            .Changes.Where(c => c.RegistrantId == id.Value)
            .OrderBy(c => c.Sequence)
            .ToListAsync(Cancellation);
        return ChangeChain.FirstBroken(entries, (row.Sequence, row.ChainHash));
    }

    private static async Task<(RegistrantId Person, RegistrantId Group)> LiveAsync(RegistryHost host)
    {
        var person = await host.Registrants.StoreAsync(Persons.Amira());
        var group = await host.Registrants.StoreAsync(Persons.Household());
        (await PatchAsync(host, person.Id, 1, """{"area":"S-01","given_name":"Mira"}""")).Require();
        var statement = new AttestationStatement { Status = "ATTESTED", Comments = "seen" };
        (
            await host.Attestations.AttestAsync(person.Id, "area", statement, PortCallers.Registrar, Cancellation)
        ).Require();
        var membership = new MembershipView
        {
            GroupId = group.Id,
            MemberId = person.Id,
            Kinds = ["head"],
        };
        (await host.Groups.AddMemberAsync(membership, PortCallers.Registrar, Cancellation)).Require();
        (await host.Registrants.ArchiveAsync(person.Id, 2, "duplicate", PortCallers.Registrar, Cancellation)).Require();
        return (person.Id, group.Id);
    }
}

public sealed class SqliteChangeLogTests() : ChangeLogTests(DatabaseProvider.Sqlite);

public sealed class PostgresChangeLogTests() : ChangeLogTests(DatabaseProvider.Postgres);
