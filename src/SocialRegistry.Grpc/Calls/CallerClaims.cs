using System.Text.Json;
using System.Text.Json.Serialization;
using SocialRegistry.Contracts;

namespace SocialRegistry.Grpc.Calls;

/// <summary>The payload of a caller token: the whole <see cref="Caller"/> and how long it stands.</summary>
internal sealed record CallerClaims
{
    /// <summary>
    /// A member this version does not know may narrow what the caller may do, so it is refused, not passed over:
    /// while roles are upgraded one by one, the core goes first.
    /// </summary>
    public static JsonSerializerOptions Json { get; } =
        new(JsonSerializerDefaults.Web)
        {
            MaxDepth = 64,
            AllowDuplicateProperties = false,
            PropertyNameCaseInsensitive = false,
            NumberHandling = JsonNumberHandling.Strict,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        };

    [JsonPropertyName("aud")]
    public required string Audience { get; init; }

    /// <summary>Seconds since 1970 (RFC 7519 §2).</summary>
    [JsonPropertyName("iat")]
    public required long IssuedAt { get; init; }

    /// <summary>Seconds since 1970 (RFC 7519 §2).</summary>
    [JsonPropertyName("exp")]
    public required long ExpiresAt { get; init; }

    public required string Kind { get; init; }

    [JsonPropertyName("sub")]
    public required string Id { get; init; }

    public required string Channel { get; init; }

    public required IReadOnlyList<string> Permissions { get; init; }

    /// <summary>Absent: none.</summary>
    public IReadOnlyList<string>? Roles { get; init; }

    public required ScopeClaim Fields { get; init; }

    public required ScopeClaim Filters { get; init; }

    /// <summary>Absent: none of the fields is masked.</summary>
    public ScopeClaim? Masked { get; init; }

    /// <summary>Absent: every record.</summary>
    public RowsClaim? Rows { get; init; }

    public string? Purpose { get; init; }

    public string? LegalGround { get; init; }

    public string? Institution { get; init; }

    /// <summary>Absent: no consent is needed.</summary>
    public bool? ConsentRequired { get; init; }

    public string? RequestId { get; init; }

    public string? Self { get; init; }

    public static CallerClaims Of(Caller caller, string audience, DateTimeOffset now, TimeSpan lifetime) =>
        new()
        {
            Audience = audience,
            IssuedAt = now.ToUnixTimeSeconds(),
            ExpiresAt = (now + lifetime).ToUnixTimeSeconds(),
            Kind = caller.Kind switch
            {
                CallerKind.System => "system",
                CallerKind.Staff => "staff",
                CallerKind.Partner => "partner",
                CallerKind.Person => "person",
                _ => throw new ArgumentOutOfRangeException(nameof(caller)),
            },
            Id = caller.Id,
            Channel = caller.Channel,
            Permissions = [.. caller.Permissions],
            Roles = caller.Roles.Count == 0 ? null : [.. caller.Roles],
            Fields = ScopeClaim.Of(caller.Fields),
            Filters = ScopeClaim.Of(caller.Filters),
            Masked = caller.Masked is { IsAll: false, Ids.Count: 0 } ? null : ScopeClaim.Of(caller.Masked),
            Rows = RowsClaim.Of(caller.Rows),
            Purpose = caller.Purpose,
            LegalGround = caller.LegalGround,
            Institution = caller.Institution,
            ConsentRequired = caller.ConsentRequired ? true : null,
            RequestId = caller.RequestId,
            Self = caller.Self?.ToString(),
        };

    /// <summary>The caller, or <c>null</c> when the claims do not describe one.</summary>
    public Caller? ToCaller()
    {
        CallerKind? kind = Kind switch
        {
            "system" => CallerKind.System,
            "staff" => CallerKind.Staff,
            "partner" => CallerKind.Partner,
            "person" => CallerKind.Person,
            _ => null,
        };
        RegistrantId? self = null;
        if (Self is not null)
        {
            if (!RegistrantId.TryParse(Self, out var id))
            {
                return null;
            }

            self = id;
        }

        var rows = Rows is null ? RowScope.All : Rows.ToScope();
        return kind is null || Id.Length == 0 || rows is null
            ? null
            : new Caller
            {
                Kind = kind.Value,
                Id = Id,
                Channel = Channel,
                Permissions = Permissions.ToHashSet(),
                Roles = (Roles ?? []).ToHashSet(),
                Fields = Fields.ToScope(),
                Filters = Filters.ToScope(),
                Masked = Masked?.ToScope() ?? FieldScope.None,
                Rows = rows,
                Purpose = Purpose,
                LegalGround = LegalGround,
                Institution = Institution,
                ConsentRequired = ConsentRequired == true,
                RequestId = RequestId,
                Self = self,
            };
    }
}

/// <summary>A <see cref="RowScope"/> that narrows.</summary>
/// <param name="Population">A query tree.</param>
/// <param name="WithConsent">Absent: without.</param>
internal sealed record RowsClaim(JsonElement? Population, IReadOnlyList<string>? Areas, bool? WithConsent)
{
    public static RowsClaim? Of(RowScope rows) =>
        rows.IsAll
            ? null
            : new RowsClaim(
                rows.Population?.ToJson(),
                rows.Areas is null ? null : [.. rows.Areas],
                rows.WithConsent ? true : null
            );

    /// <summary>The rows; <c>null</c> when the claim does not describe any: it is never taken for "every record".</summary>
    public RowScope? ToScope()
    {
        if (Population is null && Areas is null && WithConsent != true)
        {
            return null;
        }

        Query? population = null;
        if (Population is { } json)
        {
            var read = QueryReader.Read(json);
            if (!read.Succeeded)
            {
                return null;
            }

            population = read.Value;
        }

        return new RowScope
        {
            Population = population,
            Areas = Areas?.ToHashSet(),
            WithConsent = WithConsent == true,
        };
    }
}

/// <summary>A <see cref="FieldScope"/>: all, or these.</summary>
internal sealed record ScopeClaim(bool All, IReadOnlyList<string> Ids)
{
    public static ScopeClaim Of(FieldScope scope) => new(scope.IsAll, [.. scope.Ids]);

    public FieldScope ToScope() => All ? FieldScope.All : FieldScope.Of(Ids);
}
