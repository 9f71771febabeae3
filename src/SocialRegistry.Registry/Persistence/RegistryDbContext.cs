using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

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

    /// <summary>JSON that the database may look into: <c>jsonb</c> on PostgreSQL, text on SQLite.</summary>
    public static PropertyBuilder<string> IsJson(this PropertyBuilder<string> property) =>
        property.HasAnnotation(JsonAnnotation, true);

    public const string OrdinalAnnotation = "Registry:Ordinal";

    /// <summary>Text compared by its characters: collation <c>C</c> on PostgreSQL, which SQLite has anyway.</summary>
    public static PropertyBuilder<string> IsOrdinal(this PropertyBuilder<string> property) =>
        property.HasAnnotation(OrdinalAnnotation, true);
}
