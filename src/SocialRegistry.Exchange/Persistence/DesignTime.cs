using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using SocialRegistry.Storage;

namespace SocialRegistry.Exchange.Persistence;

/// <summary>Lets dotnet-ef make migrations; nothing connects.</summary>
internal sealed class SqliteDesignTime : IDesignTimeDbContextFactory<SqliteExchangeDbContext>
{
    public SqliteExchangeDbContext CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<SqliteExchangeDbContext>();
        ModuleDatabase.UseSqlite(options, "Data Source=design-time.db", ExchangeDbContext.Module);
        return new SqliteExchangeDbContext(options.Options);
    }
}

/// <summary>Lets dotnet-ef make migrations; nothing connects.</summary>
internal sealed class PostgresDesignTime : IDesignTimeDbContextFactory<PostgresExchangeDbContext>
{
    public PostgresExchangeDbContext CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<PostgresExchangeDbContext>();
        ModuleDatabase.UsePostgres(options, "Host=design-time", ExchangeDbContext.Module);
        return new PostgresExchangeDbContext(options.Options);
    }
}
