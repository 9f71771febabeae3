namespace SocialRegistry.Access.Roles;

/// <summary>Starting roles that the program itself needs; they cannot be retired.</summary>
internal static class RoleNames
{
    /// <summary>Held by the administrator of a first start.</summary>
    public const string SystemAdministrator = "system-administrator";

    /// <summary>Held by a person about her own record.</summary>
    public const string Person = "person";

    /// <summary>What a partner is given that is made without scopes.</summary>
    public const string PartnerSystem = "partner-system";

    public const int MaxLength = 60;
}
