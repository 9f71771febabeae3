using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using SocialRegistry.Access.Persistence;
using SocialRegistry.Access.Roles;
using SocialRegistry.Contracts;

namespace SocialRegistry.Access.Sessions;

/// <summary>A session that counts, with what its holder may do now.</summary>
internal sealed record SignedInSession(
    string Token,
    Guid AccountId,
    string User,
    IReadOnlyList<string> Roles,
    IReadOnlyList<string> Areas,
    Grant Grant,
    RegistrantId? Registrant,
    bool PasswordExpired,
    bool CodesSetUp
)
{
    /// <summary>A role asks for one-time codes and none are set up.</summary>
    public bool CodesMissing => Grant.CodeRequired && !CodesSetUp;

    /// <summary>What it may do now: nothing but to get its own sign-in in order, while that is not.</summary>
    public IReadOnlySet<string> Permissions =>
        PasswordExpired || CodesMissing ? new HashSet<string>() : Grant.Permissions;
}

/// <summary>Sessions as rows. Roles and suspension are read with every request, so that a right taken is gone at once.</summary>
internal sealed class SessionStore(
    IDbContextFactory<AccessDbContext> contexts,
    RoleDirectory roles,
    IOptions<AccessOptions> options,
    TimeProvider time
)
{
    private const int MaxPerAccount = 20;

    private static readonly TimeSpan SeenStep = TimeSpan.FromMinutes(1);

    /// <summary>Opens a session and returns its token, which is stored nowhere.</summary>
    public async Task<string> OpenAsync(Guid accountId, RegistrantId? registrant, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var idle = now - options.Value.SessionIdle;
        await db.Sessions.Where(s => s.ExpiresAt < now || s.SeenAt < idle).ExecuteDeleteAsync(cancellationToken);
        var surplus = await db
            .Sessions.Where(s => s.AccountId == accountId)
            .OrderByDescending(s => s.CreatedAt)
            .Skip(MaxPerAccount - 1)
            .Select(s => s.TokenHash)
            .ToListAsync(cancellationToken);
        await db.Sessions.Where(s => surplus.Contains(s.TokenHash)).ExecuteDeleteAsync(cancellationToken);
        db.Sessions.Add(new Session(Hash(token), accountId, registrant?.Value, now, options.Value.SessionLifetime));
        await db.SaveChangesAsync(cancellationToken);
        return token;
    }

    public async Task<SignedInSession?> FindAsync(string token, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var hash = Hash(token);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var session = await db
            .Sessions.AsNoTracking()
            .Include(s => s.Account)
            .SingleOrDefaultAsync(s => s.TokenHash == hash, cancellationToken);
        if (
            session is null
            || !session.Account.IsActive
            || now >= session.ExpiresAt
            || now >= session.SeenAt + options.Value.SessionIdle
        )
        {
            return null;
        }

        if (now >= session.SeenAt + SeenStep)
        {
            await db
                .Sessions.Where(s => s.TokenHash == hash)
                .ExecuteUpdateAsync(set => set.SetProperty(s => s.SeenAt, now), cancellationToken);
        }

        return new SignedInSession(
            token,
            session.AccountId,
            session.Account.User,
            session.Account.Roles,
            session.Account.Areas,
            await roles.GrantAsync(session.Account.Roles, cancellationToken),
            session.Registrant is { } registrant ? new RegistrantId(registrant) : null,
            session.Account.PasswordExpired,
            session.Account.NeedsCode
        );
    }

    public async Task CloseAsync(string token, CancellationToken cancellationToken)
    {
        var hash = Hash(token);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.Sessions.Where(s => s.TokenHash == hash).ExecuteDeleteAsync(cancellationToken);
    }

    /// <summary>Ends the other sessions of an account, as after a change of its password.</summary>
    public async Task CloseOthersAsync(SignedInSession session, CancellationToken cancellationToken)
    {
        var hash = Hash(session.Token);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db
            .Sessions.Where(s => s.AccountId == session.AccountId && s.TokenHash != hash)
            .ExecuteDeleteAsync(cancellationToken);
    }

    private static string Hash(string token) =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
