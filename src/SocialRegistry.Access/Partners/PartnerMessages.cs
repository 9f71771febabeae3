using System.Text.Json;
using System.Text.Json.Serialization;

namespace SocialRegistry.Access.Partners;

/// <summary>What an administrator sees of a partner: never its secret.</summary>
public sealed record PartnerResponse
{
    public required string Id { get; init; }

    /// <summary><c>active</c>, <c>suspended</c> or <c>retired</c>.</summary>
    public required string Status { get; init; }

    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>Field ids it may receive; <c>*</c> alone means all.</summary>
    public required IReadOnlyList<string> Attributes { get; init; }

    /// <summary>Field ids and identifier types it may filter by; <c>*</c> alone means all.</summary>
    public required IReadOnlyList<string> Filters { get; init; }

    /// <summary>A query tree: it knows only of records of which it is true. Absent: of all.</summary>
    public JsonElement? Population { get; init; }

    public required IReadOnlyList<string> Purposes { get; init; }

    /// <summary><c>required</c>, <c>optional</c> or <c>off</c>.</summary>
    public required string Signature { get; init; }

    public required string Dialect { get; init; }

    /// <summary>Name of the organisation, as people are told to whom their data were shown.</summary>
    public string? Name { get; init; }

    /// <summary>The law or agreement on which data are shown to it.</summary>
    public string? LegalGround { get; init; }

    /// <summary><c>off</c>, <c>required</c> (only fields that a valid consent covers) or <c>required-record</c> (a record without one is not there).</summary>
    public required string Consent { get; init; }

    public required IReadOnlyList<string> CallbackHosts { get; init; }

    /// <summary>Its public keys as a JWK set.</summary>
    public JsonElement? Jwks { get; init; }

    /// <summary>True when it may prove itself by a secret.</summary>
    public required bool HasSecret { get; init; }

    /// <summary>Until then the secret before counts too.</summary>
    public DateTimeOffset? PreviousSecretUntil { get; init; }

    /// <summary>The ETag.</summary>
    public required long Version { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    internal static PartnerResponse Of(Partner partner, DateTimeOffset now) =>
        new()
        {
            Id = partner.Id,
            Status = PartnerState.StatusOf(partner),
            Scopes = partner.Scopes,
            Attributes = partner.Attributes,
            Filters = partner.Filters,
            Population = partner.Population is null ? null : JsonElement.Parse(partner.Population),
            Purposes = partner.Purposes,
            Signature = partner.Signature,
            Dialect = partner.Dialect,
            Name = partner.Name,
            LegalGround = partner.LegalGround,
            Consent = partner.Consent,
            CallbackHosts = partner.CallbackHosts,
            Jwks = partner.Jwks is null ? null : JsonElement.Parse(partner.Jwks),
            HasSecret = partner.SecretHash is not null,
            PreviousSecretUntil = partner.PreviousSecret(now) is null ? null : partner.PreviousSecretUntil,
            Version = partner.Version,
            UpdatedAt = partner.UpdatedAt,
        };
}

/// <summary>What is said of a partner, as a whole; its secret and its status have calls of their own.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public record PartnerRequest
{
    /// <summary>What it may do; see <c>GET /api/v1/permissions</c>. Absent when a partner is made: what the role <c>partner-system</c> says.</summary>
    public IReadOnlyList<string>? Scopes { get; init; }

    /// <summary>Fields it may receive: ids or DCI names, or <c>*</c> alone.</summary>
    public IReadOnlyList<string> Attributes { get; init; } = [];

    /// <summary>Fields and identifier types it may filter by: ids or DCI names, or <c>*</c> alone.</summary>
    public IReadOnlyList<string> Filters { get; init; } = [];

    /// <summary>A query tree: it knows only of records of which it is true.</summary>
    public JsonElement? Population { get; init; }

    public IReadOnlyList<string> Purposes { get; init; } = [];

    /// <summary><c>required</c> (needs <c>jwks</c>), <c>optional</c> or <c>off</c>.</summary>
    public string Signature { get; init; } = "optional";

    /// <summary><c>dci-2025-12</c>, <c>dci-2025-01</c>, <c>g2pconnect-1.0.0</c> or <c>openg2p</c>.</summary>
    public string Dialect { get; init; } = "dci-2025-12";

    /// <summary>Name of the organisation, as people are told to whom their data were shown; up to 200 characters.</summary>
    public string? Name { get; init; }

    /// <summary>The law or agreement on which data are shown to it; up to 200 characters.</summary>
    public string? LegalGround { get; init; }

    /// <summary><c>off</c>, <c>required</c> (only fields that a valid consent covers) or <c>required-record</c> (a record without one is not there).</summary>
    public string Consent { get; init; } = Contracts.PartnerConsent.Off;

    /// <summary><c>host</c> or <c>host:port</c> to which answers and notices may be sent.</summary>
    public IReadOnlyList<string> CallbackHosts { get; init; } = [];

    /// <summary>Its public keys as a JWK set; private members are refused.</summary>
    public JsonElement? Jwks { get; init; }
}

/// <summary>A partner to be made.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record CreatePartnerRequest : PartnerRequest
{
    /// <summary>The <c>client_id</c> of its token requests; never given a second time.</summary>
    public required string Id { get; init; }

    /// <summary>Make a secret. Absent: when there are no <c>jwks</c>.</summary>
    public bool? WithSecret { get; init; }
}

/// <summary>A partner and, when one was made, its secret, which stands in this answer and nowhere else.</summary>
public sealed record PartnerSecretResponse(PartnerResponse Partner, string? Secret);

/// <summary>A new secret is wanted.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record RotateSecretRequest
{
    /// <summary>How long the secret that stands counts beside the new one, in seconds; 0 (the default) ends it at once, 2,592,000 is 30 days.</summary>
    public int OverlapSeconds { get; init; }
}
