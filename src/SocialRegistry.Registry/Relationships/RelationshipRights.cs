using SocialRegistry.Contracts;
using SocialRegistry.Registry.Consents;
using SocialRegistry.Registry.Fields;
using SocialRegistry.Registry.Registrants;

namespace SocialRegistry.Registry.Relationships;

/// <summary>Who may do what with relationships.</summary>
internal static class RelationshipRights
{
    /// <summary>Why the caller may not change relationships; <c>null</c> when she may.</summary>
    public static Problem? ToChange(Caller caller, string permission, string? reason = null) =>
        !caller.May(permission) || caller.Kind == CallerKind.Person ? RegistrantProblems.NotAllowed(permission)
        : !ReadGate.ShowsRelationshipsTo(caller) ? RelationshipProblems.NotInScope
        : reason?.Length > ValueLimits.MaxReasonLength ? RelationshipProblems.ReasonTooLong(ValueLimits.MaxReasonLength)
        : null;

    /// <summary>The gate through which relationships are read.</summary>
    public static Outcome<ReadGate> ToRead(Caller caller, Catalogue catalogue)
    {
        var gate = ReadGate.Open(caller, Permissions.ReadRegistrants, null, catalogue);
        return gate.Succeeded && !gate.Value.ShowsRelationships ? RelationshipProblems.NotInScope : gate;
    }

    /// <summary>Whole tables: not for persons about themselves, and partners state their purpose.</summary>
    public static Problem? ToExport(Caller caller) =>
        ToChange(caller, Permissions.RunExports)
        ?? (
            caller.Kind == CallerKind.Partner && string.IsNullOrWhiteSpace(caller.Purpose)
                ? RegistrantProblems.PurposeRequired
            // Consents are given person by person; a whole table is never covered by them.
            : caller.ConsentRequired ? ConsentProblems.Required
            : null
        );
}
