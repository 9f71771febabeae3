namespace SocialRegistry.Registry.Areas;

/// <summary>Hands out the tree of areas from memory.</summary>
internal interface IAreaTrees
{
    /// <summary>
    /// The tree as it stands: at once after a change made by this process, within <see cref="AreaTrees.CheckEvery"/> after one of another.
    /// Take it once per call and ask it as often as needed.
    /// </summary>
    ValueTask<IAreaTree> CurrentAsync(CancellationToken cancellationToken);
}

/// <summary>One state of the tree; never altered. Codes are compared with their case. An unknown code is within nothing and has nothing around it.</summary>
internal interface IAreaTree
{
    /// <summary>True when there are no areas: then any code is taken in records.</summary>
    bool IsEmpty { get; }

    bool Knows(string code);

    /// <summary>True when the area and all above it hold on this day.</summary>
    bool IsValid(string code, DateOnly day);

    /// <summary>True when it is this area or one below it.</summary>
    bool IsWithin(string code, string ancestor);

    /// <summary>The area itself and all below it; empty when unknown.</summary>
    IReadOnlyCollection<string> Subtree(string code);

    /// <summary>The areas above, from the top down, without the area itself.</summary>
    IReadOnlyList<string> Ancestors(string code);
}
