using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using SocialRegistry.Api.Versions;
using SocialRegistry.Contracts;

namespace SocialRegistry.Api.Registrants;

/// <summary>A search.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record SearchRequest
{
    /// <summary>
    /// A query tree: <c>{"and":[…]}</c>, <c>{"or":[…]}</c>, <c>{"not":…}</c>, <c>{"field":"birth_date","op":"ge","value":"1960-01-01"}</c>
    /// with the operators eq, ne, lt, le, gt, ge, in, nin, exists, contains, startsWith, <c>{"identifier":{"type":"UIN","value":"…"}}</c>,
    /// <c>{"area":"CODE"}</c>, <c>{"status":"active"}</c>, <c>{"kind":"individual"}</c>, <c>{"anyMember":…}</c>, <c>{"memberOf":…}</c>,
    /// <c>{"anyRelative":{"kind":"parent","query":…}}</c> (parent, child, spouse).
    /// </summary>
    [Required]
    public required JsonElement Query { get; init; }

    /// <summary>Searchable fields that stand clear and are not repeated, in turn. No value is above every value.</summary>
    [MaxLength(QueryLimits.MaxSortFields)]
    public IReadOnlyList<SortItem> Sort { get; init; } = [];

    /// <summary>Which page; the first one of 50 when absent.</summary>
    public SearchPageRequest Page { get; init; } = new();

    /// <summary>Field ids wanted; all that the caller may see when absent.</summary>
    [MaxLength(200)]
    public IReadOnlyList<string>? Fields { get; init; }

    /// <summary><c>exact</c> counts hits up to 10,000, <c>estimate</c> up to 1,000; nothing is counted when absent.</summary>
    [RegularExpression("^(exact|estimate)$")]
    public string? Count { get; init; }

    /// <summary>The records as the register knew them at this moment: ISO 8601 with <c>Z</c> or an offset. Without sort and count.</summary>
    [MaxLength(40)]
    public string? AsOf { get; init; }

    /// <summary>The records as they were in life on this day (<c>YYYY-MM-DD</c>). Without sort and count.</summary>
    [MaxLength(10)]
    public string? Effective { get; init; }

    internal Outcome<Contracts.SearchRequest> ToRequest()
    {
        var query = QueryReader.Read(Query);
        var past = Moments.Read(null, AsOf, Effective);
        if (!past.Succeeded)
        {
            return past.Problem;
        }

        return query.Succeeded
            ? new Contracts.SearchRequest
            {
                Query = query.Value,
                Sort = [.. Sort.Select(s => new SortField(s.Field, s.Desc))],
                Page = new PageRequest(Page.Size, Page.After),
                Count = Count switch
                {
                    "exact" => SearchCount.Exact,
                    "estimate" => SearchCount.Estimate,
                    _ => SearchCount.None,
                },
                Options = past.Value with { Fields = Fields },
            }
            : query.Problem;
    }
}

/// <summary>One field to sort by.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record SortItem
{
    /// <summary>Field id.</summary>
    /// <example>birth_date</example>
    [Required, MaxLength(200)]
    public required string Field { get; init; }

    /// <summary>True: from high to low.</summary>
    public bool Desc { get; init; }
}

/// <summary>Which page.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record SearchPageRequest
{
    /// <summary>1 to 500.</summary>
    [Range(1, 500)]
    public int Size { get; init; } = 50;

    /// <summary>The <c>next</c> of the page before; it belongs to the same query, sort and caller.</summary>
    [MaxLength(20_000)]
    public string? After { get; init; }
}

/// <summary>Hits, and where the next page begins (absent on the last).</summary>
public sealed record SearchResponse(IReadOnlyList<RegistrantResponse> Items, string? Next)
{
    /// <summary>Hits on all pages; absent when not asked for.</summary>
    public long? Total { get; init; }

    /// <summary>False when there are more hits than <c>total</c> says; absent with it.</summary>
    public bool? TotalIsExact { get; init; }
}
