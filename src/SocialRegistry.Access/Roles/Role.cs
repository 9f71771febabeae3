using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SocialRegistry.Access.Persistence;
using SocialRegistry.Contracts;

namespace SocialRegistry.Access.Roles;

/// <summary>A bundle of permissions, as stored.</summary>
internal sealed class Role
{
    private Role() { }

    public Role(string name, RoleContent content, DateTimeOffset now)
    {
        Name = name;
        CreatedAt = now;
        Set(content, now);
    }

    /// <summary>Lower-case words with hyphens; never given to another role.</summary>
    public string Name { get; private set; } = "";

    public CallerKind Kind { get; private set; }

    public string Title { get; private set; } = "";

    public string? Description { get; private set; }

    public List<string> Purposes { get; private set; } = [];

    public List<string> Permissions { get; private set; } = [];

    public FieldSight Internal { get; private set; }

    public FieldSight Personal { get; private set; }

    public FieldSight Sensitive { get; private set; }

    /// <summary>JSON object: sight by field id.</summary>
    public string Fields { get; private set; } = "{}";

    /// <summary>Query as JSON text.</summary>
    public string? Population { get; private set; }

    /// <summary>Holders sign in with a one-time code.</summary>
    public bool CodeRequired { get; private set; }

    public bool Retired { get; private set; }

    /// <summary>One more with every change; the role's ETag.</summary>
    public long Version { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    public void Set(RoleContent content, DateTimeOffset now)
    {
        Kind = content.Kind;
        Title = content.Title;
        Description = content.Description;
        Purposes = [.. content.Purposes];
        Permissions = [.. content.Permissions];
        (Internal, Personal, Sensitive) = content.Classes;
        Fields = JsonSerializer.Serialize(content.Fields.ToDictionary(f => f.Key, f => f.Value.ToString()));
        Population = content.Population;
        CodeRequired = content.CodeRequired;
        Touch(now);
    }

    public void Retire(DateTimeOffset now)
    {
        Retired = true;
        Touch(now);
    }

    public RoleContent ToContent() =>
        new()
        {
            Kind = Kind,
            Title = Title,
            Description = Description,
            Purposes = [.. Purposes],
            Permissions = [.. Permissions],
            Classes = new ClassSights(Internal, Personal, Sensitive),
            Fields = JsonSerializer
                .Deserialize<Dictionary<string, string>>(Fields)!
                .ToDictionary(f => f.Key, f => Enum.Parse<FieldSight>(f.Value)),
            Population = Population,
            CodeRequired = CodeRequired,
        };

    private void Touch(DateTimeOffset now)
    {
        Version++;
        UpdatedAt = now;
    }
}

internal sealed class RoleTable : IEntityTypeConfiguration<Role>
{
    public void Configure(EntityTypeBuilder<Role> builder)
    {
        builder.ToTable("roles");
        builder.HasKey(r => r.Name);
        builder.Property(r => r.Name).HasColumnName("name").HasMaxLength(RoleNames.MaxLength);
        builder.Property(r => r.Kind).HasColumnName("kind").HasConversion<string>().HasMaxLength(20);
        builder.Property(r => r.Title).HasColumnName("title").HasMaxLength(100);
        builder.Property(r => r.Description).HasColumnName("description").HasMaxLength(500);
        builder.Property(r => r.Purposes).HasColumnName("purposes");
        builder.Property(r => r.Permissions).HasColumnName("permissions");
        builder.Property(r => r.Internal).HasColumnName("internal").HasConversion<string>().HasMaxLength(10);
        builder.Property(r => r.Personal).HasColumnName("personal").HasConversion<string>().HasMaxLength(10);
        builder.Property(r => r.Sensitive).HasColumnName("sensitive").HasConversion<string>().HasMaxLength(10);
        builder.Property(r => r.Fields).HasColumnName("fields");
        builder.Property(r => r.Population).HasColumnName("population");
        builder.Property(r => r.CodeRequired).HasColumnName("code_required");
        builder.Property(r => r.Retired).HasColumnName("retired");
        builder.Property(r => r.Version).HasColumnName("version").IsConcurrencyToken();
        builder.Property(r => r.CreatedAt).HasColumnName("created_at");
        builder.Property(r => r.UpdatedAt).HasColumnName("updated_at");
    }
}

internal static class RoleSet
{
    extension(AccessDbContext db)
    {
        internal DbSet<Role> Roles => db.Set<Role>();
    }
}
