namespace SocialRegistry.Contracts;

/// <summary>A search.</summary>
public sealed record SearchRequest
{
    public required Query Query { get; init; }

    /// <summary>Searchable, clear, not repeated fields in turn; records without a value come last. The id decides between equals.</summary>
    public IReadOnlyList<SortField> Sort { get; init; } = [];

    /// <summary>The cursor belongs to this query, sort and caller.</summary>
    public PageRequest Page { get; init; } = new();

    public SearchCount Count { get; init; }

    /// <summary>What of each record is wanted. With <c>AsOf</c> or <c>Effective</c> the query is asked of the records as they were.</summary>
    public ReadOptions Options { get; init; } = ReadOptions.Default;
}

/// <summary>One field of a sort.</summary>
public sealed record SortField(string Field, bool Descending = false);

/// <summary>Whether hits are counted beside the page.</summary>
public enum SearchCount
{
    None,

    /// <summary>Quick: counted up to <see cref="SearchPage.MostEstimated"/>.</summary>
    Estimate,

    /// <summary>Counted up to <see cref="SearchPage.MostCounted"/>.</summary>
    Exact,
}

/// <summary>One page of hits. <paramref name="Next"/> is absent on the last.</summary>
public sealed record SearchPage(IReadOnlyList<RegistrantView> Items, string? Next)
{
    /// <summary>Hits are counted up to here: a larger number would keep the database busy for who only wants a page.</summary>
    public const int MostCounted = 10_000;

    /// <summary>Hits are counted up to here when an estimate will do.</summary>
    public const int MostEstimated = 1_000;

    /// <summary>Hits on all pages; absent when not asked for.</summary>
    public long? Total { get; init; }

    /// <summary>False when there are more than <see cref="Total"/> says.</summary>
    public bool TotalIsExact { get; init; }
}
