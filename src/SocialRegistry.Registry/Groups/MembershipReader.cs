using Microsoft.EntityFrameworkCore;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;
using SocialRegistry.Registry.Search;

namespace SocialRegistry.Registry.Groups;

/// <summary>The first open memberships of a record.</summary>
/// <param name="Next">Where <see cref="ListMemberships"/> goes on; absent when these are all.</param>
internal sealed record FirstMemberships(IReadOnlyList<MembershipView> Items, string? Next);

/// <summary>The open memberships of records: of an individual her groups, of a group its members.</summary>
internal static class MembershipReader
{
    /// <summary>Memberships that stand in one record; a group may have any number.</summary>
    public const int MostItems = 200;

    /// <summary>Memberships by record id; records on the other end that are archived or not for the caller are left out.</summary>
    public static async Task<Dictionary<Guid, FirstMemberships>> LoadAsync(
        RegistryDbContext db,
        IReadOnlyList<OpenRecord> records,
        RowRules rules,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var groups = Ids(records, RegistrantKinds.Group);
        var members = Ids(records, RegistrantKinds.Individual);
        var registrants = db.Registrants;
        var open = db
            .Memberships.AsNoTracking()
            .Where(m =>
                m.EndedOn == null
                && !registrants.Any(r =>
                    (r.Id == m.GroupId || r.Id == m.MemberId) && r.Status == RegistrantStatuses.Archived
                )
            );
        List<(Guid Of, Membership Edge)> found =
        [
            .. await FirstAsync(db, groups, open, isGroup: true, cancellationToken),
            .. await FirstAsync(db, members, open, isGroup: false, cancellationToken),
        ];
        var admitted = caller.Rows.IsAll
            ? null
            : await rules.AdmittedAsync(
                db,
                [.. found.SelectMany(f => new[] { f.Edge.GroupId, f.Edge.MemberId }).Distinct()],
                caller,
                cancellationToken
            );
        var edgesOf = found.ToLookup(f => f.Of, f => f.Edge);
        return groups.Concat(members).Distinct().ToDictionary(id => id, id => First([.. edgesOf[id]], admitted));
    }

    /// <summary>The place goes on after the last that was looked at, shown or not.</summary>
    private static FirstMemberships First(List<Membership> edges, IReadOnlySet<Guid>? admitted)
    {
        edges.Sort((one, other) => one.Id.CompareTo(other.Id));
        return new FirstMemberships(
            [
                .. edges
                    .Take(MostItems)
                    .Where(m => admitted is null || (admitted.Contains(m.GroupId) && admitted.Contains(m.MemberId)))
                    .Select(m => m.ToView()),
            ],
            edges.Count > MostItems ? edges[MostItems - 1].Id.ToString("D") : null
        );
    }

    /// <summary>The first of each record and one more. The ids stand in the inner query too: it numbers no rows of others.</summary>
    private static async Task<List<(Guid Of, Membership Edge)>> FirstAsync(
        RegistryDbContext db,
        List<Guid> ids,
        IQueryable<Membership> open,
        bool isGroup,
        CancellationToken cancellationToken
    )
    {
        if (ids.Count == 0)
        {
            return [];
        }

        var ofThese = isGroup ? open.Where(m => ids.Contains(m.GroupId)) : open.Where(m => ids.Contains(m.MemberId));
        var owners = db.Registrants.Where(r => ids.Contains(r.Id));
        var rows = isGroup
            ? owners.SelectMany(r => ofThese.Where(m => m.GroupId == r.Id).OrderBy(m => m.Id).Take(MostItems + 1))
            : owners.SelectMany(r => ofThese.Where(m => m.MemberId == r.Id).OrderBy(m => m.Id).Take(MostItems + 1));
        var edges = await rows.ToListAsync(cancellationToken);
        return edges.ConvertAll(m => (isGroup ? m.GroupId : m.MemberId, m));
    }

    private static List<Guid> Ids(IReadOnlyList<OpenRecord> records, string kind) =>
        [.. records.Where(r => r.Row.Kind == kind).Select(r => r.Row.Id)];
}
