using SocialRegistry.Registry.Search;

namespace SocialRegistry.Registry.Areas;

/// <summary>Tells searches and row rules what lies within an area.</summary>
internal sealed class AreaSubtrees(IAreaTrees trees) : ISubtrees
{
    public async Task<IReadOnlyCollection<string>> SubtreeAsync(string code, CancellationToken cancellationToken)
    {
        var tree = await trees.CurrentAsync(cancellationToken);
        return tree.Knows(code) ? tree.Subtree(code) : [code];
    }
}
