using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using SocialRegistry.Access.Persistence;
using SocialRegistry.Contracts;

namespace SocialRegistry.Access.Roles;

/// <summary>The roles that stand, and what holders of several may do. Remembered for <see cref="AccessOptions.PartnerCache"/>; a change in this process counts at once.</summary>
internal sealed class RoleDirectory(
    IDbContextFactory<AccessDbContext> contexts,
    IFieldCatalogue catalogue,
    TimeProvider time,
    IOptions<AccessOptions> options
)
{
    private const int MostGrants = 1_000;

    private Remembered? remembered;
    private int generation;

    /// <summary>Stores the starting roles that are not there yet; one that a deployment changed or retired stays as it is.</summary>
    public async Task SeedAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.LockAsync(cancellationToken);
        var there = await db.Roles.Select(r => r.Name).ToListAsync(cancellationToken);
        foreach (var (name, content) in StartingRoles.All.Where(role => !there.Contains(role.Key)))
        {
            db.Roles.Add(new Role(name, content, time.GetUtcNow()));
        }

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        Forget();
    }

    /// <summary>Roles that are not retired, by name, as a transaction sees them.</summary>
    public static async Task<IReadOnlyDictionary<string, RoleContent>> StandingAsync(
        AccessDbContext db,
        CancellationToken cancellationToken
    ) =>
        (await db.Roles.AsNoTracking().Where(r => !r.Retired).ToListAsync(cancellationToken)).ToDictionary(
            r => r.Name,
            r => r.ToContent()
        );

    /// <summary>Roles that are not retired, by name.</summary>
    public async Task<IReadOnlyDictionary<string, RoleContent>> AllAsync(CancellationToken cancellationToken) =>
        (await FindAsync(cancellationToken)).Roles;

    /// <summary>What the holder of these roles may do; roles that are unknown or retired give nothing.</summary>
    public async Task<Grant> GrantAsync(IReadOnlyCollection<string> names, CancellationToken cancellationToken)
    {
        var known = await FindAsync(cancellationToken);
        var roles = names.Select(known.Roles.GetValueOrDefault).OfType<RoleContent>().ToList();
        var needsFields = !roles.Any(role => role.ShowsAll) && !roles.All(Sights.ShowsNothing);
        var view = needsFields ? await catalogue.GetAsync(cancellationToken) : null;
        var key = (string.Join('\n', names), view?.Version ?? 0);
        if (!known.Grants.TryGetValue(key, out var grant))
        {
            if (known.Grants.Count >= MostGrants)
            {
                known.Grants.Clear();
            }

            known.Grants[key] = grant = Grant.Of(roles, view);
        }

        return grant;
    }

    /// <summary>Forgets everything, also what is being read just now: called after every change of a role.</summary>
    public void Forget() => Interlocked.Increment(ref generation);

    private async Task<Remembered> FindAsync(CancellationToken cancellationToken)
    {
        var now = Volatile.Read(ref generation);
        if (Volatile.Read(ref remembered) is { } known && known.Generation == now && known.Until > time.GetUtcNow())
        {
            return known;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var found = new Remembered(
            await StandingAsync(db, cancellationToken),
            time.GetUtcNow() + options.Value.PartnerCache,
            now
        );
        Volatile.Write(ref remembered, found);
        return found;
    }

    private sealed record Remembered(
        IReadOnlyDictionary<string, RoleContent> Roles,
        DateTimeOffset Until,
        int Generation
    )
    {
        /// <summary>By the names of the roles and the version of the catalogue.</summary>
        public ConcurrentDictionary<(string Names, int Catalogue), Grant> Grants { get; } = new();
    }
}
