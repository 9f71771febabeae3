using Microsoft.EntityFrameworkCore;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Disclosures;
using SocialRegistry.Registry.Fields;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;
using SocialRegistry.Registry.Search;

namespace SocialRegistry.Registry.Groups;

/// <summary>Heads of households where something else than a membership changes: the status or type of the group, the status of a person.</summary>
internal sealed class HouseholdHeads(
    HouseholdRule households,
    RecordStore store,
    RowRules rows,
    FieldCatalogue catalogue,
    DisclosureLog disclosures
)
{
    /// <summary>In answers to a change of status: the household's head lives no longer, or her record is put away.</summary>
    public const string WithoutLivingHead = "groups.without_living_head";

    private const string Memberships = "memberships";

    /// <summary>
    /// The refusal of a group that would stand as an active household with members and without a head. It holds no lock: whoever changes
    /// memberships writes to the group's row too, and of two such writers one begins again.
    /// </summary>
    public async Task<Problem?> RefuseAsync(RegistryDbContext db, OpenRecord group, CancellationToken cancellationToken)
    {
        if (group.Document.Status != RegistrantStatuses.Active || !households.AppliesTo(group))
        {
            return null;
        }

        var id = group.Row.Id;
        var registrants = db.Registrants;
        var open = await db
            .Memberships.AsNoTracking()
            .Where(m => m.GroupId == id && m.EndedOn == null)
            .Where(m =>
                m.IsHead || !registrants.Any(r => r.Id == m.MemberId && r.Status == RegistrantStatuses.Archived)
            )
            .OrderByDescending(m => m.IsHead)
            .Select(m => new { m.IsHead })
            .FirstOrDefaultAsync(cancellationToken);
        return open is { IsHead: false } ? GroupProblems.HeadRequired : null;
    }

    /// <summary>The same of the households of somebody whose record comes back: who was archived counted as nobody.</summary>
    public async Task<Problem?> RefuseReturnAsync(
        RegistryDbContext db,
        OpenRecord person,
        CancellationToken cancellationToken
    )
    {
        var headless = await HouseholdsAsync(db, person.Row.Id, heads: false, cancellationToken);
        return headless.Count > 0 ? GroupProblems.HeadRequired : null;
    }

    /// <summary>
    /// The households, as far as the caller may know of them and of memberships, that are without a living head once this person is dead or
    /// put away; naming them is a disclosure of the same transaction.
    /// </summary>
    public async Task<IReadOnlyList<RegistrantWarning>> WarnAsync(
        RegistryDbContext db,
        OpenRecord person,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var gate = ReadGate.Open(caller, Permissions.ReadRegistrants, null, catalogue.Current);
        if (!gate.Succeeded || !gate.Value.ShowsMemberships)
        {
            return [];
        }

        var led = await HouseholdsAsync(db, person.Row.Id, heads: true, cancellationToken);
        var known = await rows.AdmittedAsync(db, led, caller, cancellationToken);
        var named = led.Where(known.Contains).ToList();
        db.AddRange(named.Select(id => disclosures.Row(caller, id, [Memberships])));
        return [.. named.Select(id => new RegistrantWarning(WithoutLivingHead, new RegistrantId(id)))];
    }

    /// <summary>Active households of a person: those of which she is head, or those that have none.</summary>
    private async Task<List<Guid>> HouseholdsAsync(
        RegistryDbContext db,
        Guid person,
        bool heads,
        CancellationToken cancellationToken
    )
    {
        var memberships = db.Memberships;
        var groups = await store.ReadAsync(
            db,
            db.Registrants.Where(g =>
                g.Status == RegistrantStatuses.Active
                && memberships.Any(m =>
                    m.GroupId == g.Id && m.MemberId == person && m.EndedOn == null && m.IsHead == heads
                )
                && (heads || !memberships.Any(m => m.GroupId == g.Id && m.EndedOn == null && m.IsHead))
            ),
            cancellationToken
        );
        var found = groups.Where(households.AppliesTo).Select(g => g.Row.Id).Order().ToList();
        foreach (var group in groups)
        {
            group.Dispose();
        }

        return found;
    }
}
