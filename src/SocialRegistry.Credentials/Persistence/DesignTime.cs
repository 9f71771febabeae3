using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using SocialRegistry.Credentials.Persistence.Postgres;
using SocialRegistry.Credentials.Persistence.Sqlite;
using SocialRegistry.Storage;

namespace SocialRegistry.Credentials.Persistence;

// Used by dotnet-ef only (docs/migrations.md); it opens no database.

internal sealed class PostgresDesignTime : IDesignTimeDbContextFactory<PostgresCredentialsDbContext>
{
    public PostgresCredentialsDbContext CreateDbContext(string[] args)
    {
        var builder = new DbContextOptionsBuilder<PostgresCredentialsDbContext>();
        ModuleDatabase.UsePostgres(builder, "Host=localhost", CredentialsDbContext.Module);
        return new PostgresCredentialsDbContext(builder.Options);
    }
}

internal sealed class SqliteDesignTime : IDesignTimeDbContextFactory<SqliteCredentialsDbContext>
{
    public SqliteCredentialsDbContext CreateDbContext(string[] args)
    {
        var builder = new DbContextOptionsBuilder<SqliteCredentialsDbContext>();
        ModuleDatabase.UseSqlite(builder, "Data Source=design.db", CredentialsDbContext.Module);
        return new SqliteCredentialsDbContext(builder.Options);
    }
}
