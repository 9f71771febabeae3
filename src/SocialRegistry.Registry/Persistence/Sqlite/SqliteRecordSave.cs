namespace SocialRegistry.Registry.Persistence.Sqlite;

/// <summary>Statements go one by one here and a round trip costs nothing: the usual transaction.</summary>
internal sealed class SqliteRecordSave : IRecordSave
{
    public Task SaveAsync(RegistryDbContext db, CancellationToken cancellationToken) =>
        db.SaveChangesAsync(cancellationToken);
}
