using System.Text.Json;
using SocialRegistry.Contracts;

namespace SocialRegistry.Credentials;

/// <summary>The kinds of credential this deployment issues.</summary>
public sealed class CredentialTypes
{
    private readonly Dictionary<string, CredentialConfiguration> configurations;

    /// <exception cref="ArgumentException">Two configurations of one id, or a format that is not known.</exception>
    public CredentialTypes(IReadOnlyList<CredentialType> types)
    {
        All = types;
        configurations = types
            .SelectMany(type =>
                type.Formats.Select(format => new CredentialConfiguration(
                    type.Id + "_" + format.Suffix,
                    type,
                    CredentialFormat.Of(format.Format, format.Algorithm)
                ))
            )
            .ToDictionary(configuration => configuration.Id, StringComparer.Ordinal);
    }

    public IReadOnlyList<CredentialType> All { get; }

    public IReadOnlyCollection<CredentialConfiguration> Configurations => configurations.Values;

    public CredentialConfiguration? Find(string id) => configurations.GetValueOrDefault(id);

    /// <summary>The types that come with the product.</summary>
    public static CredentialTypes BuiltIn()
    {
        using var file = typeof(CredentialTypes).Assembly.GetManifestResourceStream("credential-types.json")!;
        return new CredentialTypes(JsonSerializer.Deserialize<CredentialType[]>(file, JsonSerializerOptions.Web)!);
    }
}

/// <summary>A claim with the field of the catalogue behind it.</summary>
internal sealed record CatalogueClaim(string Claim, FieldView Field);

internal static class CatalogueClaims
{
    /// <summary>Names that belong to the formats: a field cannot become one of them.</summary>
    private static readonly HashSet<string> Reserved =
    [
        "iss",
        "sub",
        "aud",
        "exp",
        "nbf",
        "iat",
        "jti",
        "cnf",
        "vct",
        "status",
        "aka_vcts",
        "vc",
        "id",
        "_sd",
        "_sd_alg",
        "...",
        SdJwtWriter.AttestationsClaim,
    ];

    /// <summary>The claims a type has under the catalogue that stands, in the catalogue's order.</summary>
    public static IReadOnlyList<CatalogueClaim> ClaimsOf(this CatalogueView catalogue, CredentialType type)
    {
        var sources = type.Claims is { } named
            ? named.Select(source => (source.Claim, Field: catalogue.Field(type.Kind, source.Field)))
            : catalogue
                .Fields.Where(field => field.Kind == type.Kind)
                .Select(field => (Claim: field.Claim ?? "", Field: (FieldView?)field));
        return
        [
            .. sources
                .Where(source =>
                    source.Field is { Attestable: true } && source.Claim.Length > 0 && !Reserved.Contains(source.Claim)
                )
                .DistinctBy(source => source.Claim)
                .Select(source => new CatalogueClaim(source.Claim, source.Field!)),
        ];
    }
}
