using System.Globalization;
using System.Text;
using SocialRegistry.Contracts;
using SocialRegistry.Contracts.Tests.Ports;
using Xunit;

namespace SocialRegistry.Registry.Tests.Relationships;

public sealed class SqliteFamilyTreeTests(SqliteHost shared) : FamilyTreeTests(shared), IClassFixture<SqliteHost>;

public sealed class PostgresFamilyTreeTests(PostgresHost shared) : FamilyTreeTests(shared), IClassFixture<PostgresHost>;

/// <summary>The relatives that the core derives are those that a generated family of four generations knows of itself.</summary>
public abstract class FamilyTreeTests(SharedHost shared)
{
    private const int GoldenSeed = 4711;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(GoldenSeed)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Everybody_has_the_relatives_that_the_truth_lists(int seed)
    {
        var tree = FamilyTree.Grow(seed);
        var ports = await shared.PortsAsync();
        var ids = await StoreAsync(ports, tree);
        var names = ids.ToDictionary(i => i.Value, i => i.Key);

        var derived = new StringBuilder();
        foreach (var member in tree.Members)
        {
            var relatives = await RelativesAsync(ports, ids[member.Name]);
            foreach (
                var line in relatives
                    .Select(r => Line(member.Name, r.Kind, names[r.Id], r.ThroughAdoption))
                    .Order(StringComparer.Ordinal)
            )
            {
                derived.Append(line).Append('\n');
            }

            Assert.All(relatives, r => AssertPath(tree, names, member.Name, r));
        }

        Assert.Equal(Truth(tree), derived.ToString());
    }

    /// <summary>The truth file can be read and judged by people; it changes only when the generator does.</summary>
    [Fact]
    public async Task The_truth_file_is_what_the_generator_makes() =>
        Assert.Equal(
            await File.ReadAllTextAsync(
                Path.Combine(AppContext.BaseDirectory, "Relationships", $"family-tree-{GoldenSeed}.truth.txt"),
                Cancellation
            ),
            Truth(FamilyTree.Grow(GoldenSeed))
        );

    [Fact]
    public void Every_sort_of_relative_is_in_the_truth()
    {
        var tree = FamilyTree.Grow(GoldenSeed);
        var kinds = tree.Members.SelectMany(tree.TruthOf).Select(t => t.Kind).ToHashSet();

        Assert.Equal(RelativeKinds.All.Where(k => k != RelativeKinds.InLaw).Order(), kinds.Order());
        Assert.Contains(tree.Members.SelectMany(tree.TruthOf), t => t is { Kind: "cousin", ThroughAdoption: true });
        Assert.InRange(tree.Members.Count, 60, 400);
        Assert.InRange(tree.LastGeneration, 10, 200);
    }

    [Fact]
    public async Task Kinds_and_depth_narrow_the_answer()
    {
        var tree = FamilyTree.Grow(GoldenSeed);
        var ports = await shared.PortsAsync();
        var ids = await StoreAsync(ports, tree);
        foreach (var member in tree.Members.Where((_, i) => i % 7 == 0))
        {
            var id = ids[member.Name];
            var all = await RelativesAsync(ports, id);
            foreach (var kind in RelativeKinds.All)
            {
                var alone = await RelativesAsync(ports, id, 10, kind);
                var expected = all.Where(r => Stands(kind).Contains(r.Kind));
                Assert.Equal(expected.Select(Key), alone.Select(Key));
            }

            for (var depth = 1; depth <= 4; depth++)
            {
                var near = await RelativesAsync(ports, id, depth);
                Assert.Equal(all.Where(r => r.Depth <= depth).Select(Key), near.Select(Key));
            }
        }
    }

    private static (RegistrantId, string) Key(RelativeView view) => (view.Id, view.Kind);

    private static string[] Stands(string kind) =>
        kind switch
        {
            "ancestor" => ["parent", "grandparent", "ancestor"],
            "descendant" => ["child", "grandchild", "descendant"],
            "sibling" => ["full_sibling", "half_sibling", "sibling"],
            "in_law" => ["parent_in_law", "child_in_law", "sibling_in_law"],
            _ => [kind],
        };

