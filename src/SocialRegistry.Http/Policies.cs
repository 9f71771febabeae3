namespace SocialRegistry.Http;

/// <summary>
/// Authorization policies. A policy is named by the permission it needs (<c>RequireAuthorization(Permissions.ReadRegistrants)</c>);
/// <c>Access</c> brings the policy provider and the fall-back that denies.
/// </summary>
public static class Policies
{
    /// <summary>Any signed-in caller.</summary>
    public const string SignedIn = "signed-in";

    /// <summary>The claim type that holds one permission each.</summary>
    public const string PermissionClaim = "permission";
}
