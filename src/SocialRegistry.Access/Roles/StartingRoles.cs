using SocialRegistry.Contracts;
using static SocialRegistry.Access.Roles.FieldSight;

namespace SocialRegistry.Access.Roles;

/// <summary>The roles of a new deployment. Each is stored once; from then on it is the deployment's own.</summary>
internal static class StartingRoles
{
    public static IReadOnlyDictionary<string, RoleContent> All { get; } =
        new Dictionary<string, RoleContent>
        {
            ["registrar"] = Staff(
                "Registrar",
                "Records persons and households, also from files.",
                "registration",
                ClassSights.All,
                Permissions.ReadRegistrants,
                Permissions.WriteRegistrants,
                Permissions.ReadVersions,
                Permissions.WriteVersions,
                Permissions.RunImports,
                Permissions.ReadDocuments,
                Permissions.WriteDocuments,
                Permissions.ReadConsents,
                Permissions.WriteConsents,
                Permissions.WriteRequests
            ),
            ["data-editor"] = Staff(
                "Data Editor",
                "Corrects what is recorded; sensitive fields are masked and stay as they are.",
                "correction",
                new ClassSights(Clear, Clear, Masked),
                Permissions.ReadRegistrants,
                Permissions.WriteRegistrants,
                Permissions.ReadVersions,
                Permissions.ReadDocuments,
                Permissions.WriteRequests
            ),
            ["attestor"] = Staff(
                "Validator / Attestor",
                "States that values are true.",
                "attestation",
                ClassSights.All,
                Permissions.ReadRegistrants,
                Permissions.WriteAttestations,
                Permissions.ReadDocuments,
                Permissions.ReviewRequests
            ),
            ["supervisor"] = Staff(
                "Supervisor",
                "Approves the work of others; sees sensitive fields when she asks for them by name.",
                "supervision",
                new ClassSights(Clear, Clear, Masked),
                Permissions.ReadRegistrants,
                Permissions.WriteRegistrants,
                Permissions.WriteAttestations,
                Permissions.ReadVersions,
                Permissions.WriteVersions,
                Permissions.RunExports,
                Permissions.ReadDocuments,
                Permissions.RevealFields,
                Permissions.WriteRequests,
                Permissions.ReviewRequests
            ),
            ["enumerator"] = Staff(
                "Enumerator",
                "Records households in the field; give the account the areas it works in.",
                "enumeration",
                ClassSights.All,
                Permissions.ReadRegistrants,
                Permissions.WriteRegistrants,
                Permissions.WriteVersions,
                Permissions.WriteDocuments,
                Permissions.WriteRequests
            ),
            [RoleNames.Person] = new RoleContent
            {
                // Her own record only: the core clamps callers of this kind to Caller.Self.
                Kind = CallerKind.Person,
                Title = "Self (person)",
                Description = "A person about her own record.",
                Purposes = ["self-service"],
                Permissions = Sorted(
                    Permissions.ReadRegistrants,
                    Permissions.ReadVersions,
                    Permissions.ReadDisclosures,
                    Permissions.ReadDocuments,
                    Permissions.ReadConsents,
                    Permissions.WriteConsents,
                    Permissions.ExportRegistrants,
                    Permissions.WriteRequests
                ),
                Classes = ClassSights.All,
            },
            [RoleNames.PartnerSystem] = new RoleContent
            {
                Kind = CallerKind.Partner,
                Title = "Partner System",
                Description = "What a partner is given that is made without scopes of its own.",
                Purposes = [],
                Permissions = Sorted(Permissions.ReadRegistrants, Permissions.DciSearch),
            },
            ["privacy-officer"] = Staff(
                "Privacy Officer",
                "Looks at who was shown what; sees values masked, and in the clear when asked for by name.",
                "privacy-oversight",
                new ClassSights(Clear, Masked, Masked),
                Permissions.ReadRegistrants,
                Permissions.ReadVersions,
                Permissions.ReadDisclosures,
                Permissions.RevealFields,
                Permissions.ReadConsents,
                Permissions.EraseRegistrants,
                Permissions.ExportRegistrants,
                Permissions.ReviewAlerts
            ),
            ["emergency-reader"] = Staff(
                "Emergency Reader",
                "Reads one record past the areas and fields of others, for a stated reason; a privacy officer is told.",
                "emergency",
                ClassSights.None,
                Permissions.BreakGlass
            ),
            ["schema-designer"] = Staff(
                "Schema Designer",
                "Designs fields, code lists and areas; reads no person.",
                "configuration",
                ClassSights.None,
                Permissions.WriteFields,
                Permissions.WriteAreas
            ),
            [RoleNames.SystemAdministrator] = Staff(
                "System Administrator",
                "Runs the deployment: accounts, roles, partners; reads no person, whatever else happens.",
                "operation",
                ClassSights.None,
                Permissions.ManageAccess
            ),
            ["key-custodian"] = Staff(
                "Key Custodian",
                "Watches over the deployment's keys; reads no person.",
                "operation",
                ClassSights.None,
                Permissions.ManageKeys
            ),
            ["issuer-officer"] = Staff(
                "Issuer Officer",
                "Offers credentials to persons.",
                "credential-issuance",
                ClassSights.All,
                Permissions.ReadRegistrants,
                Permissions.OfferCredentials
            ),
            ["auditor"] = Staff(
                "Auditor",
                "Reads histories, who was shown what, and the signed log.",
                "audit",
                ClassSights.All,
                Permissions.ReadVersions,
                Permissions.ReadDisclosures,
                Permissions.ReadLog
            ),
        };

    private static RoleContent Staff(
        string title,
        string description,
        string purpose,
        ClassSights classes,
        params string[] permissions
    ) =>
        new()
        {
            Kind = CallerKind.Staff,
            Title = title,
            Description = description,
            Purposes = [purpose],
            Permissions = Sorted(permissions),
            Classes = classes,
        };

    private static List<string> Sorted(params string[] permissions) => [.. permissions.Order(StringComparer.Ordinal)];
}
