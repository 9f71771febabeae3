using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using SocialRegistry.Contracts;
using SocialRegistry.Contracts.Tests.Ports;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Relationships;
using SocialRegistry.Registry.Search;
using SocialRegistry.Storage;
using SocialRegistry.Testing;

namespace SocialRegistry.Registry.Tests.Search;

/// <summary>A world of records in a database, and the same world in memory.</summary>
internal sealed class QueryPopulation : IAsyncDisposable
{
    private readonly string catalogueFile;
    private readonly Dictionary<RegistrantId, Stored> records = [];
    private readonly List<(RegistrantId Group, RegistrantId Member)> memberships = [];
    private readonly List<(RegistrantId Child, RegistrantId Parent)> parents = [];
    private readonly List<(RegistrantId One, RegistrantId Other)> spouses = [];

    private QueryPopulation(RegistryHost host, string catalogueFile)
    {
        Host = host;
        this.catalogueFile = catalogueFile;
    }

    public RegistryHost Host { get; }

    public IReadOnlyCollection<RegistrantId> Ids => records.Keys;

    public IReadOnlyList<Identifier> Identifiers =>
        [.. records.Values.SelectMany(r => r.Identifiers).Append(new Identifier("UIN", "nobody"))];

    public static async Task<QueryPopulation> StartAsync(DatabaseProvider provider, QueryWorld world)
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, QueryWorld.Catalogue);
        var host = await RegistryHost.StartAsync(
            provider,
            services => services.AddSingleton<ISubtrees, Tree>(),
            new Dictionary<string, string?> { ["Registry:CatalogueFile"] = file }
        );
        var population = new QueryPopulation(host, file);
        await population.FillAsync(world);
        return population;
    }

    /// <summary>One more record.</summary>
    public async Task<RegistrantId> StoreAsync(string kind, Dictionary<string, JsonElement> values)
    {
        var identifier = new Identifier(kind == RegistrantKinds.Group ? "HHID" : "UIN", "N" + records.Count);
        var view = await Host.Registrants.StoreAsync(
            new NewRegistrant
            {
                Kind = kind,
                Values = values,
                Identifiers = [identifier],
            }
        );
        records[view.Id] = new Stored(kind, values, [identifier]);
        return view.Id;
    }

    /// <summary>The ids of which the query is true, in memory.</summary>
    /// <param name="known">The records that the caller may know of.</param>
    public async Task<HashSet<RegistrantId>> EvaluateAsync(
        Query query,
        CancellationToken cancellationToken,
        IReadOnlySet<RegistrantId>? known = null
    )
    {
        var catalogue = await Host.Fields.GetAsync(cancellationToken);
        var bound = new QueryBinder(catalogue).Bind(query, FieldScope.All).Require();
        var evaluation = new QueryEvaluation((_, value) => value.Replace(" ", "").ToUpperInvariant());
        return
        [
            .. records
                .Keys.Where(id => known?.Contains(id) != false)
                .Where(id => evaluation.Matches(bound, Record(id, known))),
        ];
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        File.Delete(catalogueFile);
    }

    private async Task FillAsync(QueryWorld world)
    {
        var persons = new List<RegistrantId>();
        var groups = new List<RegistrantId>();
        for (var i = 0; i < 90; i++)
        {
            persons.Add(await StoreAsync(RegistrantKinds.Individual, world.Person()));
        }

        for (var i = 0; i < 25; i++)
        {
            groups.Add(await StoreAsync(RegistrantKinds.Group, world.Group()));
        }

        foreach (var group in groups)
        {
            foreach (var member in Enumerable.Range(0, world.Number(4)).Select(_ => world.Pick(persons)).Distinct())
            {
                await JoinAsync(group, member, world.Chance(0.8));
            }
        }

        await RelateAsync(world, persons);

        // Archived ones are around, but nothing finds them.
        foreach (var id in persons.Take(5).Concat(groups.Take(2)))
        {
            var stands = (
                await Host.Registrants.GetAsync(id, ReadOptions.Default, PortCallers.Registrar, CancellationToken.None)
            ).Require();
            (
                await Host.Registrants.ArchiveAsync(
                    id,
                    stands.Version,
                    "duplicate",
                    PortCallers.Registrar,
                    CancellationToken.None
                )
            ).Require();
            records.Remove(id);
        }
    }

    private async Task JoinAsync(RegistrantId group, RegistrantId member, bool isOpen)
    {
        var ended = isOpen ? (DateOnly?)null : new DateOnly(2020, 1, 1);
        (
            await Host.Groups.AddMemberAsync(
                new MembershipView
                {
                    GroupId = group,
                    MemberId = member,
                    Kinds = [],
                    EndedOn = ended,
                },
                PortCallers.Registrar,
                CancellationToken.None
            )
        ).Require();
        if (isOpen)
        {
            memberships.Add((group, member));
        }
    }

    private async Task RelateAsync(QueryWorld world, List<RegistrantId> persons)
    {
        var rows = new NewRows();
        var now = Host.Clock.GetUtcNow();
        for (var i = 40; i < persons.Count; i++)
        {
            var (one, two) = (world.Pick(persons[..40]), world.Pick(persons[..40]));
            var second = one != two && world.Chance(0.6) ? two : (RegistrantId?)null;
            var entry = new ParentsEntry(persons[i].Value);
            entry.Take(new ParentsState(one.Value, second?.Value, false, null, null), now);
            rows.Add(entry);
            parents.Add((persons[i], one));
            if (second is { } other)
            {
                parents.Add((persons[i], other));
            }
        }

        for (var i = 0; i < 40; i += 2)
        {
            var isSeparated = world.Chance(0.3);
            var couple = new SpouseEntry(Guid.NewGuid(), persons[i].Value, persons[i + 1].Value);
            couple.Take(new SpouseState(true, null, isSeparated, null), now);
            rows.Add(couple);
            if (!isSeparated)
            {
                spouses.Add((persons[i], persons[i + 1]));
            }
        }

        await using var db = await CoreTests.ContextAsync(Host);
        await using var transaction = await db.Database.BeginTransactionAsync(CancellationToken.None);
        await Host.Services.GetRequiredService<IBulkInsert>().InsertAsync(db, rows, CancellationToken.None);
        await transaction.CommitAsync(CancellationToken.None);
    }

    private QueryRecord Record(RegistrantId id, IReadOnlySet<RegistrantId>? known)
    {
        IEnumerable<QueryRecord> Known(IEnumerable<RegistrantId> ids) =>
            ids.Where(i => records.ContainsKey(i) && known?.Contains(i) != false).Select(i => Record(i, known));
        var stored = records[id];
        var area = stored.Values.TryGetValue("area", out var own) ? own.GetString() : null;
        return new QueryRecord
        {
            Kind = stored.Kind,
            Values = stored.Values,
            Identifiers = stored.Identifiers,
            AreasAbove = [.. QueryWorld.Areas.Where(a => a.Value.Contains(area)).Select(a => a.Key)],
            Members = () => Known(memberships.Where(m => m.Group == id).Select(m => m.Member)),
            Groups = () => Known(memberships.Where(m => m.Member == id).Select(m => m.Group)),
            Relatives = kind =>
                Known(
                    kind switch
                    {
                        RelativeKind.Parent => parents.Where(p => p.Child == id).Select(p => p.Parent),
                        RelativeKind.Child => parents.Where(p => p.Parent == id).Select(p => p.Child),
                        _ => spouses
                            .Where(s => s.One == id || s.Other == id)
                            .Select(s => s.One == id ? s.Other : s.One),
                    }
                ),
        };
    }

    private sealed record Stored(
        string Kind,
        IReadOnlyDictionary<string, JsonElement> Values,
        IReadOnlyList<Identifier> Identifiers
    );

    private sealed class Tree : ISubtrees
    {
        public Task<IReadOnlyCollection<string>> SubtreeAsync(string code, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyCollection<string>>(
                QueryWorld.Areas.TryGetValue(code, out var below) ? below : [code]
            );
    }
}
