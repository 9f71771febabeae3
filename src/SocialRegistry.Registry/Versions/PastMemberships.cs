using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Changes;
using SocialRegistry.Registry.Groups;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;
using SocialRegistry.Registry.Search;

namespace SocialRegistry.Registry.Versions;

/// <summary>
/// Memberships of one record as they were: those of today, with the entries of the change log recorded after a moment taken back; and of
/// a day, those whose period covers it, with the kinds that held then. Cost: the memberships of today and what changed since.
/// </summary>
internal static class PastMemberships
{
    private static readonly string[] Operations =
    [
        ChangeOperations.MemberAdded,
        ChangeOperations.MemberChanged,
        ChangeOperations.MemberEnded,
    ];

    /// <summary>Of an individual her groups, of a group its members; other ends that are not for the caller are left out.</summary>
    public static async Task<List<MembershipView>> LoadAsync(
        RegistryDbContext db,
        VersionThen then,
        RowRules rules,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var id = then.Record.Row.Id;
        var edges = await EdgesAsync(db, id, then, cancellationToken);
        var others = edges.Select(e => Other(e, id)).Distinct().ToList();
        var admitted = (await rules.AdmittedAsync(db, others, caller, cancellationToken)).ToHashSet();
        if (!PastRecord.SeesArchived(caller))
        {
            var archived = await db
                .Registrants.Where(r => others.Contains(r.Id) && r.Status == RegistrantStatuses.Archived)
                .Select(r => r.Id)
                .ToListAsync(cancellationToken);
            admitted.ExceptWith(archived);
        }

        return [.. edges.Where(e => caller.Kind == CallerKind.Person || admitted.Contains(Other(e, id)))];
    }

    private static Guid Other(MembershipView edge, Guid id) =>
        edge.GroupId.Value == id ? edge.MemberId.Value : edge.GroupId.Value;

    private static async Task<List<MembershipView>> EdgesAsync(
        RegistryDbContext db,
        Guid id,
        VersionThen then,
        CancellationToken cancellationToken
    )
    {
        var today = await db
            .Memberships.AsNoTracking()
            .Where(m => m.GroupId == id || m.MemberId == id)
            .OrderBy(m => m.Id)
            .ToListAsync(cancellationToken);
        var edges = today.ConvertAll(m => new Edge(m.ToView()));
        var until = then.Until ?? DateTimeOffset.MaxValue;
        var day = then.Day ?? DateOnly.MaxValue;
        var (isPast, isOfDay) = (then.Until is not null, then.Day is not null);
        var log = db.Changes.AsNoTracking().Where(c => c.RegistrantId == id && Operations.Contains(c.Operation));
        var first = await log.Where(c => (isPast && c.RecordedAt > until) || (isOfDay && c.EffectiveOn > day))
            .MinAsync(c => (long?)c.Sequence, cancellationToken);
        if (first is { } from)
        {
            var entries = await log.Where(c => c.Sequence >= from)
                .OrderByDescending(c => c.Sequence)
                .Select(c => new
                {
                    c.Fields,
                    c.RecordedAt,
                    c.EffectiveOn,
                })
                .ToListAsync(cancellationToken);
            foreach (var entry in entries)
            {
                var isAfter = isPast && entry.RecordedAt > until;
                TakeBack(edges, MembershipLog.Read(entry.Fields), isAfter, isOfDay && entry.EffectiveOn > day);
            }
        }

        return
        [
            .. edges
                .Where(e => e.IsKnown)
                .Select(e => e.Shown)
                .Where(v =>
                    then.Day is { } of
                        ? (v.StartedOn is null || v.StartedOn <= of) && (v.EndedOn is null || v.EndedOn > of)
                        : v.EndedOn is null
                ),
        ];
    }

    /// <summary>Follows the log back by one entry.</summary>
    /// <param name="isAfter">Not known yet at the moment asked for: it never happened.</param>
    /// <param name="isLater">Known, but it holds only after the day asked for: periods say so themselves, kinds do not.</param>
    private static void TakeBack(
        List<Edge> edges,
        (MembershipView? Old, MembershipView New) entry,
        bool isAfter,
        bool isLater
    )
    {
        if (edges.Find(e => e.Walked is { } walked && IsSame(walked, entry.New)) is not { } edge)
        {
            return;
        }

        edge.Walked = entry.Old;
        if (isAfter)
        {
            edge.IsKnown = entry.Old is not null;
            edge.Shown = entry.Old ?? edge.Shown;
        }
        else if (!isLater)
        {
            edge.KindsHold = true;
        }
        else if (!edge.KindsHold && entry.Old is { } old)
        {
            edge.Shown = edge.Shown with { Kinds = old.Kinds };
        }
    }

    private static bool IsSame(MembershipView one, MembershipView other) =>
        one.GroupId == other.GroupId
        && one.MemberId == other.MemberId
        && one.StartedOn == other.StartedOn
        && one.EndedOn == other.EndedOn
        && one.EndReason == other.EndReason
        && one.Kinds.SequenceEqual(other.Kinds);

    private sealed class Edge(MembershipView view)
    {
        /// <summary>As it was before the entries walked back so far; none once it had not begun.</summary>
        public MembershipView? Walked { get; set; } = view;

        /// <summary>As it is to be shown.</summary>
        public MembershipView Shown { get; set; } = view;

        public bool IsKnown { get; set; } = true;

        /// <summary>A later entry that holds on the day has set the kinds.</summary>
        public bool KindsHold { get; set; }
    }
}
