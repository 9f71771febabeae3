using SocialRegistry.Contracts;
using SocialRegistry.Standards.Dci.Records;

namespace SocialRegistry.Standards.Dci.Search;

/// <summary>The <c>message</c> of a search (SearchRequest), read and checked.</summary>
internal sealed record SearchMessage(string TransactionId, IReadOnlyList<SearchItem> Items);

/// <summary>One <c>search_request</c>: either rejected, or what is to be looked for.</summary>
internal sealed record SearchItem
{
    public required string ReferenceId { get; init; }

    public Rejection? Rejection { get; init; }

    /// <summary>Present unless rejected.</summary>
    public SearchTarget? Target { get; init; }

    /// <summary>ISO 639-3, repeated in the answer.</summary>
    public string? Locale { get; init; }

    /// <summary>1 or more, not above the limit.</summary>
    public required int PageSize { get; init; }

    /// <summary>The first is 1.</summary>
    public required int PageNumber { get; init; }
}

/// <summary>What an item looks for and how it wants to see it.</summary>
internal sealed record SearchTarget
{
    public required Identifier Identifier { get; init; }

    /// <summary>Kind of registrant that carries identifiers of this type.</summary>
    public required string IdentifierKind { get; init; }

    /// <summary>Kind of registrant that is counted and paged (<c>response_entity</c>).</summary>
    public required string EntityKind { get; init; }

    public required RecordShape Shape { get; init; }

    /// <summary><c>reg_record_type</c> of the answer.</summary>
    public required string RecordType { get; init; }

    public required string Purpose { get; init; }

    public string? LegalGround { get; init; }

    /// <summary>True when the way from the identifier to the records leads over memberships.</summary>
    public bool NeedsMemberships =>
        IdentifierKind != EntityKind || EntityKind != Shape.Kind() || Shape == RecordShape.Group;
}
