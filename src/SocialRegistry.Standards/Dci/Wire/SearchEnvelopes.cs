using System.Text.Json;
using System.Text.Json.Serialization;

namespace SocialRegistry.Standards.Dci.Wire;

/// <summary>A request to <c>/registry/sync/search</c> (text of December 2025). Reading is more tolerant than this; see the module's README.</summary>
public sealed record SearchRequestEnvelope
{
    /// <summary>Over header and message as sent; see the module's README for the dialects.</summary>
    [JsonPropertyName("signature")]
    public string? Signature { get; init; }

    [JsonPropertyName("header")]
    public required MsgHeader Header { get; init; }

    [JsonPropertyName("message")]
    public required SearchRequest Message { get; init; }
}

/// <summary>The answer: action <c>on-search</c>.</summary>
public sealed record SearchResponseEnvelope
{
    [JsonPropertyName("signature")]
    public string? Signature { get; init; }

    [JsonPropertyName("header")]
    public required MsgCallbackHeader Header { get; init; }

    /// <summary>Absent when the message was refused by its header.</summary>
    [JsonPropertyName("message")]
    public SearchResponse? Message { get; init; }
}

/// <summary>MsgHeader_V1.0.0.</summary>
public sealed record MsgHeader
{
    [JsonPropertyName("version")]
    public string? Version { get; init; }

    /// <summary>Unique for each message of the sender.</summary>
    [JsonPropertyName("message_id")]
    public required string MessageId { get; init; }

    /// <summary>With a zone.</summary>
    [JsonPropertyName("message_ts")]
    public required DateTimeOffset MessageTs { get; init; }

    /// <summary><c>search</c>.</summary>
    [JsonPropertyName("action")]
    public required string Action { get; init; }

    /// <summary>The partner to whom the token was issued.</summary>
    [JsonPropertyName("sender_id")]
    public required string SenderId { get; init; }

    [JsonPropertyName("sender_uri")]
    public string? SenderUri { get; init; }

    [JsonPropertyName("receiver_id")]
    public string? ReceiverId { get; init; }

    /// <summary>Number of items in the message.</summary>
    [JsonPropertyName("total_count")]
    public required int TotalCount { get; init; }

    [JsonPropertyName("is_msg_encrypted")]
    public bool IsMsgEncrypted { get; init; }

    [JsonPropertyName("meta")]
    public JsonElement? Meta { get; init; }
}

/// <summary>MsgCallbackHeader_V1.0.0.</summary>
public sealed record MsgCallbackHeader
{
    [JsonPropertyName("version")]
    public string? Version { get; init; }

    /// <summary>A new id; correlate by <c>transaction_id</c> and <c>reference_id</c>.</summary>
    [JsonPropertyName("message_id")]
    public required string MessageId { get; init; }

    [JsonPropertyName("message_ts")]
    public required DateTimeOffset MessageTs { get; init; }

    /// <summary><c>on-search</c>.</summary>
    [JsonPropertyName("action")]
    public required string Action { get; init; }

    /// <summary><c>rcvd</c>, <c>pdng</c>, <c>succ</c> or <c>rjct</c>.</summary>
    [JsonPropertyName("status")]
    public required string Status { get; init; }

    [JsonPropertyName("status_reason_code")]
    public string? StatusReasonCode { get; init; }

    [JsonPropertyName("status_reason_message")]
    public string? StatusReasonMessage { get; init; }

    [JsonPropertyName("total_count")]
    public int? TotalCount { get; init; }

    [JsonPropertyName("completed_count")]
    public int? CompletedCount { get; init; }

    [JsonPropertyName("sender_id")]
    public string? SenderId { get; init; }

    [JsonPropertyName("receiver_id")]
    public string? ReceiverId { get; init; }

    [JsonPropertyName("is_msg_encrypted")]
    public bool IsMsgEncrypted { get; init; }
}
