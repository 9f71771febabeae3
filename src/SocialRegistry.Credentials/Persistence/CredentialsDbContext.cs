using Microsoft.EntityFrameworkCore;

namespace SocialRegistry.Credentials.Persistence;

/// <summary>The module's rows; each capability brings its own entities.</summary>
internal abstract class CredentialsDbContext(DbContextOptions options) : DbContext(options)
{
    /// <summary>Schema on PostgreSQL, table prefix on SQLite.</summary>
    public const string Module = "credentials";

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(CredentialsDbContext).Assembly);
        foreach (var entity in modelBuilder.Model.GetEntityTypes())
        {
            Place(modelBuilder, entity.Name, entity.GetTableName()!);
        }
    }

    /// <summary>Puts a table into the module's schema or under its prefix.</summary>
    protected abstract void Place(ModelBuilder modelBuilder, string entity, string table);
}
