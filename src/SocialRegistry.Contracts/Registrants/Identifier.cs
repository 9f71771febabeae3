using System.Text.Json.Serialization;

namespace SocialRegistry.Contracts;

/// <summary>Scheme and value, such as a national id (DCI <c>Identifier</c>): never a key of ours.</summary>
/// <param name="Type">An identifier type of the catalogue, compared without case.</param>
/// <param name="Value">As the person's paper shows it; normalised by the type's rule before it is compared. 1 to 200 characters.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record Identifier(string Type, string Value)
{
    /// <summary>First day on which the paper holds.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateOnly? IssuedOn { get; init; }

    /// <summary>Last day on which the paper holds. Behind it the identifier still leads to its record, unless only current ones are asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateOnly? ExpiresOn { get; init; }

    /// <summary>Who gave it out. Up to 200 characters.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Issuer { get; init; }
}
