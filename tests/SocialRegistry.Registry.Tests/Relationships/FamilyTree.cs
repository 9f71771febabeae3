namespace SocialRegistry.Registry.Tests.Relationships;

/// <summary>
/// A made-up family of four generations that knows its own truth: every birth, adoption and wedding writes down at once what it makes of
/// those who are there, from what was written down before. Nothing is searched for, so it shares no way of thinking with the core.
/// </summary>
internal sealed class FamilyTree
{
    private readonly Random random;
    private readonly List<Member> members = [];
    private readonly List<Nest> nests = [];
    private readonly List<Couple> couples = [];
    private readonly Dictionary<(string Of, string Kind), SortedDictionary<string, bool>> truth = [];

    private FamilyTree(int seed) => random = new Random(seed);

    public IReadOnlyList<Member> Members => members;

    public IReadOnlyList<Couple> Couples => couples;

    public int LastGeneration { get; private set; }

    /// <summary>Four generations; with every seed half siblings, adoptions, second marriages, guardians, cousins and absent parents.</summary>
    public static FamilyTree Grow(int seed)
    {
        var tree = new FamilyTree(seed);
        var generation = new List<Member>();
        for (var family = 0; family < 4; family++)
        {
            var (husband, wife) = (tree.Stranger(1910, family), tree.Stranger(1912, family));
            tree.Marry(husband, wife, 1932);
            var nest = tree.Found(husband, wife);
            for (var child = 0; child < 3; child++)
            {
                generation.Add(tree.Bear(nest, 1935 + child, family, adopted: child == 2 && family % 2 == 0));
            }

            if (family == 1)
            {
                // Widower or divorced: children of a second bed.
                tree.Part(husband, wife, 1943);
                var second = tree.Stranger(1918, family);
                tree.Marry(husband, second, 1944);
                generation.Add(tree.Bear(tree.Found(husband, second), 1946, family));
                generation.Add(tree.Bear(tree.Found(wife, null), 1947, family));
            }
        }

        generation = tree.Next(generation, 1962);
        generation = tree.Next(generation, 1990);
        tree.LastGeneration = generation.Count;
        tree.Guardians();
        tree.Marriages();
        return tree;
    }

    /// <summary>What is true of one member: relatives by kind, and whether an adoption lies between.</summary>
    public IEnumerable<(string Kind, string Name, bool ThroughAdoption)> TruthOf(Member member) =>
        truth
            .Where(t => t.Key.Of == member.Name)
            .SelectMany(t => t.Value.Select(v => (t.Key.Kind, v.Key, v.Value)))
            .OrderBy(t => t.Kind, StringComparer.Ordinal)
            .ThenBy(t => t.Key, StringComparer.Ordinal);

    /// <summary>Weddings and children of the next generation.</summary>
    private List<Member> Next(List<Member> parents, int year)
    {
        var children = new List<Member>();
        var free = parents.OrderBy(_ => random.Next()).ToList();
        for (var round = 0; free.Count > 0; round++)
        {
            var one = free[0];
            free.RemoveAt(0);
            var family = one.Family;
            // Every second weds within the register, but never into her own family.
            var other = round % 2 == 0 ? free.Find(f => (f.Families & one.Families) == 0) : null;
            if (other is not null)
            {
                free.Remove(other);
            }

            if (round % 5 == 4)
            {
                // Two children whose other parent is not recorded: of one bed or of two, nobody knows.
                children.Add(Bear(Found(one, null), year, family));
                children.Add(Bear(Found(one, null), year + 1, family));
                continue;
            }

            other ??= Stranger(year - 26, family);
            Marry(one, other, year - 3);
            var nest = Found(one, other);
            for (var child = random.Next(1, 4); child > 0; child--)
            {
                children.Add(Bear(nest, year + child, family, adopted: random.Next(8) == 0));
            }

            if (round % 4 == 1)
            {
                Part(one, other, year + 6);
                var second = Stranger(year - 24, family);
                Marry(one, second, year + 7);
                children.Add(Bear(Found(one, second), year + 8, family));
                if (round % 8 == 1)
                {
                    // The second one brings a child along.
                    Bear(Found(second, null), year + 1, family);
                    // And the first one finds somebody without a wedding.
                    couples.Add(new Couple(other, Stranger(year - 25, family), null, null));
                }
            }
        }

        return children;
    }

    private Member Stranger(int born, int family)
    {
        var member = new Member($"P{members.Count + 1:D3}", born, family) { Families = 1L << (members.Count % 62) };
        members.Add(member);
        return member;
    }

    private Nest Found(Member first, Member? second)
    {
        var nest = new Nest(first, second);
        nests.Add(nest);
        return nest;
    }

