using SocialRegistry.Contracts;

namespace SocialRegistry.Registry.Relationships;

/// <summary>Derives relatives of one person from parents, guardians and couples around her.</summary>
internal sealed class Kinship(KinGraph graph, Guid person, RelativesQuery query)
{
    private readonly HashSet<string> wanted = Wanted(query.Kinds);
    private readonly Dictionary<(Guid Id, string Kind), Kin> found = [];
    private readonly Kin self = Kin.Self(person);

    /// <summary>Everybody wanted, nearest first.</summary>
    public async Task<IReadOnlyList<RelativeView>> FindAsync()
    {
        await graph.LoadParentsAsync([person]);
        await LineAsync();
        await SidesAsync();
        await MarriagesAsync();
        await GuardiansAsync();
        return
        [
            .. found
                .OrderBy(f => f.Value.Depth)
                .ThenBy(f => f.Key.Kind, StringComparer.Ordinal)
                .ThenBy(f => f.Key.Id)
                .Select(f => f.Value.ToView(f.Key.Kind)),
        ];
    }

    /// <summary>Ancestors and descendants.</summary>
    private async Task LineAsync()
    {
        await LineAsync(ParentsOfAsync, [RelativeKinds.Parent, RelativeKinds.Grandparent, RelativeKinds.Ancestor]);
        await LineAsync(ChildrenOfAsync, [RelativeKinds.Child, RelativeKinds.Grandchild, RelativeKinds.Descendant]);
    }

    private async Task LineAsync(Func<IReadOnlyList<Kin>, Task<List<Kin>>> step, string[] kinds)
    {
        var last =
            Wants(kinds[2]) ? query.Depth
            : Wants(kinds[1]) ? Math.Min(2, query.Depth)
            : Wants(kinds[0]) ? 1
            : 0;
        var seen = new HashSet<Guid> { person };
        IReadOnlyList<Kin> level = [self];
        for (var depth = 1; depth <= last && level.Count > 0; depth++)
        {
            level = [.. (await step(level)).Where(k => seen.Add(k.Id))];
            Add(kinds[Math.Min(depth, 3) - 1], level);
        }
    }

    /// <summary>Siblings, their children, and the siblings of parents with theirs.</summary>
    private async Task SidesAsync()
    {
        if (
            Wants(
                2,
                RelativeKinds.FullSibling,
                RelativeKinds.HalfSibling,
                RelativeKinds.Sibling,
                RelativeKinds.NephewNiece
            )
        )
        {
            var siblings = await SiblingsOfAsync([self]);
            foreach (var sibling in siblings)
            {
                Add(SiblingKind(sibling.Id), [sibling]);
            }

            if (Wants(3, RelativeKinds.NephewNiece))
            {
                var children = await ChildrenOfAsync(siblings);
                Add(RelativeKinds.NephewNiece, children.Where(c => !IsParentOf(person, c.Id)));
            }
        }

        if (Wants(3, RelativeKinds.AuntUncle, RelativeKinds.Cousin))
        {
            var mine = graph.Parents(person);
            var aunts = (await SiblingsOfAsync(await ParentsOfAsync([self])))
                .Where(a => !mine.Parents.Contains(a.Id))
                .ToList();
            Add(RelativeKinds.AuntUncle, aunts);
            if (Wants(4, RelativeKinds.Cousin))
            {
                var cousins = await ChildrenOfAsync(aunts);
                Add(
                    RelativeKinds.Cousin,
                    cousins.Where(c => !graph.Parents(c.Id).Parents.Intersect(mine.Parents).Any())
                );
            }
        }
    }

    /// <summary>Spouses, and who is related through a marriage that stands.</summary>
    private async Task MarriagesAsync()
    {
        var spouses = await SpousesOfAsync([self]);
        Add(RelativeKinds.Spouse, spouses.Where(s => s.Link == RelativeKinds.Spouse));
        Add(RelativeKinds.Partner, spouses.Where(s => s.Link == RelativeKinds.Partner));
        Add(
            RelativeKinds.FormerSpouse,
            spouses.Where(s => s.Link == RelativeKinds.FormerSpouse && !found.ContainsKey((s.Id, RelativeKinds.Spouse)))
        );
        spouses = [.. spouses.Where(s => s.Link == RelativeKinds.Spouse)];
        if (Wants(2, RelativeKinds.ParentInLaw))
        {
            Add(RelativeKinds.ParentInLaw, await ParentsOfAsync(spouses));
        }

        if (Wants(2, RelativeKinds.ChildInLaw))
        {
            Add(RelativeKinds.ChildInLaw, await MarriedToAsync(await ChildrenOfAsync([self])));
        }

        if (Wants(3, RelativeKinds.SiblingInLaw))
        {
            Add(RelativeKinds.SiblingInLaw, await SiblingsOfAsync(spouses));
            var married = await MarriedToAsync(await SiblingsOfAsync([self]));
            Add(RelativeKinds.SiblingInLaw, married.Where(m => spouses.TrueForAll(s => s.Id != m.Id)));
        }

        if (Wants(2, RelativeKinds.StepParent))
        {
            var married = await MarriedToAsync(await ParentsOfAsync([self]));
            Add(RelativeKinds.StepParent, married.Where(m => !IsParentOf(m.Id, person)));
        }

        if (Wants(2, RelativeKinds.StepChild))
        {
            var children = await ChildrenOfAsync(spouses);
            Add(RelativeKinds.StepChild, children.Where(c => !IsParentOf(person, c.Id)));
        }
    }

