using Microsoft.EntityFrameworkCore;
using SocialRegistry.Access.Accounts;
using SocialRegistry.Access.Persistence;
using SocialRegistry.Access.Sessions;
using SocialRegistry.Contracts;

namespace SocialRegistry.Access.Codes;

/// <summary>Checks the code of somebody whose password was right. A code counts once, also when it comes twice at the same moment.</summary>
internal sealed class CodeCheck(
    IDbContextFactory<AccessDbContext> contexts,
    CodeSecrets secrets,
    RecoveryCodes recovery,
    TimeProvider time
)
{
    private const int MaxLength = 40;

    /// <summary><c>null</c> when the account needs no code and none was given, or the code was right.</summary>
    public async Task<Problem?> CheckAsync(Account account, string? code, CancellationToken cancellationToken)
    {
        if (!account.NeedsCode)
        {
            return code is null ? null : SessionProblems.CodeNotEnrolled;
        }

        if (code is null)
        {
            return SessionProblems.CodeRequired;
        }

        var right =
            PlainText.Is(code, MaxLength)
            && (
                await TakeAsync(account, code, cancellationToken)
                || await TakeRecoveryAsync(account, code, cancellationToken)
            );
        return right ? null : SessionProblems.CodeWrong;
    }

    private async Task<bool> TakeAsync(Account account, string code, CancellationToken cancellationToken)
    {
        var secret = secrets.Open(account, account.CodeSecret);
        if (OneTimeCode.Step(secret, code, time.GetUtcNow(), account.CodeStep) is not { } step)
        {
            return false;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db
                .Accounts.Where(a => a.Id == account.Id && a.CodeStep < step && a.CodeConfirmedAt != null)
                .ExecuteUpdateAsync(set => set.SetProperty(a => a.CodeStep, step), cancellationToken) == 1;
    }

    private async Task<bool> TakeRecoveryAsync(Account account, string code, CancellationToken cancellationToken)
    {
        var hash = recovery.Hash(account, code);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var stored = await db.Accounts.SingleAsync(a => a.Id == account.Id, cancellationToken);
        if (!stored.RecoveryCodes.Contains(hash))
        {
            return false;
        }

        stored.UseRecoveryCode(hash, time.GetUtcNow());
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (DbUpdateConcurrencyException)
        {
            // Somebody used one at the same moment, perhaps this one.
            return false;
        }
    }
}
