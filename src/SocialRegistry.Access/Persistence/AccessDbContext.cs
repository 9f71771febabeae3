using Microsoft.EntityFrameworkCore;

namespace SocialRegistry.Access.Persistence;

/// <summary>The module's rows; each capability brings its own entities.</summary>
internal abstract class AccessDbContext(DbContextOptions options) : DbContext(options)
{
    /// <summary>Schema on PostgreSQL, table prefix on SQLite.</summary>
    public const string Module = "access";

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(AccessDbContext).Assembly);
        foreach (var entity in modelBuilder.Model.GetEntityTypes())
        {
            Place(modelBuilder, entity.Name, entity.GetTableName()!);
        }
    }

    /// <summary>Puts a table into the module's schema or under its prefix.</summary>
    protected abstract void Place(ModelBuilder modelBuilder, string entity, string table);
}
