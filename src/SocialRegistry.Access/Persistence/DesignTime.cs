using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using SocialRegistry.Access.Persistence.Postgres;
using SocialRegistry.Access.Persistence.Sqlite;
using SocialRegistry.Storage;

namespace SocialRegistry.Access.Persistence;

// Used by dotnet-ef only (docs/migrations.md); it opens no database.

internal sealed class PostgresDesignTime : IDesignTimeDbContextFactory<PostgresAccessDbContext>
{
    public PostgresAccessDbContext CreateDbContext(string[] args)
    {
        var builder = new DbContextOptionsBuilder<PostgresAccessDbContext>();
        ModuleDatabase.UsePostgres(builder, "Host=localhost", AccessDbContext.Module);
        return new PostgresAccessDbContext(builder.Options);
    }
}

internal sealed class SqliteDesignTime : IDesignTimeDbContextFactory<SqliteAccessDbContext>
{
    public SqliteAccessDbContext CreateDbContext(string[] args)
    {
        var builder = new DbContextOptionsBuilder<SqliteAccessDbContext>();
        ModuleDatabase.UseSqlite(builder, "Data Source=design.db", AccessDbContext.Module);
        return new SqliteAccessDbContext(builder.Options);
    }
}
