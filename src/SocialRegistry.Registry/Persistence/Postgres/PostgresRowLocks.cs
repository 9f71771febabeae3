using Microsoft.EntityFrameworkCore;

namespace SocialRegistry.Registry.Persistence.Postgres;

/// <summary>Row locks in the order of ids, so that two who want the same rows wait instead of dying in a deadlock.</summary>
internal sealed class PostgresRowLocks : IRowLocks
{
    public async Task LockRegistrantsAsync(
        RegistryDbContext db,
        IReadOnlyCollection<Guid> ids,
        CancellationToken cancellationToken
    )
    {
        if (ids.Count > 0)
        {
            var wanted = ids.ToArray();
            await db.Database.ExecuteSqlAsync(
                $"select id from registry.registrants where id = any({wanted}) order by id for update",
                cancellationToken
            );
        }
    }

    public Task LockCatalogueAsync(RegistryDbContext db, CancellationToken cancellationToken) =>
        // The other side is the trigger of the table of versions (migration CatalogueGuard), which takes it shared.
        db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(7321, 1)", cancellationToken);

    public Task LockRelationTypesAsync(RegistryDbContext db, bool alone, CancellationToken cancellationToken) =>
        alone
            ? db.Database.ExecuteSqlAsync($"lock table registry.relation_types in exclusive mode", cancellationToken)
            : db.Database.ExecuteSqlAsync($"lock table registry.relation_types in row share mode", cancellationToken);

    public Task LockNamedVersionAsync(
        RegistryDbContext db,
        string name,
        bool alone,
        CancellationToken cancellationToken
    ) =>
        alone
            ? db.Database.ExecuteSqlAsync(
                $"select 1 from registry.named_versions where name = {name} for update",
                cancellationToken
            )
            : db.Database.ExecuteSqlAsync(
                $"select 1 from registry.named_versions where name = {name} for share",
                cancellationToken
            );
}
