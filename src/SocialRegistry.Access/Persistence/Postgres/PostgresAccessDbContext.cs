using Microsoft.EntityFrameworkCore;

namespace SocialRegistry.Access.Persistence.Postgres;

/// <summary>Tables in the schema <c>access</c>.</summary>
internal sealed class PostgresAccessDbContext(DbContextOptions<PostgresAccessDbContext> options)
    : AccessDbContext(options)
{
    protected override void Place(ModelBuilder modelBuilder, string entity, string table) =>
        modelBuilder.Entity(entity).ToTable(table, Module);
}
