using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Changes;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Sealing;

namespace SocialRegistry.Registry.ChangeRequests;

/// <summary>A change that waits. What it asks for stands in <see cref="Content"/>, protected like the values of the record it is about.</summary>
internal sealed class ChangeRequest
{
    public required Guid Id { get; init; }

    /// <summary>One more with each step, so two steps at once never both happen.</summary>
    public long Version { get; set; } = 1;

    public required string Type { get; init; }

    public string State { get; set; } = ChangeRequestStates.Draft;

    /// <summary>The record whose data keys protect the content; absent for a new registrant, whose request has keys of its own.</summary>
    public Guid? SubjectId { get; init; }

    public required string SubjectKind { get; init; }

    /// <summary>Data keys of <see cref="Content"/> and of comments.</summary>
    public required int Epoch { get; init; }

    /// <summary>Class group of <see cref="Content"/>: <c>sensitive</c> when one of its values is.</summary>
    public required string ClassGroup { get; set; }

    /// <summary>Tail of a <see cref="RequestContent"/>.</summary>
    public required byte[] Content { get; set; }

    /// <summary>JSON array of field ids and words for what stands beside fields.</summary>
    public required string Fields { get; set; }

    public required string MadeByKind { get; init; }

    public required string MadeBy { get; init; }

    /// <summary>JSON of a <see cref="MakerScope"/>: what the maker may write is what is applied, whoever agrees.</summary>
    public required string Scope { get; set; }

    public required DateTimeOffset MadeAt { get; init; }

    public DateTimeOffset? SubmittedAt { get; set; }

    public DateOnly? DueOn { get; set; }

    public DateOnly? EffectiveOn { get; set; }

    public int Stages { get; set; } = 1;

    public int Stage { get; set; }

    /// <summary>As <c>staff:ana</c>.</summary>
    public string? ClaimedBy { get; set; }

    public DateTimeOffset? ClaimedUntil { get; set; }

    /// <summary>JSON array of who agreed, stage by stage.</summary>
    public string ApprovedBy { get; set; } = "[]";

    /// <summary>JSON object: what the request was made on, by name, as keyed hashes (<see cref="RequestBase"/>).</summary>
    public string Base { get; set; } = "{}";

    /// <summary>HMAC over type, subject and payload while the request is open; unique, so that nothing is asked twice at a time.</summary>
    public byte[]? OpenHash { get; set; }

    public string Warnings { get; set; } = "[]";

    /// <summary>JSON of the problem that kept it from being applied. Names fields and rules, never values.</summary>
    public string? Failure { get; set; }

    public Guid? ResultId { get; set; }

    /// <summary>JSON array of ids.</summary>
    public string Documents { get; set; } = "[]";

    /// <summary>Whom it concerns, as <see cref="ChangeRequestParty"/> keeps them for searches: ids in their order, a <c>g</c> behind those of groups.</summary>
    public string Parties { get; set; } = "";

    public ChangeRequestId RequestId => new(Id);

    /// <summary>Whose data keys protect the content, and under whose id it is disclosed.</summary>
    public Guid Owner => SubjectId ?? Id;

    public bool IsOpen => ChangeRequestStates.Open.Contains(State);

    public IReadOnlyList<string> FieldList => JsonSerializer.Deserialize<List<string>>(Fields)!;

    public IReadOnlyList<string> Approvers => JsonSerializer.Deserialize<List<string>>(ApprovedBy)!;

    public string Maker => MadeByKind + ":" + MadeBy;

    /// <summary>Who holds it at this moment.</summary>
    public string? Holder(DateTimeOffset now) => ClaimedUntil > now ? ClaimedBy : null;

    public void Release() => (ClaimedBy, ClaimedUntil) = (null, null);

    /// <summary>How requests name callers.</summary>
    public static string NameOf(Caller caller) => caller.Kind.ToString().ToLowerInvariant() + ":" + caller.Id;
}

/// <summary>What the maker of a request could see and write.</summary>
internal sealed record MakerScope(
    bool All,
    IReadOnlyList<string> Fields,
    IReadOnlyList<string> Filters,
    bool AllFilters
)
{
    public static string Of(Caller caller) =>
        JsonSerializer.Serialize(
            new MakerScope(caller.Fields.IsAll, [.. caller.Fields.Ids], [.. caller.Filters.Ids], caller.Filters.IsAll)
        );

    public static (FieldScope Fields, FieldScope Filters) Read(string json)
    {
        var scope = JsonSerializer.Deserialize<MakerScope>(json)!;
        return (
            scope.All ? FieldScope.All : FieldScope.Of(scope.Fields),
            scope.AllFilters ? FieldScope.All : FieldScope.Of(scope.Filters)
        );
    }
}

internal sealed class ChangeRequestConfiguration : IEntityTypeConfiguration<ChangeRequest>
{
    public void Configure(EntityTypeBuilder<ChangeRequest> builder)
    {
        builder.ToTable("change_requests");
        builder.IsState(LeafKinds.ChangeRequests, nameof(ChangeRequest.Version));
        builder.HasKey(r => r.Id);
        builder.Property(r => r.Id).ValueGeneratedNever();
        builder.Property(r => r.Version).IsConcurrencyToken();
        builder.Property(r => r.Type).HasMaxLength(40);
        builder.Property(r => r.State).HasMaxLength(20);
        builder.Property(r => r.SubjectKind).HasMaxLength(20);
        builder.Property(r => r.ClassGroup).HasMaxLength(20);
        builder.Property(r => r.MadeByKind).HasMaxLength(20);
        builder.Property(r => r.MadeBy).HasMaxLength(200);
        builder.Property(r => r.ClaimedBy).HasMaxLength(220);
        builder.HasIndex(r => r.OpenHash).IsUnique();
        builder.HasIndex(r => new { r.State, r.Id });
        builder.HasIndex(r => new { r.MadeBy, r.Id });
    }
}

internal static class ChangeRequestRows
{
    extension(RegistryDbContext db)
    {
        internal DbSet<ChangeRequest> ChangeRequests => db.Set<ChangeRequest>();

        internal DbSet<ChangeRequestParty> ChangeRequestParties => db.Set<ChangeRequestParty>();

        internal DbSet<ChangeRequestEvent> ChangeRequestEvents => db.Set<ChangeRequestEvent>();
    }
}
