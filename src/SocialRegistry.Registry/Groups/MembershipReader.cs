using Microsoft.EntityFrameworkCore;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;
using SocialRegistry.Registry.Search;

namespace SocialRegistry.Registry.Groups;

/// <summary>The open memberships of records: of an individual her groups, of a group its members.</summary>
internal static class MembershipReader
{
    /// <summary>Memberships by record id, in one round trip; records on the other end that are archived or not for the caller are left out.</summary>
    public static async Task<ILookup<Guid, MembershipView>> LoadAsync(
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
        var found = await db
            .Memberships.AsNoTracking()
            .Where(m => m.EndedOn == null && (groups.Contains(m.GroupId) || members.Contains(m.MemberId)))
            .Where(m =>
                !registrants.Any(r =>
                    (r.Id == m.GroupId || r.Id == m.MemberId) && r.Status == RegistrantStatuses.Archived
                )
            )
            .OrderBy(m => m.Id)
            .ToListAsync(cancellationToken);
        if (!caller.Rows.IsAll)
        {
            var ends = found.SelectMany(m => new[] { m.GroupId, m.MemberId }).Distinct().ToList();
            var admitted = await rules.AdmittedAsync(db, ends, caller, cancellationToken);
            found.RemoveAll(m => !admitted.Contains(m.GroupId) || !admitted.Contains(m.MemberId));
        }

        var groupSet = groups.ToHashSet();
        var memberSet = members.ToHashSet();
        return found
            .SelectMany(m =>
                new[] { m.GroupId, m.MemberId }
                    .Where(id => groupSet.Contains(id) || memberSet.Contains(id))
                    .Select(id => (Id: id, View: m.ToView()))
            )
            .ToLookup(m => m.Id, m => m.View);
    }

    private static List<Guid> Ids(IReadOnlyList<OpenRecord> records, string kind) =>
        [.. records.Where(r => r.Row.Kind == kind).Select(r => r.Row.Id)];
}
