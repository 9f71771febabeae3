using Microsoft.EntityFrameworkCore;

namespace SocialRegistry.Credentials.Persistence.Postgres;

/// <summary>Tables in the schema <c>credentials</c>.</summary>
internal sealed class PostgresCredentialsDbContext(DbContextOptions<PostgresCredentialsDbContext> options)
    : CredentialsDbContext(options)
{
    protected override void Place(ModelBuilder modelBuilder, string entity, string table) =>
        modelBuilder.Entity(entity).ToTable(table, Module);
}
