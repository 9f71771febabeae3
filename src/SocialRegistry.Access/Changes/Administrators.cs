using Microsoft.EntityFrameworkCore;
using SocialRegistry.Access.Accounts;
using SocialRegistry.Access.Persistence;
using SocialRegistry.Access.Roles;
using SocialRegistry.Contracts;

namespace SocialRegistry.Access.Changes;

/// <summary>Somebody can always let others in: the last active account with <c>access:manage</c> stays.</summary>
internal static class Administrators
{
    /// <summary>True when an active account holds a role that manages access, as the database stands in this transaction.</summary>
    public static async Task<bool> ExistAsync(AccessDbContext db, CancellationToken cancellationToken)
    {
        var roles = await db
            .Roles.Where(r => !r.Retired && r.Permissions.Contains(Permissions.ManageAccess))
            .Select(r => r.Name)
            .ToListAsync(cancellationToken);
        foreach (var role in roles)
        {
            if (
                await db.Accounts.AnyAsync(
                    a => !a.Suspended && !a.Deactivated && a.Roles.Contains(role),
                    cancellationToken
                )
            )
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Saves what was changed, and refuses it when nobody would be left.</summary>
    public static async Task<Problem?> SaveAsync(AccessDbContext db, CancellationToken cancellationToken)
    {
        var were = await ExistAsync(db, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return were && !await ExistAsync(db, cancellationToken) ? AccessProblems.LastAdministrator : null;
    }
}
