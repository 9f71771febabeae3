using System.Collections.Frozen;

namespace SocialRegistry.Registry.Areas;

/// <summary>One state of the tree in memory: about 150 bytes an area.</summary>
internal sealed class AreaTree : IAreaTree
{
    private readonly FrozenDictionary<string, Node> nodes;

    /// <param name="areas">In any order; a parent that is not among them counts as none.</param>
    public AreaTree(IReadOnlyCollection<AreaNode> areas)
    {
        nodes = areas.ToFrozenDictionary(a => a.Code, a => new Node(a), StringComparer.Ordinal);
        foreach (var node in nodes.Values)
        {
            if (node.Area.Parent is { } parent && nodes.TryGetValue(parent, out var above))
            {
                node.Above = above;
                above.Below.Add(node);
            }
        }
    }

    public bool IsEmpty => nodes.Count == 0;

    public bool Knows(string code) => Find(code) is not null;

    public bool IsValid(string code, DateOnly day) => Find(code) is { } node && Upwards(node).All(n => n.Holds(day));

    public bool IsWithin(string code, string ancestor) =>
        Find(code) is { } node && Upwards(node).Any(n => n.Area.Code == ancestor);

    public IReadOnlyCollection<string> Subtree(string code)
    {
        var subtree = new List<string>();
        var open = new Stack<Node>();
        if (Find(code) is { } top)
        {
            open.Push(top);
        }

        while (open.TryPop(out var node))
        {
            subtree.Add(node.Area.Code);
            node.Below.ForEach(open.Push);
        }

        return subtree;
    }

    public IReadOnlyList<string> Ancestors(string code) =>
        Find(code) is { Above: { } above } ? [.. Upwards(above).Select(n => n.Area.Code).Reverse()] : [];

    private Node? Find(string code) => nodes.GetValueOrDefault(code);

    private static IEnumerable<Node> Upwards(Node node)
    {
        for (var current = node; current is not null; current = current.Above)
        {
            yield return current;
        }
    }

    private sealed class Node(AreaNode area)
    {
        public AreaNode Area { get; } = area;

        public Node? Above { get; set; }

        public List<Node> Below { get; } = [];

        public bool Holds(DateOnly day) => !(Area.ValidFrom > day) && !(Area.ValidTo < day);
    }
}

/// <summary>What the tree keeps of an area.</summary>
internal sealed record AreaNode(string Code, string? Parent, DateOnly? ValidFrom, DateOnly? ValidTo);
