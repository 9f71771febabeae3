using Microsoft.EntityFrameworkCore;
using SocialRegistry.Access.Partners;
using SocialRegistry.Access.Persistence;
using SocialRegistry.Access.Roles;
using SocialRegistry.Contracts;

namespace SocialRegistry.Access.Changes;

/// <summary>Carries changes of access out: one after the other, each in one transaction with its entry of the log.</summary>
internal sealed class AccessWork(
    IDbContextFactory<AccessDbContext> contexts,
    PartnerDirectory partners,
    RoleDirectory roles,
    TimeProvider time
)
{
    /// <summary>Runs a change under the lock of all changes; it counts with the next request when it succeeded, else nothing of it stays.</summary>
    public async Task<Outcome<T>> RunAsync<T>(
        Func<AccessDbContext, DateTimeOffset, Task<Outcome<T>>> change,
        CancellationToken cancellationToken
    )
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.LockAsync(cancellationToken);
        var outcome = await change(db, time.GetUtcNow());
        if (outcome.Succeeded)
        {
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            partners.Forget();
            roles.Forget();
        }

        return outcome;
    }
}
