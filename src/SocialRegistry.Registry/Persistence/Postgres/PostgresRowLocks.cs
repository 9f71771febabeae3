using Microsoft.EntityFrameworkCore;

namespace SocialRegistry.Registry.Persistence.Postgres;

/// <summary><c>for update</c>.</summary>
internal sealed class PostgresRowLocks : IRowLocks
{
    public async Task LockAsync(
        RegistryDbContext db,
        IReadOnlyCollection<Guid> registrants,
        CancellationToken cancellationToken
    )
    {
        var ids = registrants.ToArray();
        await db.Database.ExecuteSqlAsync(
            $"select id from registry.registrants where id = any({ids}) order by id for update",
            cancellationToken
        );
    }
}
