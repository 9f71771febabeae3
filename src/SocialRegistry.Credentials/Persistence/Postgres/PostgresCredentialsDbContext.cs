using Microsoft.EntityFrameworkCore;

namespace SocialRegistry.Credentials.Persistence.Postgres;

/// <summary>A schema of its own.</summary>
internal sealed class PostgresCredentialsDbContext(DbContextOptions<PostgresCredentialsDbContext> options)
    : CredentialsDbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.HasDefaultSchema(Module);
        base.OnModelCreating(modelBuilder);
    }
}
