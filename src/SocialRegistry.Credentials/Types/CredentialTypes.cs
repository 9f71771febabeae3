using System.Text.Json;
using System.Text.Json.Serialization;
using SocialRegistry.Contracts;
using SocialRegistry.Credentials.Formats;

namespace SocialRegistry.Credentials.Types;

/// <summary>The credential types of this deployment, read from the module's data files.</summary>
internal sealed class CredentialTypes
{
    private const string Prefix = "SocialRegistry.Credentials.Types.";

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter() },
    };

    public CredentialTypes()
    {
        Types =
        [
            .. typeof(CredentialTypes)
                .Assembly.GetManifestResourceNames()
                .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
                .Select(Read),
        ];
        Configurations =
        [
            .. Types.SelectMany(type =>
                type.Configurations.Select(c => new CredentialConfiguration(c.Id, type, c.Format))
            ),
        ];
    }

    public IReadOnlyList<CredentialType> Types { get; }

    public IReadOnlyList<CredentialConfiguration> Configurations { get; }

    public CredentialType? Type(string name) => Types.FirstOrDefault(type => type.Name == name);

    public CredentialConfiguration? Find(string id) => Configurations.FirstOrDefault(c => c.Id == id);

    /// <summary>
    /// The claims of one form. Sensitive fields become claims only where each can be disclosed alone: a plain JWT would show them to
    /// every verifier.
    /// </summary>
    public static IReadOnlyList<MappedClaim> Claims(CredentialConfiguration configuration, CatalogueView catalogue) =>
        [
            .. Claims(configuration.Type, catalogue)
                .Where(claim =>
                    claim.Required
                    || claim.Field.Class != FieldClass.Sensitive
                    || configuration.Format == CredentialFormat.SdJwtVc
                ),
        ];

    /// <summary>All claims that the catalogue, as it stands, can feed. A name that is taken or reserved is passed over.</summary>
    public static IReadOnlyList<MappedClaim> Claims(CredentialType type, CatalogueView catalogue)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var claims = new List<MappedClaim>();
        foreach (var mapping in type.Claims)
        {
            if (catalogue.Field(type.Kind, mapping.Field) is { } field)
            {
                Add(mapping.Claim ?? field.Claim ?? field.Id, field, mapping.Required);
            }
        }

        if (type.OtherAttestableFields)
        {
            foreach (var field in catalogue.Fields.Where(f => f is { Attestable: true, Claim: not null }))
            {
                if (field.Kind == type.Kind && type.Claims.All(mapping => mapping.Field != field.Id))
                {
                    Add(field.Claim!, field, required: false);
                }
            }
        }

        return claims;

        void Add(string name, FieldView field, bool required)
        {
            if (!ReservedClaims.Contains(name) && names.Add(name))
            {
                claims.Add(new MappedClaim(name, field, required));
            }
        }
    }

    private static CredentialType Read(string resource)
    {
        using var stream = typeof(CredentialTypes).Assembly.GetManifestResourceStream(resource)!;
        return JsonSerializer.Deserialize<CredentialType>(stream, Json)!;
    }
}
