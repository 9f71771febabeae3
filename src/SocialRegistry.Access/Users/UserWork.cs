using Microsoft.EntityFrameworkCore;
using SocialRegistry.Access.Accounts;
using SocialRegistry.Access.Changes;
using SocialRegistry.Access.Persistence;
using SocialRegistry.Access.Sessions;
using SocialRegistry.Access.Setup;
using SocialRegistry.Contracts;

namespace SocialRegistry.Access.Users;

/// <summary>One change of one account by an administrator: never of her own, never of a deactivated one, always logged.</summary>
internal sealed class UserWork(AccessWork work)
{
    public const string Target = "user";

    public Task<Outcome<UserResponse>> RunAsync(
        string id,
        long? expected,
        string action,
        Caller caller,
        Func<AccessDbContext, Account, DateTimeOffset, Task<Problem?>> change,
        CancellationToken cancellationToken
    ) =>
        work.RunAsync<UserResponse>(
            async (db, now) =>
            {
                if (
                    !Guid.TryParseExact(id, "D", out var key)
                    || await db.Accounts.SingleOrDefaultAsync(a => a.Id == key, cancellationToken) is not { } account
                )
                {
                    return UserProblems.NotFound;
                }

                if (caller.Kind is CallerKind.Staff or CallerKind.Person && caller.Id == account.User)
                {
                    return AccessProblems.OwnRights;
                }

                if (account.Deactivated)
                {
                    return UserProblems.Deactivated;
                }

                if (expected is { } version && version != account.Version)
                {
                    return AccessProblems.ChangedSince(account.Version);
                }

                var before = UserState.Of(account);
                if (await change(db, account, now) is { } problem)
                {
                    return problem;
                }

                var changes = Difference.Between(before, UserState.Of(account));
                db.Changes.Add(AccessEntry.Of(action, Target, account.User, changes, caller, now));
                return await Administrators.SaveAsync(db, cancellationToken) is { } nobodyLeft
                    ? nobodyLeft
                    : UserResponse.Of(account);
            },
            cancellationToken
        );

    public static Task<int> EndSessionsAsync(
        AccessDbContext db,
        Account account,
        CancellationToken cancellationToken
    ) => db.Sessions.Where(s => s.AccountId == account.Id).ExecuteDeleteAsync(cancellationToken);
}
