using SocialRegistry.Access.Accounts;
using SocialRegistry.Access.Sessions;
using SocialRegistry.Contracts;

namespace SocialRegistry.Access.Users;

/// <summary>Who comes in: locks, one-time passwords, codes, sessions, and the end of an account.</summary>
internal sealed class UserAccess(UserWork users, Passwords passwords, LockOut lockOut)
{
    public Task<Outcome<UserResponse>> LockAsync(string id, Caller caller, CancellationToken cancellationToken) =>
        users.RunAsync(
            id,
            null,
            "users.locked",
            caller,
            async (db, account, now) =>
            {
                account.SetSuspended(true, now);
                await UserWork.EndSessionsAsync(db, account, cancellationToken);
                return null;
            },
            cancellationToken
        );

    /// <summary>Also forgets wrong passwords that locked the name for a while.</summary>
    public async Task<Outcome<UserResponse>> UnlockAsync(string id, Caller caller, CancellationToken cancellationToken)
    {
        var outcome = await users.RunAsync(
            id,
            null,
            "users.unlocked",
            caller,
            (_, account, now) =>
            {
                account.SetSuspended(false, now);
                return Task.FromResult<Problem?>(null);
            },
            cancellationToken
        );
        if (outcome.Succeeded)
        {
            await lockOut.SucceedAsync(outcome.Value.User, cancellationToken);
        }

        return outcome;
    }

    public async Task<Outcome<OneTimePasswordResponse>> ResetPasswordAsync(
        string id,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var (password, hash) = passwords.MakeOneTime();
        var outcome = await users.RunAsync(
            id,
            null,
            "users.password_reset",
            caller,
            async (db, account, now) =>
            {
                account.SetPassword(hash, expired: true, now);
                await UserWork.EndSessionsAsync(db, account, cancellationToken);
                return null;
            },
            cancellationToken
        );
        return outcome.Map(user => new OneTimePasswordResponse(user, password));
    }

    /// <summary>For somebody who lost her device and her recovery codes: a password signs in alone again.</summary>
    public Task<Outcome<UserResponse>> EndCodesAsync(string id, Caller caller, CancellationToken cancellationToken) =>
        users.RunAsync(
            id,
            null,
            "users.codes_ended",
            caller,
            async (db, account, now) =>
            {
                account.EndCodes(now);
                await UserWork.EndSessionsAsync(db, account, cancellationToken);
                return null;
            },
            cancellationToken
        );

    public Task<Outcome<UserResponse>> EndSessionsAsync(
        string id,
        Caller caller,
        CancellationToken cancellationToken
    ) =>
        users.RunAsync(
            id,
            null,
            "users.sessions_ended",
            caller,
            async (db, account, _) =>
            {
                await UserWork.EndSessionsAsync(db, account, cancellationToken);
                return null;
            },
            cancellationToken
        );

    public Task<Outcome<UserResponse>> DeactivateAsync(
        string id,
        long expected,
        Caller caller,
        CancellationToken cancellationToken
    ) =>
        users.RunAsync(
            id,
            expected,
            "users.deactivated",
            caller,
            async (db, account, now) =>
            {
                account.Deactivate(now);
                await UserWork.EndSessionsAsync(db, account, cancellationToken);
                return null;
            },
            cancellationToken
        );
}
