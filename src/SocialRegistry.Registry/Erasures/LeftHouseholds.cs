using Microsoft.EntityFrameworkCore;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Disclosures;
using SocialRegistry.Registry.Groups;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;
using SocialRegistry.Registry.Search;

namespace SocialRegistry.Registry.Erasures;

/// <summary>
/// Households whose head was erased. No call of <see cref="IGroups"/> leaves one without a head; an erasure does not wait for the next
/// head to be found, so those that lack one are named until they have it.
/// </summary>
internal sealed class LeftHouseholds(
    RecordStore store,
    RowRules rules,
    HouseholdRule households,
    DisclosureLog disclosures
)
{
    private const int Most = 100;

    /// <summary>The view of a tombstone with the households that lack a head; naming them is a showing of them.</summary>
    public async Task<ErasureView> TellAsync(
        RegistryDbContext db,
        ErasureView view,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        if (view.State != ErasureStates.Erased)
        {
            return view;
        }

        var (member, memberships, registrants) = (view.RegistrantId.Value, db.Memberships, db.Registrants);
        var ids = await memberships
            .Where(m => m.MemberId == member && m.IsHead && m.EndedOn != null)
            .Where(m => !memberships.Any(o => o.GroupId == m.GroupId && o.IsHead && o.EndedOn == null))
            .Where(m =>
                memberships.Any(o =>
                    o.GroupId == m.GroupId
                    && o.EndedOn == null
                    && !registrants.Any(r => r.Id == o.MemberId && r.Status == RegistrantStatuses.Archived)
                )
            )
            .Select(m => m.GroupId)
            .Distinct()
            .OrderBy(id => id)
            .Take(Most)
            .ToListAsync(cancellationToken);
        if (ids.Count == 0)
        {
            return view;
        }

        var left = new List<RegistrantId>();
        var known = await rules.RowsAsync(db, ids, caller, cancellationToken);
        foreach (var group in await store.ReadAsync(db, known, cancellationToken))
        {
            using (group)
            {
                if (households.IsBroken(group, hadHead: true, hasHead: false, hasMembers: true))
                {
                    left.Add(new RegistrantId(group.Row.Id));
                }
            }
        }

        await disclosures.WriteAsync(
            [.. left.Select(id => disclosures.Row(caller, id.Value, [LookedAt.Memberships]))],
            cancellationToken
        );
        return view with { HouseholdsWithoutHead = [.. left.OrderBy(id => id.Value)] };
    }
}
