using SocialRegistry.Contracts;

namespace SocialRegistry.Access.Roles;

/// <summary>What each permission allows, for those who compose roles.</summary>
internal static class PermissionTexts
{
    public static IReadOnlyDictionary<string, string> All { get; } =
        new Dictionary<string, string>
        {
            [Permissions.ReadRegistrants] = "Read and find persons, groups and their relationships.",
            [Permissions.WriteRegistrants] = "Record and change persons, groups, memberships and relationships.",
            [Permissions.WriteAttestations] = "State that values are true, or that they are not.",
            [Permissions.ReadVersions] = "Read the history of a record.",
            [Permissions.WriteVersions] = "Make and close named versions, and let records join them.",
            [Permissions.SendFeedback] = "Send back what was learnt about persons on the register.",
            [Permissions.ReadDisclosures] = "Read to whom a record was shown.",
            [Permissions.ReadLog] = "Read the signed log over all records, its proofs and its export.",
            [Permissions.RunImports] = "Bring records in from files.",
            [Permissions.RunExports] = "Take tables of the register out.",
            [Permissions.WriteFields] = "Design fields, code lists and relation types.",
            [Permissions.WriteAreas] = "Change the tree of areas.",
            [Permissions.OfferCredentials] = "Offer credentials to persons and change their status.",
            [Permissions.RevealFields] = "See a masked field in the clear, by naming it and for a stated purpose.",
            [Permissions.ReadDocuments] = "Read documents attached to records.",
            [Permissions.WriteDocuments] = "Attach documents to records.",
            [Permissions.WriteRequests] = "Ask for changes that others agree to.",
            [Permissions.ReviewRequests] = "Agree to changes that others ask for, or refuse them.",
            [Permissions.ManageAccess] = "Handle partners, accounts and roles.",
            [Permissions.ManageKeys] = "See which keys the deployment signs with.",
            [Permissions.ReadConsents] = "Read the consents of a record.",
            [Permissions.WriteConsents] = "Record that a person gives a consent or takes it back.",
            [Permissions.EraseRegistrants] =
                "Ask for the erasure of a record, or carry out what another has asked for.",
            [Permissions.ExportRegistrants] = "Take everything out that is held about one person.",
            [Permissions.BreakGlass] = "Read one record past one's own rights, for a stated reason that is looked at.",
            [Permissions.ReviewAlerts] = "Look at the alerts of readings past somebody's rights.",
            [Permissions.DciSearch] = "Search through the DCI interfaces.",
        };
}
