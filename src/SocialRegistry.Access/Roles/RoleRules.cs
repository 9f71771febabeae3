using SocialRegistry.Contracts;

namespace SocialRegistry.Access.Roles;

/// <summary>What no role, account or partner may be given, whoever gives it.</summary>
internal static class RoleRules
{
    public const string Separation =
        "who manages access must not read persons: no permission that reads persons beside access:manage";

    /// <summary>Rights of a person: all else is work for staff.</summary>
    private static readonly HashSet<string> OfPersons =
    [
        Permissions.ReadRegistrants,
        Permissions.WriteRegistrants,
        Permissions.ReadVersions,
        Permissions.ReadDisclosures,
        Permissions.ReadConsents,
        Permissions.WriteConsents,
        Permissions.ExportRegistrants,
        Permissions.ReadDocuments,
        Permissions.WriteDocuments,
        Permissions.WriteRequests,
    ];

    /// <summary>True when somebody with these permissions could open the register to herself.</summary>
    public static bool BreaksSeparation(IEnumerable<string> permissions)
    {
        var all = permissions.ToHashSet();
        return all.Contains(Permissions.ManageAccess) && !all.IsSubsetOf(Permissions.Impersonal);
    }

    /// <summary>Why a role cannot be so; absent when it can.</summary>
    public static FieldProblem? Fault(RoleContent role)
    {
        if (BreaksSeparation(role.Permissions))
        {
            return new FieldProblem("permissions", "separation", Separation);
        }

        if (role.ManagesAccess && (role.Classes != ClassSights.None || role.Fields.Count > 0))
        {
            return new FieldProblem(
                "classes",
                "separation",
                "who manages access is shown no field: none for each class, and no fields"
            );
        }

        if (role.ManagesAccess && role.Kind == CallerKind.Partner)
        {
            return new FieldProblem(
                "permissions",
                "separation",
                "access is not managed by partners as a rule; give access:manage to one partner by its scopes"
            );
        }

        return role.Kind == CallerKind.Person && !role.Permissions.All(OfPersons.Contains)
            ? new FieldProblem("permissions", "person", "a person may have " + string.Join(", ", OfPersons.Order()))
            : null;
    }

    /// <summary>Why these roles cannot be held by one account; absent when they can.</summary>
    public static string? Conflict(IReadOnlyCollection<RoleContent> roles) =>
        roles.Any(role => role.Kind == CallerKind.Partner) ? "a role of partners is not held by an account"
        : roles.Count > 1 && roles.Any(role => role.Kind == CallerKind.Person)
            ? "a role of persons stands alone: staff use an account of their own"
        : BreaksSeparation(roles.SelectMany(role => role.Permissions)) ? Separation
        : null;
}
