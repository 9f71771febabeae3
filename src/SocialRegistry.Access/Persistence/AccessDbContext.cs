using Microsoft.EntityFrameworkCore;
using SocialRegistry.Access.Accounts;
using SocialRegistry.Access.Changes;

namespace SocialRegistry.Access.Persistence;

/// <summary>The module's rows; each capability brings its own entities.</summary>
internal abstract class AccessDbContext(DbContextOptions options) : DbContext(options)
{
    /// <summary>Schema on PostgreSQL, table prefix on SQLite.</summary>
    public const string Module = "access";

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(AccessDbContext).Assembly);
        // For rows from before these lists were.
        modelBuilder.Entity<Account>().Property(a => a.Areas).HasDefaultValueSql(EmptyList);
        modelBuilder.Entity<Account>().Property(a => a.RecoveryCodes).HasDefaultValueSql(EmptyList);
        foreach (var entity in modelBuilder.Model.GetEntityTypes())
        {
            Place(modelBuilder, entity.Name, entity.GetTableName()!);
        }
    }

    /// <summary>Entries of the log are linked as they are stored.</summary>
    public override async Task<int> SaveChangesAsync(
        bool acceptAllChangesOnSuccess,
        CancellationToken cancellationToken = default
    )
    {
        await AccessChain.LinkAsync(this, cancellationToken);
        return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    /// <summary>
    /// Lets the changes of roles, accounts and partners in one after the other, until the transaction ends: rules that look at
    /// several rows (the last administrator) hold between processes too.
    /// </summary>
    public abstract Task LockAsync(CancellationToken cancellationToken);

    /// <summary>A list without items, as SQL.</summary>
    protected abstract string EmptyList { get; }

    /// <summary>Puts a table into the module's schema or under its prefix.</summary>
    protected abstract void Place(ModelBuilder modelBuilder, string entity, string table);
}
