using System.Text.Json;
using System.Text.Json.Serialization;

namespace SocialRegistry.Credentials.Verification;

/// <summary>What was found out about a credential.</summary>
public sealed record VerificationReport
{
    /// <summary>True only when every check is good.</summary>
    [JsonPropertyName("verified")]
    public required bool Verified { get; init; }

    /// <summary><c>dc+sd-jwt</c> or <c>jwt_vc_json</c>; absent when it is neither.</summary>
    [JsonPropertyName("format"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Format { get; init; }

    /// <summary>Who issued it; only when verified.</summary>
    [JsonPropertyName("issuer"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Issuer { get; init; }

    /// <summary>In the order in which they were made; the first that fails ends the list.</summary>
    [JsonPropertyName("checks")]
    public required IReadOnlyList<VerificationCheck> Checks { get; init; }

    /// <summary>The claims that are shown; only when verified.</summary>
    [JsonPropertyName("claims"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, JsonElement>? Claims { get; init; }

    /// <summary>Who attested the claims, when and how; only when verified and shown.</summary>
    [JsonPropertyName("evidence"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonElement? Evidence { get; init; }
}

/// <summary>One check.</summary>
/// <param name="Check"><c>form</c>, <c>signature</c>, <c>certificate</c>, <c>disclosures</c>, <c>issuer</c>, <c>dates</c> or <c>holder</c>.</param>
/// <param name="Detail">One sentence; holds nothing of the credential's content but its dates.</param>
public sealed record VerificationCheck(
    [property: JsonPropertyName("check")] string Check,
    [property: JsonPropertyName("ok")] bool Ok,
    [property: JsonPropertyName("detail")] string Detail
);
