using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using SocialRegistry.Contracts;

namespace SocialRegistry.Api.Registrants;

/// <summary>A look-up of many identifiers at once.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record LookupRequest
{
    /// <summary>1 to 1,000 identifiers; only type and value are looked at.</summary>
    [Required, MinLength(1), MaxLength(1_000)]
    public required IReadOnlyList<Identifier> Identifiers { get; init; }

    /// <summary>True: an identifier that has expired finds nobody.</summary>
    public bool CurrentOnly { get; init; }
}

/// <summary>One item an identifier, in the order asked: the record, or null where there is none or none for this caller.</summary>
public sealed record LookupResponse(IReadOnlyList<RegistrantResponse?> Items);