    /// <summary>Each link of a path is one that was recorded.</summary>
    private static void AssertPath(
        FamilyTree tree,
        Dictionary<RegistrantId, string> names,
        string from,
        RelativeView relative
    )
    {
        Assert.Equal(relative.Depth, relative.Path.Count);
        Assert.Equal(relative.Id, relative.Path[^1].Id);
        foreach (var step in relative.Path)
        {
            var here = tree.Members.Single(m => m.Name == from);
            var there = tree.Members.Single(m => m.Name == names[step.Id]);
            var couple = tree.Couples.SingleOrDefault(c =>
                (c.One == here && c.Other == there) || (c.One == there && c.Other == here)
            );
            Assert.True(
                step.Link switch
                {
                    "parent" => here.Nest!.Parents.Contains(there),
                    "child" => there.Nest!.Parents.Contains(here),
                    "guardian" => here.Guardian == there,
                    "ward" => there.Guardian == here,
                    "spouse" => couple is { Married: not null, Parted: null },
                    "former_spouse" => couple is { Parted: not null },
                    "partner" => couple is { Married: null },
                    _ => false,
                },
                $"{step.Link} from {here.Name} to {there.Name}"
            );
            from = there.Name;
        }
    }

    private static string Truth(FamilyTree tree)
    {
        var text = new StringBuilder();
        foreach (var member in tree.Members)
        {
            foreach (
                var line in tree.TruthOf(member)
                    .Select(t => Line(member.Name, t.Kind, t.Name, t.ThroughAdoption))
                    .Order(StringComparer.Ordinal)
            )
            {
                text.Append(line).Append('\n');
            }
        }

        return text.ToString();
    }

    private static string Line(string of, string kind, string name, bool adopted) =>
        $"{of} {kind} {name}{(adopted ? " by adoption" : "")}";

    private static async Task<IReadOnlyList<RelativeView>> RelativesAsync(
        IPorts ports,
        RegistrantId id,
        int depth = 10,
        params string[] kinds
    )
    {
        var query = new RelativesQuery { Depth = depth, Kinds = kinds };
        var outcome = await ports.Relationships.FindRelativesAsync(id, query, PortCallers.Registrar, Cancellation);
        Assert.False(outcome.Require().Truncated);
        return outcome.Require().Items;
    }

    /// <summary>Persons by the import of persons, then the two tables by theirs, in no helpful order.</summary>
    private static async Task<Dictionary<string, RegistrantId>> StoreAsync(IPorts ports, FamilyTree tree)
    {
        var uins = tree.Members.ToDictionary(m => m.Name, _ => Persons.NewUin());
        var rows = tree.Members.Select(m => new ImportRow
        {
            Kind = RegistrantKinds.Individual,
            Values = Persons.Values($$"""{"given_name":"{{m.Name}}","birth_date":"{{m.Born}}-06-15"}"""),
            Identifiers = [uins[m.Name]],
        });
        var imported = await ports.Registrants.ImportAsync([.. rows], false, PortCallers.Registrar, Cancellation);
        var ids = tree
            .Members.Zip(imported.Require(), (m, o) => (m.Name, o.Require().Id))
            .ToDictionary(m => m.Name, m => m.Id);

        var parents = tree
            .Members.Where(m => m.Nest is not null)
            .OrderByDescending(m => m.Name, StringComparer.Ordinal)
            .Select(m => new ParentsRow
            {
                Child = PersonReference.Of(uins[m.Name]),
                // Which of the two stands first says nothing, so it differs between siblings.
                Parent1 = Parent(m, ids, m.Born % 2),
                Parent2 = Parent(m, ids, 1 - (m.Born % 2)),
                IsAdopted = m.IsAdopted,
                Guardian = m.Guardian is { } guardian ? PersonReference.Of(ids[guardian.Name]) : null,
            })
            .ToList();
        var spouses = tree
            .Couples.Select(c => new SpouseRow
            {
                Person1 = PersonReference.Of(ids[c.One.Name]),
                Person2 = PersonReference.Of(ids[c.Other.Name]),
                IsMarried = c.Married is not null,
                MarriedOn = Day(c.Married),
                IsSeparated = c.Parted is not null,
                SeparatedOn = Day(c.Parted),
            })
            .ToList();
        var first = await ports.Relationships.ImportParentsAsync(parents, false, PortCallers.Registrar, Cancellation);
        var second = await ports.Relationships.ImportSpousesAsync(spouses, false, PortCallers.Registrar, Cancellation);
        Assert.All(first.Require().Concat(second.Require()), o => Assert.Null(o.Problem?.Code));
        return ids;
    }

    private static PersonReference? Parent(FamilyTree.Member member, Dictionary<string, RegistrantId> ids, int place) =>
        place < member.Nest!.Parents.Count ? PersonReference.Of(ids[member.Nest.Parents[place].Name]) : null;

    private static DateOnly? Day(int? year) =>
        year is { } known ? DateOnly.Parse($"{known}-07-01", CultureInfo.InvariantCulture) : null;
}
