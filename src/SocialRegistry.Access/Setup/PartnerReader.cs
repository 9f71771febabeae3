using System.Text.RegularExpressions;
using SocialRegistry.Access.Partners;
using SocialRegistry.Contracts;

namespace SocialRegistry.Access.Setup;

/// <summary>Reads what is said of a partner, by the bootstrap file (one item of <c>partners</c>) or an administrator.</summary>
internal static partial class PartnerReader
{
    public static readonly string[] Members =
    [
        "id",
        "secret",
        "jwks",
        "scopes",
        "signature",
        "callbackHosts",
        "attributes",
        "filters",
        "population",
        "purposes",
        "dialect",
        "name",
        "legalGround",
        "consent",
    ];

    public static readonly string[] Signatures = ["required", "optional", "off"];

    public static readonly string[] Dialects = ["dci-2025-12", "dci-2025-01", "g2pconnect-1.0.0", "openg2p"];

    private const int MaxItems = 500;

    public static PartnerEntry? Read(JsonPlace place, CatalogueNames names)
    {
        if (!place.IsObject(Members))
        {
            return null;
        }

        var id = Id(place);
        var (secret, jwks) = Credentials(place);
        var entry = Rights(place, names) with { Id = id ?? "", Secret = secret, Jwks = jwks };
        CheckSignature(place, entry);
        return id is null ? null : entry;
    }

    /// <summary>What a partner may do, without who it is and how it proves that.</summary>
    public static PartnerEntry Rights(JsonPlace place, CatalogueNames names)
    {
        var scopes = place.Required("scopes")?.Distinct(MaxItems, scope => scope.Word(SortedScopes)) ?? [];
        return new PartnerEntry
        {
            Id = "",
            Scopes = [.. scopes.Order(StringComparer.Ordinal)],
            Population = PopulationReader.Read(place.Member("population"), names),
            Attributes = Names(place.Member("attributes"), names),
            Filters = Names(place.Member("filters"), names),
            Purposes = place.Member("purposes")?.Distinct(MaxItems, Purpose) ?? [],
            CallbackHosts = place.Member("callbackHosts")?.Distinct(MaxItems, Host) ?? [],
            Signature = place.Member("signature") is { } signature ? signature.Word(Signatures) ?? "" : "optional",
            Dialect = place.Member("dialect") is { } dialect ? dialect.Word(Dialects) ?? "" : Dialects[0],
            Name = place.Member("name")?.Text(200),
            LegalGround = place.Member("legalGround")?.Text(200),
            Consent = place.Member("consent") is { } consent
                ? consent.Word([.. PartnerConsent.All]) ?? ""
                : PartnerConsent.Off,
        };
    }

    public static void CheckSignature(JsonPlace place, PartnerEntry entry)
    {
        if (entry.Signature == "required" && entry.Jwks is null)
        {
            place.Wrong("keys", "signature required needs jwks to check signatures with");
        }
    }

    private static readonly string[] SortedScopes = [.. Permissions.All.Order(StringComparer.Ordinal)];

    public static string? Id(JsonPlace place)
    {
        if (place.Required("id") is not { } member || member.Text(100) is not { } id)
        {
            return null;
        }

        if (IdPattern().IsMatch(id))
        {
            return id;
        }

        member.Wrong("pattern", "letters, digits and . _ ~ : / @ - only, beginning with a letter or digit");
        return null;
    }

    private static (string? Secret, string? Jwks) Credentials(JsonPlace place)
    {
        var secret = place.Member("secret");
        var jwks = place.Member("jwks");
        if (secret is null && jwks is null)
        {
            place.Wrong("required", "a secret or jwks, so that the partner can prove who it is");
        }

        if (secret is { } given && given.Text(PartnerSecrets.MaxLength) is { Length: < PartnerSecrets.MinLength })
        {
            given.Wrong(
                "length",
                $"at least {PartnerSecrets.MinLength} characters; a secret is made by a random generator"
            );
        }

        return (
            secret?.Value.ValueKind == System.Text.Json.JsonValueKind.String && place.Problems.Count == 0
                ? secret.Value.Value.GetString()
                : null,
            Keys(jwks)
        );
    }

    /// <summary>A JWK set as JSON text; its faults are added.</summary>
    public static string? Keys(JsonPlace? jwks)
    {
        if (jwks is { } keys)
        {
            keys.Problems.AddRange(PartnerKeys.Check(keys.Value, keys.Path));
        }

        return jwks?.Value.GetRawText();
    }

    /// <summary><c>"*"</c>, or a list of names; absent means none.</summary>
    private static IReadOnlyList<string> Names(JsonPlace? place, CatalogueNames names)
    {
        if (place is not { } given)
        {
            return [];
        }

        if (given.Value.ValueKind == System.Text.Json.JsonValueKind.String)
        {
            return given.Word(["*"]) is { } all ? [all] : [];
        }

        var ids = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var item in given.Items(MaxItems))
        {
            if (item.Text(200) is not { } name)
            {
                continue;
            }

            var found = names.Find(name);
            ids.UnionWith(found);
            if (found.Count == 0)
            {
                item.Wrong(
                    "unknown",
                    "a field id, a DCI name that one field or one group has, an identifier type, identifiers or memberships; \"*\" stands alone, not in a list"
                );
            }
        }

        return [.. ids];
    }

    public static string? Purpose(JsonPlace place)
    {
        if (place.Text(100) is not { } purpose)
        {
            return null;
        }

        if (PurposePattern().IsMatch(purpose))
        {
            return purpose;
        }

        place.Wrong("pattern", "ASCII letters, digits and . _ : / - only, so that it fits into a header");
        return null;
    }

    private static string? Host(JsonPlace place)
    {
        if (place.Text(300) is not { } host)
        {
            return null;
        }

        if (
            Uri.TryCreate("https://" + host, UriKind.Absolute, out var uri)
            && uri.Authority.Equals(host, StringComparison.OrdinalIgnoreCase)
            && uri.HostNameType != UriHostNameType.Unknown
            && uri.UserInfo.Length == 0
        )
        {
            return host.ToLowerInvariant();
        }

        place.Wrong("pattern", "host or host:port");
        return null;
    }

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._~:/@-]*\z")]
    private static partial Regex IdPattern();

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._:/-]*\z")]
    private static partial Regex PurposePattern();
}
