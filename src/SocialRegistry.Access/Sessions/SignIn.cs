using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using SocialRegistry.Access.Accounts;
using SocialRegistry.Access.Changes;
using SocialRegistry.Access.Codes;
using SocialRegistry.Access.Persistence;
using SocialRegistry.Contracts;

namespace SocialRegistry.Access.Sessions;

/// <summary>Opens sessions and changes passwords.</summary>
internal sealed partial class SignIn(
    IDbContextFactory<AccessDbContext> contexts,
    Passwords passwords,
    LockOut lockOut,
    RegistrantLinks links,
    SessionStore sessions,
    CodeCheck codes,
    AccessWork work,
    ILogger<SignIn> logger
)
{
    private const int MaxUser = 100;

    /// <summary>The session, or why not; <c>Wait</c> tells how long a lock lasts.</summary>
    public async Task<(Outcome<SignedInSession> Outcome, TimeSpan? Wait)> OpenAsync(
        SessionRequest request,
        string address,
        CancellationToken cancellationToken
    )
    {
        if (request.User is null || request.Password is null)
        {
            return (SessionProblems.Incomplete, null);
        }

        // Of no account, by its form alone: nothing to look up, nothing to hash.
        if (!PlainText.Is(request.User, MaxUser) || !PlainText.Is(request.Password, Passwords.MaxLength))
        {
            await lockOut.FailAsync(address, cancellationToken);
            return (SessionProblems.Refused, null);
        }

        if (await lockOut.BeginAsync(request.User, address, cancellationToken) is { } wait)
        {
            return (SessionProblems.Locked, wait);
        }

        Account? account;
        var key = Account.KeyOf(request.User);
        await using (var db = await contexts.CreateDbContextAsync(cancellationToken))
        {
            account = await db.Accounts.AsNoTracking().SingleOrDefaultAsync(a => a.UserKey == key, cancellationToken);
        }

        if (
            await passwords.CheckAsync(
                account is { Deactivated: false } ? account.PasswordHash : null,
                request.Password,
                cancellationToken
            )
            is not { } right
        )
        {
            return (SessionProblems.Busy, null);
        }

        if (!right || account is null or { IsActive: false })
        {
            await lockOut.FailAsync(address, cancellationToken);
            Log.Refused(logger);
            return (SessionProblems.Refused, null);
        }

        if (await codes.CheckAsync(account, request.Code, cancellationToken) is { } problem)
        {
            // The attempt stays counted: who has the password alone must not guess codes for ever.
            await lockOut.FailAsync(address, cancellationToken);
            Log.Refused(logger);
            return (problem, null);
        }

        await lockOut.SucceedAsync(request.User, cancellationToken);
        var registrant = await links.FindAsync(account, cancellationToken);
        var token = await sessions.OpenAsync(account.Id, registrant, cancellationToken);
        Log.Opened(logger, account.Id);
        return (
            await sessions.FindAsync(token, cancellationToken) is { } session ? session : SessionProblems.Refused,
            null
        );
    }

    public async Task<(Problem? Problem, TimeSpan? Wait)> ChangePasswordAsync(
        SignedInSession session,
        PasswordRequest request,
        string address,
        CancellationToken cancellationToken
    )
    {
        if (request.Password is null || request.NewPassword is null)
        {
            return (SessionProblems.Incomplete, null);
        }

        if (!IsAcceptable(session.User, request.NewPassword) || request.NewPassword == request.Password)
        {
            return (SessionProblems.WeakPassword, null);
        }

        if (await lockOut.BeginAsync(session.User, address, cancellationToken) is { } wait)
        {
            return (SessionProblems.Locked, wait);
        }

        var given = PlainText.Is(request.Password, Passwords.MaxLength) ? request.Password : "";
        var (checkedHash, right) = await CheckAsync(session, given, cancellationToken);
        if (right is null)
        {
            return (SessionProblems.Busy, null);
        }

        if (right == false)
        {
            await lockOut.FailAsync(address, cancellationToken);
            return (SessionProblems.Refused with { Kind = ProblemKind.Forbidden }, null);
        }

        await lockOut.SucceedAsync(session.User, cancellationToken);
        var hash = passwords.Hash(request.NewPassword);
        var changed = await ChangeOwnAsync(
            session,
            "users.password_changed",
            (account, now) =>
            {
                if (account.PasswordHash != checkedHash)
                {
                    return SessionProblems.Refused with { Kind = ProblemKind.Forbidden };
                }

                account.SetPassword(hash, expired: false, now);
                return null;
            },
            cancellationToken
        );
        if (!changed.Succeeded)
        {
            return (changed.Problem, null);
        }

        await sessions.CloseOthersAsync(session, cancellationToken);
        Log.PasswordChanged(logger, session.AccountId);
        return (null, null);
    }

    /// <summary>Checks the password of a session's account; <c>null</c>: too many others are signing in.</summary>
    public async Task<(string Hash, bool? Right)> CheckAsync(
        SignedInSession session,
        string password,
        CancellationToken cancellationToken
    )
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var hash = await db
            .Accounts.Where(a => a.Id == session.AccountId)
            .Select(a => a.PasswordHash)
            .SingleAsync(cancellationToken);
        return (hash, await passwords.CheckAsync(hash, password, cancellationToken));
    }

    /// <summary>Changes how the session's own account signs in, with its entry of the log.</summary>
    public Task<Outcome<Done>> ChangeOwnAsync(
        SignedInSession session,
        string action,
        Func<Account, DateTimeOffset, Problem?> change,
        CancellationToken cancellationToken
    ) =>
        work.RunAsync<Done>(
            async (db, now) =>
            {
                var account = await db.Accounts.SingleAsync(a => a.Id == session.AccountId, cancellationToken);
                var before = UserState.Of(account);
                if (change(account, now) is { } problem)
                {
                    return problem;
                }

                var changes = Difference.Between(before, UserState.Of(account));
                var self = Caller.System(account.User, "api") with { Kind = session.Grant.Kind };
                db.Changes.Add(AccessEntry.Of(action, "user", account.User, changes, self, now));
                return default(Done);
            },
            cancellationToken
        );

    /// <summary>12 to 256 characters and not the user's own name (ASVS 6.2).</summary>
    public static bool IsAcceptable(string user, string password) =>
        password.Length >= Passwords.MinLength
        && PlainText.Is(password, Passwords.MaxLength)
        && Account.KeyOf(password) != Account.KeyOf(user);

    private static partial class Log
    {
        [LoggerMessage(EventId = 6010, Level = LogLevel.Information, Message = "Session opened for account {Account}")]
        public static partial void Opened(ILogger logger, Guid account);

        // No user name: people type their password there.
        [LoggerMessage(EventId = 6011, Level = LogLevel.Warning, Message = "Sign-in refused")]
        public static partial void Refused(ILogger logger);

        [LoggerMessage(EventId = 6012, Level = LogLevel.Information, Message = "Password of account {Account} changed")]
        public static partial void PasswordChanged(ILogger logger, Guid account);
    }
}
