using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace SocialRegistry.Credentials.Persistence.Sqlite;

/// <summary>Prefixed tables; moments as milliseconds since 1970, so that they compare.</summary>
internal sealed class SqliteCredentialsDbContext(DbContextOptions<SqliteCredentialsDbContext> options)
    : CredentialsDbContext(options)
{
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UnixMilliseconds>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        foreach (var entity in modelBuilder.Model.GetEntityTypes())
        {
            entity.SetTableName(Module + "_" + entity.GetTableName());
        }
    }

    private sealed class UnixMilliseconds()
        : ValueConverter<DateTimeOffset, long>(
            moment => moment.ToUnixTimeMilliseconds(),
            milliseconds => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
        );
}
