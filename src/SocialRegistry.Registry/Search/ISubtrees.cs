namespace SocialRegistry.Registry.Search;

/// <summary>What searches and row rules need to know of areas.</summary>
internal interface ISubtrees
{
    /// <summary>The area's code and those of all areas below it. Of a code that is not in the tree, the code alone.</summary>
    Task<IReadOnlyCollection<string>> SubtreeAsync(string code, CancellationToken cancellationToken);
}

/// <summary>No tree: each code is an area of its own.</summary>
internal sealed class FlatSubtrees : ISubtrees
{
    public Task<IReadOnlyCollection<string>> SubtreeAsync(string code, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyCollection<string>>([code]);
}
