using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using SocialRegistry.Access.Accounts;
using SocialRegistry.Access.Persistence;
using SocialRegistry.Access.Sessions;
using SocialRegistry.Contracts;
using SocialRegistry.Http;

namespace SocialRegistry.Access.Codes;

/// <summary>Sets one-time codes up for one's own account, and ends them.</summary>
internal sealed class SetUpCodes(
    IDbContextFactory<AccessDbContext> contexts,
    SignIn signIn,
    CodeSecrets secrets,
    RecoveryCodes recovery,
    CodeCheck check,
    LockOut lockOut,
    PublicAddress address
)
{
    public async Task<(Outcome<BegunCodesResponse> Outcome, TimeSpan? Wait)> BeginAsync(
        SignedInSession session,
        string? password,
        string from,
        CancellationToken cancellationToken
    )
    {
        var (refused, wait) = await CheckPasswordAsync(session, password, from, cancellationToken);
        if (refused is not null)
        {
            return (refused, wait);
        }

        await lockOut.SucceedAsync(session.User, cancellationToken);
        var secret = RandomNumberGenerator.GetBytes(CodeSecrets.Length);
        var changed = await signIn.ChangeOwnAsync(
            session,
            "users.codes_begun",
            (account, now) =>
            {
                if (account.NeedsCode)
                {
                    return SessionProblems.CodesSetUp;
                }

                account.BeginCodes(secrets.Seal(account, secret), now);
                return null;
            },
            cancellationToken
        );
        if (!changed.Succeeded)
        {
            return (changed.Problem, null);
        }

        var text = Base32.Encode(secret);
        var issuer = Uri.EscapeDataString(new Uri(address.Url).Host);
        var label = $"{issuer}:{Uri.EscapeDataString(session.User)}";
        return (new BegunCodesResponse(text, $"otpauth://totp/{label}?secret={text}&issuer={issuer}"), null);
    }

    public async Task<Outcome<RecoveryCodesResponse>> ConfirmAsync(
        SignedInSession session,
        string? code,
        CancellationToken cancellationToken
    )
    {
        var codes = RecoveryCodes.Make();
        var changed = await signIn.ChangeOwnAsync(
            session,
            "users.codes_set_up",
            (account, now) =>
            {
                if (account.NeedsCode)
                {
                    return SessionProblems.CodesSetUp;
                }

                if (account.CodeSecret is null)
                {
                    return SessionProblems.CodesNotBegun;
                }

                var secret = secrets.Open(account, account.CodeSecret);
                if (OneTimeCode.Step(secret, code ?? "", now, account.CodeStep) is not { } step)
                {
                    return SessionProblems.CodeWrong with { Kind = ProblemKind.Forbidden };
                }

                account.ConfirmCodes(step, [.. codes.Select(one => recovery.Hash(account, one))], now);
                return null;
            },
            cancellationToken
        );
        return changed.Map(_ => new RecoveryCodesResponse(codes));
    }

    public async Task<(Problem? Problem, TimeSpan? Wait)> EndAsync(
        SignedInSession session,
        EndCodesRequest request,
        string from,
        CancellationToken cancellationToken
    )
    {
        var (refused, wait) = await CheckPasswordAsync(session, request.Password, from, cancellationToken);
        if (refused is not null)
        {
            return (refused, wait);
        }

        Account account;
        await using (var db = await contexts.CreateDbContextAsync(cancellationToken))
        {
            account = await db.Accounts.AsNoTracking().SingleAsync(a => a.Id == session.AccountId, cancellationToken);
        }

        if (await check.CheckAsync(account, request.Code, cancellationToken) is { } problem)
        {
            await lockOut.FailAsync(from, cancellationToken);
            return (
                problem.Kind == ProblemKind.Unauthenticated ? problem with { Kind = ProblemKind.Forbidden } : problem,
                null
            );
        }

        await lockOut.SucceedAsync(session.User, cancellationToken);
        var changed = await signIn.ChangeOwnAsync(
            session,
            "users.codes_ended",
            (own, now) =>
            {
                own.EndCodes(now);
                return null;
            },
            cancellationToken
        );
        return (changed.Problem, null);
    }

    private async Task<(Problem? Problem, TimeSpan? Wait)> CheckPasswordAsync(
        SignedInSession session,
        string? password,
        string from,
        CancellationToken cancellationToken
    )
    {
        if (await lockOut.BeginAsync(session.User, from, cancellationToken) is { } wait)
        {
            return (SessionProblems.Locked, wait);
        }

        var given = password is not null && PlainText.Is(password, Passwords.MaxLength) ? password : "";
        var (_, right) = await signIn.CheckAsync(session, given, cancellationToken);
        if (right is null)
        {
            return (SessionProblems.Busy, null);
        }

        if (right == false)
        {
            await lockOut.FailAsync(from, cancellationToken);
            return (SessionProblems.Refused with { Kind = ProblemKind.Forbidden }, null);
        }

        return (null, null);
    }
}
