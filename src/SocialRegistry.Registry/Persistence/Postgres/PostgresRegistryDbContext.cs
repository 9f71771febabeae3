using Microsoft.EntityFrameworkCore;

namespace SocialRegistry.Registry.Persistence.Postgres;

/// <summary>PostgreSQL: schema <c>registry</c>, JSON as <c>jsonb</c>.</summary>
internal sealed class PostgresRegistryDbContext(DbContextOptions<PostgresRegistryDbContext> options)
    : RegistryDbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.HasDefaultSchema(Module);
        base.OnModelCreating(modelBuilder);
        foreach (var property in modelBuilder.Model.GetEntityTypes().SelectMany(e => e.GetProperties()))
        {
            if (property.FindAnnotation(ColumnKinds.JsonAnnotation) is not null)
            {
                property.SetColumnType("jsonb");
            }

            if (property.FindAnnotation(ColumnKinds.OrdinalAnnotation) is not null)
            {
                property.SetCollation("C");
            }
        }
    }
}
