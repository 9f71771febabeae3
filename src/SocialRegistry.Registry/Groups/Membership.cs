using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Changes;
using SocialRegistry.Registry.Persistence;

namespace SocialRegistry.Registry.Groups;

/// <summary>A registrant in a group, an edge of its own. At most one open head per group and one open membership per person in it: the database holds both.</summary>
internal sealed class Membership
{
    public const string Head = "head";
    public const string Plain = "member";

    private Membership() { }

    public Membership(MembershipView view, TimeProvider time)
    {
        GroupId = view.GroupId.Value;
        Id = Guid.CreateVersion7(time.GetUtcNow());
        MemberId = view.MemberId.Value;
        StartedOn = view.StartedOn;
        EndedOn = view.EndedOn;
        EndReason = view.EndReason;
        Take(view.Kinds);
    }

    public Guid GroupId { get; private set; }

    public Guid Id { get; private set; }

    public Guid MemberId { get; private set; }

    /// <summary>JSON array of codes.</summary>
    public string Kinds { get; private set; } = "[]";

    public bool IsHead { get; private set; }

    /// <summary>The first day; absent when unknown, which counts as "ever since".</summary>
    public DateOnly? StartedOn { get; private set; }

    /// <summary>The first day after it.</summary>
    public DateOnly? EndedOn { get; private set; }

    public string? EndReason { get; private set; }

    public bool IsOpen => EndedOn is null;

    public IReadOnlyList<string> KindList => JsonSerializer.Deserialize<List<string>>(Kinds)!;

    public void Take(IReadOnlyList<string> kinds)
    {
        Kinds = JsonSerializer.Serialize(kinds);
        IsHead = kinds.Contains(Head);
    }

    public void Begin(DateOnly startedOn) => StartedOn = startedOn;

    public void End(DateOnly endedOn, string? reason)
    {
        EndedOn = endedOn;
        EndReason = reason;
    }

    /// <summary>True when a day lies in both periods; a period ends before its last day begins.</summary>
    public bool Overlaps(Membership other) =>
        (StartedOn ?? DateOnly.MinValue) < (other.EndedOn ?? DateOnly.MaxValue)
        && (other.StartedOn ?? DateOnly.MinValue) < (EndedOn ?? DateOnly.MaxValue);

    public MembershipView ToView() =>
        new()
        {
            GroupId = new RegistrantId(GroupId),
            MemberId = new RegistrantId(MemberId),
            Kinds = KindList,
            StartedOn = StartedOn,
            EndedOn = EndedOn,
            EndReason = EndReason,
        };
}

internal sealed class MembershipConfiguration : IEntityTypeConfiguration<Membership>
{
    public void Configure(EntityTypeBuilder<Membership> builder)
    {
        builder.ToTable("memberships");
        builder.IsBound();
        builder.HasKey(m => new { m.GroupId, m.Id });
        builder.Property(m => m.Id).ValueGeneratedNever();
        builder.Property(m => m.EndReason).HasMaxLength(60);
        builder.Ignore(m => m.IsOpen);
        builder.Ignore(m => m.KindList);
        builder.HasIndex(m => m.GroupId).IsUnique().HasFilter("is_head and ended_on is null");
        builder.HasIndex(m => new { m.GroupId, m.MemberId }).IsUnique().HasFilter("ended_on is null");
        builder.HasIndex(m => m.MemberId);
    }
}

internal static class MembershipRows
{
    extension(RegistryDbContext db)
    {
        internal DbSet<Membership> Memberships => db.Set<Membership>();
    }
}
