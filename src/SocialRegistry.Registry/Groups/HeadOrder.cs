using Microsoft.EntityFrameworkCore;
using SocialRegistry.Registry.Persistence;

namespace SocialRegistry.Registry.Groups;

/// <summary>The database counts heads statement by statement, so the old head steps down before the new one is written.</summary>
internal static class HeadOrder
{
    /// <summary>Writes ahead, within the transaction, that these memberships are no head's.</summary>
    public static async Task ReleaseAsync(RegistryDbContext db, CancellationToken cancellationToken)
    {
        var released = db
            .ChangeTracker.Entries<Membership>()
            .Where(e => e.State == EntityState.Modified)
            .Where(e =>
                e.OriginalValues.GetValue<bool>(nameof(Membership.IsHead)) && !(e.Entity.IsHead && e.Entity.IsOpen)
            )
            .Select(e => e.Entity.Id)
            .ToList();
        if (released.Count > 0)
        {
            await db
                .Memberships.Where(m => released.Contains(m.Id))
                .ExecuteUpdateAsync(set => set.SetProperty(m => m.IsHead, false), cancellationToken);
        }
    }
}
