using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Changes;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;
using SocialRegistry.Registry.Sealing;

namespace SocialRegistry.Registry.Relationships;

/// <summary>One entry of the history of a type of relation. Never altered.</summary>
internal sealed class RelationTypeHistory
{
    public required string Code { get; init; }

    public required long Version { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string ActorKind { get; init; }

    public required string Actor { get; init; }

    public required string Channel { get; init; }

    public string? RequestId { get; init; }

    public required string Operation { get; init; }

    /// <summary>JSON of the whole description as it stood after it.</summary>
    public required string State { get; init; }

    /// <summary>The entry of the change that the type has just taken.</summary>
    public static RelationTypeHistory Of(RelationType type, RelationTypeView? before, Caller caller) =>
        new()
        {
            Code = type.Code,
            Version = type.Version,
            At = type.UpdatedAt,
            ActorKind = caller.Kind.ToString().ToLowerInvariant(),
            Actor = caller.Id,
            Channel = caller.Channel,
            RequestId = ChangeNote.RequestId(caller),
            Operation =
                before is null ? "created"
                : before.IsRetired == type.IsRetired ? "changed"
                : type.IsRetired ? "retired"
                : "reopened",
            State = type.Description,
        };

    /// <summary>True when the type stands as this entry says.</summary>
    public bool Tells(RelationType type)
    {
        var view = JsonSerializer.Deserialize<RelationTypeView>(State)!;
        return Version == type.Version
            && State == type.Description
            && At == type.UpdatedAt
            && Actor == type.UpdatedBy
            && view.IsRetired == type.IsRetired
            && (view.IsSymmetric ? view.Code : view.Inverse) == type.Inverse;
    }

    public RelationTypeHistoryView ToView() =>
        new(Version, At, Actor, Channel, Operation, JsonSerializer.Deserialize<RelationTypeView>(State)!);
}

internal sealed class RelationTypeHistoryConfiguration : IEntityTypeConfiguration<RelationTypeHistory>
{
    public void Configure(EntityTypeBuilder<RelationTypeHistory> builder)
    {
        builder.ToTable("relation_type_history");
        builder.IsLog(LeafKinds.RelationTypes);
        builder.HasKey(h => new { h.Code, h.Version });
        builder.Property(h => h.Code).HasMaxLength(40);
        builder.Property(h => h.Version).ValueGeneratedNever();
        builder.Property(h => h.ActorKind).HasMaxLength(20);
        builder.Property(h => h.Actor).HasMaxLength(200);
        builder.Property(h => h.Channel).HasMaxLength(40);
        builder.Property(h => h.RequestId).HasMaxLength(200);
        builder.Property(h => h.Operation).HasMaxLength(20);
        builder.Property(h => h.State).IsJson();
    }
}

internal static class RelationTypeHistoryRows
{
    extension(RegistryDbContext db)
    {
        internal DbSet<RelationTypeHistory> RelationTypeHistory => db.Set<RelationTypeHistory>();
    }
}
