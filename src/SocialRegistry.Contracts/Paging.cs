namespace SocialRegistry.Contracts;

/// <summary>One page asked for, by keyset.</summary>
/// <param name="Size">1 to 500.</param>
/// <param name="After">The <see cref="Page{T}.Next"/> of the page before; absent for the first.</param>
public sealed record PageRequest(int Size = 50, string? After = null);

/// <summary>One page. <paramref name="Next"/> is absent on the last.</summary>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);
