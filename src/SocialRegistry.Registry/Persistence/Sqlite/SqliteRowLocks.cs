namespace SocialRegistry.Registry.Persistence.Sqlite;

/// <summary>Nothing to do: a transaction begins with <c>BEGIN IMMEDIATE</c> and is the only writer until it ends.</summary>
internal sealed class SqliteRowLocks : IRowLocks
{
    public Task LockAsync(
        RegistryDbContext db,
        IReadOnlyCollection<Guid> registrants,
        CancellationToken cancellationToken
    ) => Task.CompletedTask;
}
