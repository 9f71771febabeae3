using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SocialRegistry.Registry.Changes;

namespace SocialRegistry.Registry.Persistence;

/// <summary>The rows of the core. It names no entity: each capability brings its configuration and its set.</summary>
internal abstract class RegistryDbContext(DbContextOptions options) : DbContext(options)
{
    /// <summary>Schema on PostgreSQL, prefix of table names on SQLite.</summary>
    public const string Module = "registry";

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(RegistryDbContext).Assembly);
        foreach (var entity in modelBuilder.Model.GetEntityTypes())
        {
            foreach (var property in entity.GetProperties())
            {
                property.SetColumnName(SnakeCase(property.Name));
            }
        }
    }

    public override int SaveChanges(bool acceptAllChangesOnSuccess) =>
        throw new NotSupportedException("Rows are saved asynchronously.");

    public override Task<int> SaveChangesAsync(
        bool acceptAllChangesOnSuccess,
        CancellationToken cancellationToken = default
    ) => SaveAsync(bulk: null, acceptAllChangesOnSuccess, cancellationToken);

    /// <summary>Saves what is tracked, of a transaction that goes on to insert these rows: the change log covers both.</summary>
    public Task<int> SaveChangesAsync(NewRows bulk, CancellationToken cancellationToken) =>
        SaveAsync(bulk, acceptAllChangesOnSuccess: true, cancellationToken);

    private async Task<int> SaveAsync(
        NewRows? bulk,
        bool acceptAllChangesOnSuccess,
        CancellationToken cancellationToken
    )
    {
        var detects = ChangeTracker.AutoDetectChangesEnabled;
        if (detects)
        {
            ChangeTracker.DetectChanges();
        }

        ChangeTracker.AutoDetectChangesEnabled = false;
        try
        {
            ChangeBinding.Complete(this, bulk);
            return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        }
        finally
        {
            ChangeTracker.AutoDetectChangesEnabled = detects;
        }
    }

    private static string SnakeCase(string name)
    {
        var result = new StringBuilder(name.Length + 4);
        foreach (var character in name)
        {
            if (char.IsUpper(character) && result.Length > 0)
            {
                result.Append('_');
            }

            result.Append(char.ToLowerInvariant(character));
        }

        return result.ToString();
    }
}

/// <summary>Marks what the providers store differently.</summary>
internal static class ColumnKinds
{
    public const string JsonAnnotation = "Registry:Json";
    public const string OrdinalAnnotation = "Registry:Ordinal";

    /// <summary>JSON that the database may look into: <c>jsonb</c> on PostgreSQL, text on SQLite.</summary>
    public static PropertyBuilder<string> IsJson(this PropertyBuilder<string> property) =>
        property.HasAnnotation(JsonAnnotation, true);

    /// <summary>Text that the database compares character by character: collation <c>C</c> on PostgreSQL, what SQLite does anyway.</summary>
    public static PropertyBuilder<T> IsOrdinal<T>(this PropertyBuilder<T> property) =>
        property.HasAnnotation(OrdinalAnnotation, true);
}
