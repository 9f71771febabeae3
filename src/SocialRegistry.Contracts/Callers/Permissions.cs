namespace SocialRegistry.Contracts;

/// <summary>The permissions <c>resource:action</c>, and the scopes of the standards.</summary>
public static class Permissions
{
    public const string ReadRegistrants = "registrants:read";
    public const string WriteRegistrants = "registrants:write";
    public const string WriteAttestations = "attestations:write";
    public const string ReadVersions = "versions:read";

    /// <summary>Make named versions, let records join them, close them.</summary>
    public const string WriteVersions = "versions:write";

    /// <summary>Send what one has learnt about persons on the register, within one's fields and rows.</summary>
    public const string SendFeedback = "feedback:write";
    public const string ReadDisclosures = "disclosures:read";

    /// <summary>Read the signed log over all records, its proofs and its export; it holds hashes and no value of anybody.</summary>
    public const string ReadLog = "log:read";

    /// <summary>Change the tree of areas; reading it needs no permission.</summary>
    public const string WriteAreas = "areas:write";
    public const string RunImports = "imports:run";

    /// <summary>Export whole tables of the register.</summary>
    public const string RunExports = "exports:run";

    /// <summary>Change what can be recorded: fields, code lists, relation types.</summary>
    public const string WriteFields = "fields:write";

    public const string OfferCredentials = "credentials:offer";

    /// <summary>See a field in the clear that is otherwise shown masked: only by naming it, and for a stated purpose.</summary>
    public const string RevealFields = "registrants:reveal";
    public const string ReadDocuments = "documents:read";
    public const string WriteDocuments = "documents:write";

    /// <summary>Ask for changes that others agree to.</summary>
    public const string WriteRequests = "requests:write";

    /// <summary>Agree to changes that others ask for, or refuse them.</summary>
    public const string ReviewRequests = "requests:review";

    /// <summary>Handle partners, accounts and roles; gives no sight of any person.</summary>
    public const string ManageAccess = "access:manage";

    /// <summary>See which keys the deployment signs with.</summary>
    public const string ManageKeys = "keys:manage";

    /// <summary>Read the consents of a record.</summary>
    public const string ReadConsents = "consents:read";

    /// <summary>Record that a person gives a consent or takes it back.</summary>
    public const string WriteConsents = "consents:write";

    /// <summary>Ask for the erasure of a record, or carry out what another has asked for.</summary>
    public const string EraseRegistrants = "registrants:erase";

    /// <summary>Take everything out that is held about one person.</summary>
    public const string ExportRegistrants = "registrants:export";

    /// <summary>Read one record past one's own rights, for a reason that is stored and looked at.</summary>
    public const string BreakGlass = "registrants:break-glass";

    /// <summary>Look at the alerts of such readings.</summary>
    public const string ReviewAlerts = "alerts:review";

    /// <summary>DCI <c>/registry/sync/search</c> and <c>/registry/search</c>.</summary>
    public const string DciSearch = "registry.search";

    public static IReadOnlySet<string> All { get; } =
        new HashSet<string>
        {
            ReadRegistrants,
            WriteRegistrants,
            WriteAttestations,
            ReadVersions,
            WriteVersions,
            SendFeedback,
            ReadDisclosures,
            ReadLog,
            WriteAreas,
            RunImports,
            RunExports,
            WriteFields,
            OfferCredentials,
            RevealFields,
            ReadDocuments,
            WriteDocuments,
            WriteRequests,
            ReviewRequests,
            ManageAccess,
            ManageKeys,
            DciSearch,
            ReadConsents,
            WriteConsents,
            EraseRegistrants,
            ExportRegistrants,
            BreakGlass,
            ReviewAlerts,
        };

    /// <summary>Those that give no sight of any person. A new permission is counted among the others until it is added here.</summary>
    public static IReadOnlySet<string> Impersonal { get; } =
        new HashSet<string> { WriteFields, WriteAreas, ManageAccess, ManageKeys };
}
