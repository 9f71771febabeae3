using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace SocialRegistry.Registry.Persistence.Sqlite;

/// <summary>SQLite: tables <c>registry_*</c>, moments as microseconds since 1970 so that they sort.</summary>
internal sealed class SqliteRegistryDbContext(DbContextOptions<SqliteRegistryDbContext> options)
    : RegistryDbContext(options)
{
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<Microseconds>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        foreach (var entity in modelBuilder.Model.GetEntityTypes())
        {
            entity.SetTableName(Module + "_" + entity.GetTableName());
        }
    }

    private sealed class Microseconds()
        : ValueConverter<DateTimeOffset, long>(
            moment => (moment.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond,
            stored => new DateTimeOffset(
                stored * TimeSpan.TicksPerMicrosecond + DateTimeOffset.UnixEpoch.Ticks,
                TimeSpan.Zero
            )
        );
}
