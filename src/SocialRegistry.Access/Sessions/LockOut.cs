using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using SocialRegistry.Access.Accounts;
using SocialRegistry.Access.Persistence;
using SocialRegistry.Protection;

namespace SocialRegistry.Access.Sessions;

/// <summary>
/// Slows guessing of passwords: after some failures in a row a user name (existing or not) is locked, each further failure doubles the lock;
/// an address likewise, later. The attempt is counted before the password is looked at, so that parallel guesses gain nothing.
/// </summary>
internal sealed class LockOut(
    IDbContextFactory<AccessDbContext> contexts,
    IOptions<AccessOptions> options,
    IKeyRing keys,
    TimeProvider time
)
{
    private const int MostDoublings = 5;

    private readonly Lazy<byte[]> key = new(() => keys.Secret("access/lock-out"));

    /// <summary>Counts an attempt. The answer is how long to wait, or <c>null</c> when the password may be looked at.</summary>
    public async Task<TimeSpan?> BeginAsync(string user, string address, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var addressKey = AddressKey(address);
        var addressLock = await LockedUntilAsync(db, addressKey, cancellationToken);
        if (addressLock > now)
        {
            return TimeSpan.FromMilliseconds(addressLock - now);
        }

        var userKey = UserKey(user);
        if (await CountAsync(db, userKey, options.Value.UserFailures, now, cancellationToken))
        {
            return null;
        }

        var wait = await LockedUntilAsync(db, userKey, cancellationToken) - now;
        return TimeSpan.FromMilliseconds(Math.Max(wait, 1));
    }

    /// <summary>The password was right: the user name is free again.</summary>
    public async Task SucceedAsync(string user, CancellationToken cancellationToken)
    {
        var userKey = UserKey(user);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.SignInFailures.Where(f => f.Key == userKey).ExecuteDeleteAsync(cancellationToken);
    }

    /// <summary>The password was wrong: the address is counted too, and what is long over is forgotten.</summary>
    public async Task FailAsync(string address, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await CountAsync(db, AddressKey(address), options.Value.AddressFailures, now, cancellationToken);
        var old = now - (long)options.Value.FailureMemory.TotalMilliseconds;
        await db.SignInFailures.Where(f => f.LastAt < old && f.LockedUntil < now).ExecuteDeleteAsync(cancellationToken);
    }

    /// <summary>One statement on both databases: adds one unless locked, and locks from the limit on. False when it was locked.</summary>
    private async Task<bool> CountAsync(
        AccessDbContext db,
        string failureKey,
        int limit,
        long now,
        CancellationToken cancellationToken
    )
    {
        var table = db.Database.IsNpgsql() ? "access.sign_in_failures" : "access_sign_in_failures";
        var forget = now - (long)options.Value.FailureMemory.TotalMilliseconds;
        var first = (long)options.Value.LockOut.TotalMilliseconds;
        // The table's name is ours; all values are parameters.
        var sql = $$"""
            insert into {{table}} as f (key, failures, locked_until, last_at) values ({0}, 1, 0, {1})
            on conflict (key) do update set
              failures = case when f.last_at < {2} then 1 else f.failures + 1 end,
              locked_until = case
                when f.last_at < {2} or f.failures + 1 < {3} then 0
                when f.failures + 1 - {3} >= {4} then {1} + ({5} << {4})
                else {1} + ({5} << (f.failures + 1 - {3})) end,
              last_at = {1}
            where f.locked_until <= {1}
            """;
        return await db.Database.ExecuteSqlRawAsync(
                sql,
                [failureKey, now, forget, limit, MostDoublings, first],
                cancellationToken
            ) == 1;
    }

    private static Task<long> LockedUntilAsync(
        AccessDbContext db,
        string failureKey,
        CancellationToken cancellationToken
    ) =>
        db
            .SignInFailures.Where(f => f.Key == failureKey)
            .Select(f => f.LockedUntil)
            .SingleOrDefaultAsync(cancellationToken);

    private string UserKey(string user) => Key("user:" + Account.KeyOf(user));

    private string AddressKey(string address) => Key("address:" + address);

    private string Key(string text) =>
        Base64Url.EncodeToString(HMACSHA256.HashData(key.Value, Encoding.UTF8.GetBytes(text)));
}