    private async Task GuardiansAsync()
    {
        if (graph.Parents(person).GuardianId is { } guardian)
        {
            Add(RelativeKinds.Guardian, [self.To(RelativeKinds.Guardian, guardian)]);
        }

        if (Wants(1, RelativeKinds.Ward))
        {
            var wards = await graph.WardsAsync(person);
            Add(RelativeKinds.Ward, wards.Select(w => self.To(RelativeKinds.Ward, w)));
        }
    }

    private async Task<List<Kin>> ParentsOfAsync(IReadOnlyList<Kin> of) => Distinct(await ParentsOfEachAsync(of));

    private async Task<List<Kin>> ChildrenOfAsync(IReadOnlyList<Kin> of) => Distinct(await ChildrenOfEachAsync(of));

    /// <summary>Each once; who is reached in several ways is reached by blood when one of them is.</summary>
    private static List<Kin> Distinct(IEnumerable<Kin> kin) =>
        [.. kin.OrderBy(k => k.ThroughAdoption).DistinctBy(k => k.Id)];

    /// <summary>Other children of their parents: only of parents that are recorded.</summary>
    private async Task<List<Kin>> SiblingsOfAsync(IReadOnlyList<Kin> of)
    {
        var children = await ChildrenOfEachAsync(await ParentsOfEachAsync(of));
        return Distinct(children.Where(c => c.From!.From!.Id != c.Id));
    }

    /// <summary>Without leaving out whom two have in common: a child of the one may be no sibling of the other.</summary>
    private async Task<List<Kin>> ParentsOfEachAsync(IReadOnlyList<Kin> of)
    {
        await graph.LoadParentsAsync(of.Select(k => k.Id));
        return
        [
            .. of.SelectMany(k =>
                graph.Parents(k.Id).Parents.Select(p => k.To(RelativeKinds.Parent, p, graph.Parents(k.Id).IsAdopted))
            ),
        ];
    }

    private async Task<List<Kin>> ChildrenOfEachAsync(IReadOnlyList<Kin> of)
    {
        await graph.LoadChildrenAsync(of.Select(k => k.Id));
        return
        [
            .. of.SelectMany(k =>
                graph.Children(k.Id).Select(c => k.To(RelativeKinds.Child, c, graph.Parents(c).IsAdopted))
            ),
        ];
    }

    private async Task<List<Kin>> SpousesOfAsync(IReadOnlyList<Kin> of)
    {
        await graph.LoadSpousesAsync(of.Select(k => k.Id));
        return
        [
            .. of.SelectMany(k => graph.Spouses(k.Id).Select(s => (Kin: k, Entry: s)))
                .Where(s => s.Entry is { IsMarried: true } or { IsSeparated: false })
                .Select(s => s.Kin.To(LinkOf(s.Entry), s.Entry.OtherThan(s.Kin.Id)))
                .DistinctBy(s => (s.Id, s.Link)),
        ];
    }

    private async Task<List<Kin>> MarriedToAsync(IReadOnlyList<Kin> of) =>
        [.. (await SpousesOfAsync(of)).Where(s => s.Link == RelativeKinds.Spouse)];

    private static string LinkOf(SpouseEntry entry) =>
        !entry.IsMarried ? RelativeKinds.Partner
        : entry.IsSeparated ? RelativeKinds.FormerSpouse
        : RelativeKinds.Spouse;

    private bool IsParentOf(Guid parent, Guid child) => graph.Parents(child).Parents.Contains(parent);

    private string SiblingKind(Guid other)
    {
        var mine = graph.Parents(person).Parents.ToHashSet();
        var theirs = graph.Parents(other).Parents.ToHashSet();
        return mine.Intersect(theirs).Count() == 2 ? RelativeKinds.FullSibling
            : mine.Count == 2 && theirs.Count == 2 ? RelativeKinds.HalfSibling
            : RelativeKinds.Sibling;
    }

    private bool Wants(params string[] kinds) => kinds.Any(wanted.Contains);

    private bool Wants(int depth, params string[] kinds) => depth <= query.Depth && Wants(kinds);

    private void Add(string kind, IEnumerable<Kin> kin)
    {
        if (!wanted.Contains(kind))
        {
            return;
        }

        foreach (var one in kin.Where(k => k.Id != person && k.Depth <= query.Depth))
        {
            if (!found.TryGetValue((one.Id, kind), out var before) || IsNearer(one, before))
            {
                found[(one.Id, kind)] = one;
            }
        }
    }

    private static bool IsNearer(Kin one, Kin before) =>
        one.Depth < before.Depth || (one.Depth == before.Depth && before.ThroughAdoption && !one.ThroughAdoption);

    /// <summary>The kinds of answers that the words of a filter stand for.</summary>
    private static HashSet<string> Wanted(IReadOnlyList<string> words) =>
        [
            .. (words.Count == 0 ? RelativeKinds.All : words).SelectMany(word =>
                word switch
                {
                    RelativeKinds.Ancestor => [RelativeKinds.Parent, RelativeKinds.Grandparent, word],
                    RelativeKinds.Descendant => [RelativeKinds.Child, RelativeKinds.Grandchild, word],
                    RelativeKinds.Sibling => [RelativeKinds.FullSibling, RelativeKinds.HalfSibling, word],
                    RelativeKinds.InLaw =>
                    [
                        RelativeKinds.ParentInLaw,
                        RelativeKinds.ChildInLaw,
                        RelativeKinds.SiblingInLaw,
                    ],
                    _ => (string[])[word],
                }
            ),
        ];
}
