using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SocialRegistry.Contracts;
using SocialRegistry.Contracts.Tests.Ports;
using SocialRegistry.Registry.Changes;
using SocialRegistry.Registry.Groups;
using SocialRegistry.Registry.Registrants;
using SocialRegistry.Registry.Tests.Disclosures;
using SocialRegistry.Storage;
using SocialRegistry.Testing;
using Xunit;

namespace SocialRegistry.Registry.Tests.Erasures;

public sealed class SqliteErasureTests() : ErasureTests(DatabaseProvider.Sqlite);

public sealed class PostgresErasureTests() : ErasureTests(DatabaseProvider.Postgres);

/// <summary>Erasure by two people: keys are destroyed, the tombstone stays, the change log stays whole.</summary>
public abstract class ErasureTests(DatabaseProvider provider) : CoreTests(provider)
{
    private static readonly Caller Second = PortCallers.Registrar with { Id = "second" };

    private static readonly string[] Shredded =
    [
        "record_keys",
        "identifiers",
        "search_tokens",
        "search_texts",
        "documents",
        "document_pieces",
        "attestations",
        "consents",
        "consent_grants",
    ];

    [Fact]
    public async Task An_erased_record_is_gone_with_its_keys_and_its_log_stays_whole()
    {
        await using var host = await StartAsync(settings: Allowed());
        var world = await DoorWorld.MakeAsync(host);
        var before = await HashesAsync(host, world.Person);

        (await AskAsync(host, world.Person)).Require();
        var own = await Erasures(host).ConfirmAsync(world.Person, PortCallers.Registrar, Cancellation);
        Assert.True((await ReadAsync(host, world.Person)).Succeeded);
        var erased = (await Erasures(host).ConfirmAsync(world.Person, Second, Cancellation)).Require();

        Assert.Equal("erasures.own_request", own.Problem?.Code);
        Assert.Equal(
            (ErasureStates.Erased, "act-7", "registrar", "second"),
            (erased.State, erased.Ground, erased.RequestedBy, erased.EndedBy)
        );
        var read = await ReadAsync(host, world.Person);
        Assert.Equal(("registrants.erased", ProblemKind.Gone), (read.Problem?.Code, read.Problem?.Kind));
        var past = new ReadOptions { Version = 1 };
        Assert.Equal(
            ProblemKind.Gone,
            (await host.Registrants.GetAsync(world.Person, past, PortCallers.Registrar, Cancellation)).Problem?.Kind
        );
        Assert.Equal(
            ProblemKind.Gone,
            (await host.Versions.ListAsync(world.Person, new PageRequest(), PortCallers.Registrar, Cancellation))
                .Problem
                ?.Kind
        );
        foreach (var table in Shredded)
        {
            Assert.Equal(0, await OfAsync(host, table, world.Person));
        }

        await using var db = await ContextAsync(host);
        var row = await db.Registrants.AsNoTracking().SingleAsync(r => r.Id == world.Person.Value, Cancellation);
        var entries = await EntriesAsync(db, world.Person);
        Assert.Null(ChangeChain.FirstBroken(entries, (row.Sequence, row.ChainHash)));
        Assert.Equal(before, entries.Take(before.Count).Select(e => Convert.ToHexString(e.Hash)));
        Assert.False(
            await db.Memberships.AnyAsync(m => m.MemberId == world.Person.Value && m.EndedOn == null, Cancellation)
        );
        var again = (
            await host.Registrants.FindAsync([world.Uin], ReadOptions.Default, PortCallers.Registrar, Cancellation)
        ).Require();
        Assert.Null(again[0]);
    }

    [Fact]
    public async Task An_erasure_is_refused_where_it_is_not_allowed_not_asked_for_or_wrongly_asked_for()
    {
        await using (var closed = await StartAsync())
        {
            var there = await closed.Registrants.StoreAsync(Persons.Amira());
            Assert.Equal("erasures.off", (await AskAsync(closed, there.Id)).Problem?.Code);
        }

        await using var host = await StartAsync(settings: Allowed());
        var person = await host.Registrants.StoreAsync(Persons.Amira());
        var group = await host.Registrants.StoreAsync(Persons.Household());
        var none = await Erasures(host).ConfirmAsync(person.Id, Second, Cancellation);
        var wrong = await AskAsync(host, person.Id, ground: "by law, because of Amira", reason: "");
        var ofGroup = await AskAsync(host, group.Id);
        (await AskAsync(host, person.Id)).Require();
        var twice = await AskAsync(host, person.Id);
        (await Erasures(host).RefuseAsync(person.Id, Second, Cancellation)).Require();
        var refused = await Erasures(host).ConfirmAsync(person.Id, Second, Cancellation);

        Assert.Equal("erasures.not_found", none.Problem?.Code);
        Assert.Equal(["reason", "ground"], wrong.Problem?.Fields.Select(f => f.Field));
        Assert.Equal("erasures.not_of_groups", ofGroup.Problem?.Code);
        Assert.Equal("erasures.standing", twice.Problem?.Code);
        Assert.Equal("erasures.not_found", refused.Problem?.Code);
        Assert.True((await ReadAsync(host, person.Id)).Succeeded);
        var herself = PortCallers.Person(person.Id) with { Permissions = Permissions.All };
        Assert.Equal(
            ProblemKind.Forbidden,
            (await Erasures(host).GetAsync(person.Id, herself, Cancellation)).Problem?.Kind
        );
    }

    private static Dictionary<string, string?> Allowed() => new() { ["Registry:Erasures:Allowed"] = "true" };

    private static IErasures Erasures(RegistryHost host) => host.Services.GetRequiredService<IErasures>();

    private static Task<Outcome<ErasureView>> AskAsync(
        RegistryHost host,
        RegistrantId id,
        string ground = "act-7",
        string reason = "she asked for it"
    ) =>
        Erasures(host)
            .RequestAsync(id, new NewErasure { Ground = ground, Reason = reason }, PortCallers.Registrar, Cancellation);

    private Task<long> OfAsync(RegistryHost host, string table, RegistrantId id) =>
        CountAsync(
            host,
            Provider == DatabaseProvider.Sqlite
                ? $"select count(*) from {Table(table)} where lower(registrant_id) = '{id}'"
                : $"select count(*) from {Table(table)} where registrant_id = '{id}'"
        );

    private static Task<List<ChangeEntry>> EntriesAsync(
        SocialRegistry.Registry.Persistence.RegistryDbContext db,
        RegistrantId id
    ) =>
        db
            .Changes.AsNoTracking()
            .Where(c => c.RegistrantId == id.Value)
            .OrderBy(c => c.Sequence)
            .ToListAsync(Cancellation);

    private static async Task<List<string>> HashesAsync(RegistryHost host, RegistrantId id)
    {
        await using var db = await ContextAsync(host);
        return [.. (await EntriesAsync(db, id)).Select(e => Convert.ToHexString(e.Hash))];
    }
}
