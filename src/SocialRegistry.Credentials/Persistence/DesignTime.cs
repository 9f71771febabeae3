using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using SocialRegistry.Credentials.Persistence.Postgres;
using SocialRegistry.Credentials.Persistence.Sqlite;
using SocialRegistry.Storage;

namespace SocialRegistry.Credentials.Persistence;

/// <summary>For dotnet-ef only (docs/migrations.md).</summary>
internal sealed class PostgresDesignTime : IDesignTimeDbContextFactory<PostgresCredentialsDbContext>
{
    public PostgresCredentialsDbContext CreateDbContext(string[] args)
    {
        var builder = new DbContextOptionsBuilder<PostgresCredentialsDbContext>();
        ModuleDatabase.UsePostgres(builder, "Host=nowhere", CredentialsDbContext.Module);
        return new PostgresCredentialsDbContext(builder.Options);
    }
}

/// <summary>For dotnet-ef only (docs/migrations.md).</summary>
internal sealed class SqliteDesignTime : IDesignTimeDbContextFactory<SqliteCredentialsDbContext>
{
    public SqliteCredentialsDbContext CreateDbContext(string[] args)
    {
        var builder = new DbContextOptionsBuilder<SqliteCredentialsDbContext>();
        ModuleDatabase.UseSqlite(builder, "Data Source=nowhere.db", CredentialsDbContext.Module);
        return new SqliteCredentialsDbContext(builder.Options);
    }
}
