using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using SocialRegistry.Registry.Persistence.Postgres;
using SocialRegistry.Registry.Persistence.Sqlite;
using SocialRegistry.Storage;

namespace SocialRegistry.Registry.Persistence;

/// <summary>For dotnet-ef only (docs/migrations.md).</summary>
internal sealed class PostgresDesignTime : IDesignTimeDbContextFactory<PostgresRegistryDbContext>
{
    public PostgresRegistryDbContext CreateDbContext(string[] args)
    {
        var builder = new DbContextOptionsBuilder<PostgresRegistryDbContext>();
        ModuleDatabase.UsePostgres(builder, "Host=nowhere", RegistryDbContext.Module);
        return new PostgresRegistryDbContext(builder.Options);
    }
}

/// <summary>For dotnet-ef only (docs/migrations.md).</summary>
internal sealed class SqliteDesignTime : IDesignTimeDbContextFactory<SqliteRegistryDbContext>
{
    public SqliteRegistryDbContext CreateDbContext(string[] args)
    {
        var builder = new DbContextOptionsBuilder<SqliteRegistryDbContext>();
        ModuleDatabase.UseSqlite(builder, "Data Source=nowhere.db", RegistryDbContext.Module);
        return new SqliteRegistryDbContext(builder.Options);
    }
}
