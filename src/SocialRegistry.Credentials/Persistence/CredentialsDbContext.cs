using System.Text;
using Microsoft.EntityFrameworkCore;

namespace SocialRegistry.Credentials.Persistence;

/// <summary>The rows of this module. It names no entity: each capability brings its configuration and its set.</summary>
internal abstract class CredentialsDbContext(DbContextOptions options) : DbContext(options)
{
    /// <summary>Schema on PostgreSQL, prefix of table names on SQLite.</summary>
    public const string Module = "credentials";

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(CredentialsDbContext).Assembly);
        foreach (var property in modelBuilder.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties()))
        {
            property.SetColumnName(SnakeCase(property.Name));
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
