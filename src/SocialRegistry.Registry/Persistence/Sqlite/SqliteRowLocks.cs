namespace SocialRegistry.Registry.Persistence.Sqlite;

/// <summary>Nothing to do: transactions begin with <c>BEGIN IMMEDIATE</c>.</summary>
internal sealed class SqliteRowLocks : IRowLocks
{
    public Task LockRegistrantsAsync(
        RegistryDbContext db,
        IReadOnlyCollection<Guid> ids,
        CancellationToken cancellationToken
    ) => Task.CompletedTask;

    public Task LockCatalogueAsync(RegistryDbContext db, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task LockRelationTypesAsync(RegistryDbContext db, bool alone, CancellationToken cancellationToken) =>
        Task.CompletedTask;

    public Task LockNamedVersionAsync(
        RegistryDbContext db,
        string name,
        bool alone,
        CancellationToken cancellationToken
    ) => Task.CompletedTask;
}
