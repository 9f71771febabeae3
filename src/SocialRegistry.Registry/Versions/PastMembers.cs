using Microsoft.EntityFrameworkCore;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Consents;
using SocialRegistry.Registry.Disclosures;
using SocialRegistry.Registry.Fields;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;
using SocialRegistry.Registry.Search;

namespace SocialRegistry.Registry.Versions;

/// <summary>The members of a group at a moment, each as its own record stood then.</summary>
internal sealed class PastMembers(
    IDbContextFactory<RegistryDbContext> contexts,
    RecordStore store,
    PastRecord past,
    PastViews views,
    RowRules rules,
    FieldCatalogue catalogue,
    ConsentGate consents,
    DisclosureLog disclosures,
    TimeProvider time
)
{
    private const int MostItems = 100;

    public async Task<Outcome<Page<RegistrantView>>> HandleAsync(
        RegistrantId group,
        ReadOptions options,
        PageRequest page,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        if (!caller.May(Permissions.ReadVersions))
        {
            return RegistrantProblems.NotAllowed(Permissions.ReadVersions);
        }

        var gate = ReadGate.Open(caller, options, catalogue.Current);
        if (!gate.Succeeded)
        {
            return gate.Problem;
        }

        if (!gate.Value.ShowsMemberships)
        {
            return Groups.GroupProblems.NotForCaller;
        }

        var point = PastPoint.From(options, time);
        if (!point.Succeeded)
        {
            return point.Problem;
        }

        var after = Guid.Empty;
        if (page.Size is < 1 or > MostItems || (page.After is { } text && !Guid.TryParseExact(text, "D", out after)))
        {
            return VersionProblems.PageOfMembers;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        using var record = await store.ReadAsync(db, group.Value, caller, cancellationToken);
        if (record?.Row.IsErased == true)
        {
            return RegistrantProblems.Erased;
        }

        if (record is null || (record.Row.IsArchived && !PastRecord.SeesArchived(caller)))
        {
            return RegistrantProblems.NotFound;
        }

        if (record.Row.Kind != RegistrantKinds.Group)
        {
            return VersionProblems.NotAGroup;
        }

        if (!(await consents.OfAsync(db, gate.Value, group.Value, cancellationToken)).ShowsMemberships)
        {
            return new Page<RegistrantView>([], null);
        }

        var found = options.IsPast
            ? await past.FindAsync(db, record, point.Value, cancellationToken)
            : (await past.ReadAsync(db, record, record.Row.Version, cancellationToken))!;
        if (!found.Succeeded)
        {
            return found.Problem;
        }

        using var then = found.Value;
        var edges = await PastMemberships.LoadAsync(db, then, rules, caller, cancellationToken);
        return await ShowAsync(db, then, edges, options, page.Size, after, gate.Value, cancellationToken);
    }

    private async Task<Outcome<Page<RegistrantView>>> ShowAsync(
        RegistryDbContext db,
        VersionThen group,
        List<MembershipView> edges,
        ReadOptions options,
        int size,
        Guid after,
        ReadGate gate,
        CancellationToken cancellationToken
    )
    {
        // In the order in which version-7 ids were made, the same on both databases.
        var byMember = edges.ToLookup(e => e.MemberId.Value);
        var ids = byMember.Select(m => m.Key).Where(id => id.CompareTo(after) > 0).Order().Take(size + 1).ToList();
        var onPage = ids.Take(size).ToList();
        var records = await store.ReadAsync(db, db.Registrants.Where(r => onPage.Contains(r.Id)), cancellationToken);
        var items = new List<RegistrantView>();
        var log = new List<Disclosure>
        {
            disclosures.Row(gate.Caller, group.Record.Row.Id, ["memberships", PastViews.Mark(group)]),
        };
        try
        {
            // Of who was erased since, the edge is all that is left.
            foreach (var member in records.Where(r => !r.Row.IsErased).OrderBy(r => r.Row.Id))
            {
                var found = await past.FindAsync(db, member, Moment(group), cancellationToken);
                if (!found.Succeeded)
                {
                    // Nothing is recorded of her life before her own record begins.
                    continue;
                }

                using var then = found.Value;
                var asked = options with { Memberships = false };
                var (view, row) = await views.ViewAsync(db, then, asked, gate, ["memberships"], cancellationToken);
                items.Add(view with { Memberships = [.. byMember[member.Row.Id]] });
                log.Add(row);
            }
        }
        finally
        {
            foreach (var record in records)
            {
                record.Dispose();
            }
        }

        await disclosures.WriteAsync(log, cancellationToken);
        return new Page<RegistrantView>(items, ids.Count > size ? onPage[^1].ToString("D") : null);
    }

    /// <summary>The group's moment, for its members: they have version numbers of their own.</summary>
    private PastPoint Moment(VersionThen group) =>
        new() { AsOf = group.Until ?? (group.Day is null ? time.GetUtcNow().AddYears(1) : null), Day = group.Day };
}
