namespace SocialRegistry.Contracts;

/// <summary>The permissions <c>resource:action</c>, and the scopes of the standards.</summary>
public static class Permissions
{
    public const string ReadRegistrants = "registrants:read";
    public const string WriteRegistrants = "registrants:write";
    public const string WriteAttestations = "attestations:write";
    public const string ReadVersions = "versions:read";
    public const string ReadDisclosures = "disclosures:read";
    public const string ReadDocuments = "documents:read";
    public const string WriteDocuments = "documents:write";
    public const string RunImports = "imports:run";
    public const string OfferCredentials = "credentials:offer";

    /// <summary>See and suspend partners and accounts; gives no sight of any person.</summary>
    public const string ManageAccess = "access:manage";

    /// <summary>DCI <c>/registry/sync/search</c> and <c>/registry/search</c>.</summary>
    public const string DciSearch = "registry.search";

    public static IReadOnlySet<string> All { get; } =
        new HashSet<string>
        {
            ReadRegistrants,
            WriteRegistrants,
            WriteAttestations,
            ReadVersions,
            ReadDisclosures,
            ReadDocuments,
            WriteDocuments,
            RunImports,
            OfferCredentials,
            ManageAccess,
            DciSearch,
        };
}
