using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace SocialRegistry.Access.Persistence.Sqlite;

/// <summary>Tables named <c>access_…</c>; moments are Unix milliseconds, since SQLite cannot compare them otherwise.</summary>
internal sealed class SqliteAccessDbContext(DbContextOptions<SqliteAccessDbContext> options) : AccessDbContext(options)
{
    /// <summary>A transaction begins immediate here: it is the only writer already.</summary>
    public override Task LockAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    protected override string EmptyList => "'[]'";

    protected override void Place(ModelBuilder modelBuilder, string entity, string table) =>
        modelBuilder.Entity(entity).ToTable(Module + "_" + table);

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UnixMilliseconds>();

    private sealed class UnixMilliseconds()
        : ValueConverter<DateTimeOffset, long>(
            moment => moment.ToUnixTimeMilliseconds(),
            number => DateTimeOffset.FromUnixTimeMilliseconds(number)
        );
}
