using Microsoft.EntityFrameworkCore;
using SocialRegistry.Exchange.Jobs;

namespace SocialRegistry.Exchange.Persistence;

/// <summary>The module's own tables on the one database.</summary>
internal abstract class ExchangeDbContext(DbContextOptions options) : DbContext(options)
{
    public const string Module = "exchange";

    protected abstract bool HasSchemas { get; }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfiguration(new JobConfiguration(Table("jobs"), Schema));
        modelBuilder.ApplyConfiguration(new JobPartConfiguration(Table("job_parts"), Schema));
    }

    private string? Schema => HasSchemas ? Module : null;

    private string Table(string name) => HasSchemas ? name : Module + "_" + name;
}

/// <summary>On SQLite: table names carry the module's prefix.</summary>
internal sealed class SqliteExchangeDbContext(DbContextOptions<SqliteExchangeDbContext> options)
    : ExchangeDbContext(options)
{
    protected override bool HasSchemas => false;
}

/// <summary>On PostgreSQL: a schema of its own.</summary>
internal sealed class PostgresExchangeDbContext(DbContextOptions<PostgresExchangeDbContext> options)
    : ExchangeDbContext(options)
{
    protected override bool HasSchemas => true;
}
