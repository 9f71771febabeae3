using System.Text.Json;
using System.Text.Json.Serialization;

namespace SocialRegistry.Standards.Dci.Wire;

/// <summary>SearchRequest.</summary>
public sealed record SearchRequest
{
    /// <summary>At most 99 characters; repeated in the answer.</summary>
    [JsonPropertyName("transaction_id")]
    public required string TransactionId { get; init; }

    /// <summary>1 to 1,000 items.</summary>
    [JsonPropertyName("search_request")]
    public required IReadOnlyList<SearchRequestItem> SearchRequestItems { get; init; }
}

/// <summary>One search.</summary>
public sealed record SearchRequestItem
{
    /// <summary>Unique in the message.</summary>
    [JsonPropertyName("reference_id")]
    public required string ReferenceId { get; init; }

    [JsonPropertyName("timestamp")]
    public required DateTimeOffset Timestamp { get; init; }

    [JsonPropertyName("search_criteria")]
    public required SearchCriteria SearchCriteria { get; init; }

    /// <summary>ISO 639-3.</summary>
    [JsonPropertyName("locale")]
    public string? Locale { get; init; }
}

/// <summary>What is looked for.</summary>
public sealed record SearchCriteria
{
    [JsonPropertyName("version")]
    public string? Version { get; init; }

    /// <summary><c>ns:org:RegistryType:Social</c>.</summary>
    [JsonPropertyName("reg_type")]
    public string? RegType { get; init; }

    /// <summary><c>SRPerson</c>, <c>Person</c>, <c>Member</c> or <c>Group</c>.</summary>
    [JsonPropertyName("reg_record_type")]
    public string? RegRecordType { get; init; }

    /// <summary><c>idtype-value</c>.</summary>
    [JsonPropertyName("query_type")]
    public required string QueryType { get; init; }

    /// <summary><c>Group</c> or <c>Member</c>: what is counted.</summary>
    [JsonPropertyName("response_entity")]
    public string? ResponseEntity { get; init; }

    [JsonPropertyName("query")]
    public required IdentifierTypeValue Query { get; init; }

    [JsonPropertyName("sort")]
    public IReadOnlyList<Sort>? Sort { get; init; }

    [JsonPropertyName("pagination")]
    public PaginationRequest? Pagination { get; init; }

    [JsonPropertyName("consent")]
    public Authorize? Consent { get; init; }

    [JsonPropertyName("authorize")]
    public Authorize? Authorize { get; init; }
}

/// <summary>An identifier of one type, such as <c>UIN</c>.</summary>
public sealed record IdentifierTypeValue(
    [property: JsonPropertyName("type")] string Type,
    [property: JsonPropertyName("value")] string Value
);

/// <summary>One key of the order.</summary>
public sealed record Sort(
    [property: JsonPropertyName("attribute_name")] string AttributeName,
    [property: JsonPropertyName("sort_order")] string? SortOrder
);

/// <summary>The page wanted; the first is 1.</summary>
public sealed record PaginationRequest(
    [property: JsonPropertyName("page_size")] int PageSize,
    [property: JsonPropertyName("page_number")] int PageNumber = 1
);

/// <summary>Consent of the subject, or another legal basis.</summary>
public sealed record Authorize
{
    [JsonPropertyName("ts")]
    public DateTimeOffset? Ts { get; init; }

    [JsonPropertyName("purpose")]
    public required Purpose Purpose { get; init; }
}

/// <summary>Why the data are wanted.</summary>
/// <param name="Code">One of the purposes agreed for the partner.</param>
public sealed record Purpose(
    [property: JsonPropertyName("text")] string? Text,
    [property: JsonPropertyName("code")] string Code,
    [property: JsonPropertyName("ref_uri")] Uri? RefUri
);

/// <summary>SearchResponse.</summary>
public sealed record SearchResponse
{
    [JsonPropertyName("transaction_id")]
    public required string TransactionId { get; init; }

    [JsonPropertyName("correlation_id")]
    public required string CorrelationId { get; init; }

    /// <summary>One for each item of the request, in its order.</summary>
    [JsonPropertyName("search_response")]
    public required IReadOnlyList<SearchResponseItem> SearchResponseItems { get; init; }
}

/// <summary>The answer to one search.</summary>
public sealed record SearchResponseItem
{
    [JsonPropertyName("reference_id")]
    public required string ReferenceId { get; init; }

    [JsonPropertyName("timestamp")]
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary><c>succ</c>, also with no record at all, or <c>rjct</c>.</summary>
    [JsonPropertyName("status")]
    public required string Status { get; init; }

    /// <summary><c>rjct.reference_id.invalid</c>, <c>rjct.reference_id.duplicate</c>, <c>rjct.timestamp.invalid</c>, <c>rjct.search_criteria.invalid</c>, <c>rjct.filter.invalid</c>, <c>rjct.sort.invalid</c>, <c>rjct.pagination.invalid</c> or <c>rjct.search.too_many_records_found</c>.</summary>
    [JsonPropertyName("status_reason_code")]
    public string? StatusReasonCode { get; init; }

    [JsonPropertyName("status_reason_message")]
    public string? StatusReasonMessage { get; init; }

    [JsonPropertyName("data")]
    public SearchResponseData? Data { get; init; }

    [JsonPropertyName("pagination")]
    public Pagination? Pagination { get; init; }

    [JsonPropertyName("locale")]
    public string? Locale { get; init; }
}

/// <summary>The records found.</summary>
public sealed record SearchResponseData
{
    [JsonPropertyName("version")]
    public string? Version { get; init; }

    [JsonPropertyName("reg_type")]
    public string? RegType { get; init; }

    [JsonPropertyName("reg_record_type")]
    public string? RegRecordType { get; init; }

    /// <summary>DCI Person, Member or Group with the attributes agreed for the partner.</summary>
    [JsonPropertyName("reg_records")]
    public required IReadOnlyList<Dictionary<string, JsonElement>> RegRecords { get; init; }
}

/// <summary>The page given.</summary>
public sealed record Pagination(
    [property: JsonPropertyName("page_size")] int PageSize,
    [property: JsonPropertyName("page_number")] int PageNumber,
    [property: JsonPropertyName("total_count")] int TotalCount
);
