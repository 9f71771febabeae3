namespace SocialRegistry.JsonSchema;

/// <summary>Which members and elements of one value some schema has already looked at (the annotations of <c>unevaluated…</c>).</summary>
internal sealed class Seen
{
    private HashSet<string>? members;
    private HashSet<int>? elements;
    private int first;

    public bool AllMembers { get; private set; }

    public bool AllElements { get; private set; }

    public void AddMember(string name) => (members ??= new(StringComparer.Ordinal)).Add(name);

    public void AddElement(int index) => (elements ??= []).Add(index);

    /// <summary>The first so many elements.</summary>
    public void AddFirst(int count) => first = Math.Max(first, count);

    public void AddAllMembers() => AllMembers = true;

    public void AddAllElements() => AllElements = true;

    public bool HasMember(string name) => AllMembers || members?.Contains(name) == true;

    public bool HasElement(int index) => AllElements || index < first || elements?.Contains(index) == true;

    public void Add(Seen other)
    {
        AllMembers |= other.AllMembers;
        AllElements |= other.AllElements;
        first = Math.Max(first, other.first);
        if (other.members is { } names)
        {
            (members ??= new(StringComparer.Ordinal)).UnionWith(names);
        }

        if (other.elements is { } indexes)
        {
            (elements ??= []).UnionWith(indexes);
        }
    }
}