    private Member Bear(Nest nest, int born, int family, bool adopted = false)
    {
        var child = Stranger(born, family);
        child.Nest = nest;
        child.IsAdopted = adopted;
        child.Families = nest.Parents.Aggregate(0L, (all, p) => all | p.Families);
        foreach (var parent in nest.Parents)
        {
            Note(child, "parent", parent, "child", adopted);
            foreach (var (kind, above, between) in Above(parent))
            {
                // A grandparent of the parent is an ancestor of the child, and so on.
                var (up, down) = kind == "parent" ? ("grandparent", "grandchild") : ("ancestor", "descendant");
                Note(child, up, above, down, adopted || between);
            }

            foreach (var (aunt, between) in SiblingsOf(parent))
            {
                Note(child, "aunt_uncle", aunt, "nephew_niece", adopted || between);
                foreach (var (cousin, down) in Of(aunt, "child"))
                {
                    Note(child, "cousin", cousin, "cousin", adopted || between || down);
                }
            }
        }

        foreach (var other in nests.Where(n => n.Parents.Intersect(nest.Parents).Any()))
        {
            var kind =
                other.Parents.Count == 2 && nest.Parents.Count == 2
                    ? other == nest
                        ? "full_sibling"
                        : "half_sibling"
                    : "sibling";
            foreach (var sibling in other.Children)
            {
                Note(child, kind, sibling, kind, adopted || sibling.IsAdopted);
                foreach (var (nephew, down) in Of(sibling, "child"))
                {
                    Note(child, "nephew_niece", nephew, "aunt_uncle", adopted || sibling.IsAdopted || down);
                }
            }
        }

        nest.Children.Add(child);
        return child;
    }

    private void Marry(Member one, Member other, int year) => couples.Add(new Couple(one, other, year, null));

    private void Part(Member one, Member other, int year)
    {
        var at = couples.FindIndex(c => c.One == one && c.Other == other && c.Parted is null);
        couples[at] = couples[at] with { Parted = year };
    }

    /// <summary>Every ninth child has a guardian from another house.</summary>
    private void Guardians()
    {
        foreach (var (index, child) in members.Where(m => m.Nest is not null).Index().ToList())
        {
            if (index % 9 == 4)
            {
                var grown = members.Where(m => m.Born < child.Born - 15 && m.Family != child.Family).ToList();
                if (grown.Count > 0)
                {
                    child.Guardian = grown[random.Next(grown.Count)];
                    Note(child, "guardian", child.Guardian, "ward", false);
                }
            }
        }
    }

    /// <summary>What weddings make of people once everybody is there.</summary>
    private void Marriages()
    {
        foreach (var couple in couples)
        {
            var kind =
                couple.Married is null ? "partner"
                : couple.Parted is null ? "spouse"
                : "former_spouse";
            Note(couple.One, kind, couple.Other, kind, false);
        }

        foreach (var couple in couples.Where(c => c is { Married: not null, Parted: null }))
        {
            foreach (var (one, other) in new[] { (couple.One, couple.Other), (couple.Other, couple.One) })
            {
                foreach (var (parent, adopted) in Of(other, "parent"))
                {
                    Note(one, "parent_in_law", parent, "child_in_law", adopted);
                }

                foreach (var (sibling, adopted) in SiblingsOf(other))
                {
                    Note(one, "sibling_in_law", sibling, "sibling_in_law", adopted);
                }

                foreach (var (child, adopted) in Of(other, "child").Where(c => !c.Member.Nest!.Parents.Contains(one)))
                {
                    Note(child, "step_parent", one, "step_child", adopted);
                }
            }
        }
    }

    private void Note(Member one, string kind, Member other, string inverse, bool adopted)
    {
        Note(one, kind, other, adopted);
        Note(other, inverse, one, adopted);
    }

    private void Note(Member of, string kind, Member relative, bool adopted)
    {
        if (!truth.TryGetValue((of.Name, kind), out var list))
        {
            truth[(of.Name, kind)] = list = new SortedDictionary<string, bool>(StringComparer.Ordinal);
        }

        // Related in two ways, she is related by blood when one of them is.
        list[relative.Name] = adopted && list.GetValueOrDefault(relative.Name, true);
    }

    private IEnumerable<(string Kind, Member Member, bool Adopted)> Above(Member member) =>
        new[] { "parent", "grandparent", "ancestor" }.SelectMany(kind =>
            Of(member, kind).Select(m => (kind, m.Member, m.Adopted))
        );

    private IEnumerable<(Member Member, bool Adopted)> SiblingsOf(Member member) =>
        new[] { "full_sibling", "half_sibling", "sibling" }.SelectMany(kind => Of(member, kind));

    private List<(Member Member, bool Adopted)> Of(Member member, string kind) =>
        truth.TryGetValue((member.Name, kind), out var list)
            ? [.. list.Select(l => (members.Single(m => m.Name == l.Key), l.Value))]
            : [];

    /// <summary>One person.</summary>
    internal sealed record Member(string Name, int Born, int Family)
    {
        /// <summary>Into which she was born or adopted; absent for who married in.</summary>
        public Nest? Nest { get; set; }

        public bool IsAdopted { get; set; }

        public Member? Guardian { get; set; }

        /// <summary>A bit for everybody she comes from.</summary>
        public long Families { get; set; }

        public bool Equals(Member? other) => ReferenceEquals(this, other);

        public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);
    }

    /// <summary>The children of the same two parents, or of one whose partner nobody recorded.</summary>
    internal sealed class Nest(Member first, Member? second)
    {
        public IReadOnlyList<Member> Parents { get; } = second is null ? [first] : [first, second];

        public List<Member> Children { get; } = [];
    }

    /// <summary>Two persons; married when there is a year.</summary>
    internal sealed record Couple(Member One, Member Other, int? Married, int? Parted);
}
