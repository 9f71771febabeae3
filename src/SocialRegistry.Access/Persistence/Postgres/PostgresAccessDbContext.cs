using Microsoft.EntityFrameworkCore;

namespace SocialRegistry.Access.Persistence.Postgres;

/// <summary>Tables in the schema <c>access</c>.</summary>
internal sealed class PostgresAccessDbContext(DbContextOptions<PostgresAccessDbContext> options)
    : AccessDbContext(options)
{
    /// <summary>Any number that no other lock of the database uses.</summary>
    private const long ChangesLock = 0x61636365_7373;

    public override Task LockAsync(CancellationToken cancellationToken) =>
        Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({ChangesLock})", cancellationToken);

    protected override string EmptyList => "'{}'";

    protected override void Place(ModelBuilder modelBuilder, string entity, string table) =>
        modelBuilder.Entity(entity).ToTable(table, Module);
}
