using System.Text.Json.Serialization;

namespace SocialRegistry.Standards.Dci.Wire;

/// <summary>The body of every refused message: HttpErrorResponse, and beside it the acknowledgement <c>ERR</c>.</summary>
public sealed record HttpErrorResponse
{
    [JsonPropertyName("errors")]
    public required IReadOnlyList<Error> Errors { get; init; }

    [JsonPropertyName("message")]
    public required Acknowledgement Message { get; init; }
}

/// <summary>Response.message.</summary>
public sealed record Acknowledgement
{
    /// <summary><c>ERR</c>.</summary>
    [JsonPropertyName("ack_status")]
    public required string AckStatus { get; init; }

    [JsonPropertyName("timestamp")]
    public required DateTimeOffset Timestamp { get; init; }

    [JsonPropertyName("correlation_id")]
    public required string CorrelationId { get; init; }

    [JsonPropertyName("error")]
    public required Error Error { get; init; }
}

/// <summary>Error.</summary>
/// <param name="Code">Such as <c>err.request.bad</c>, <c>err.request.unauthorized</c>, <c>err.signature.invalid</c>.</param>
public sealed record Error(
    [property: JsonPropertyName("code")] string Code,
    [property: JsonPropertyName("message")] string Message
);
