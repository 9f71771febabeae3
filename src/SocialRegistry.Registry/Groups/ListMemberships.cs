using Microsoft.EntityFrameworkCore;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Consents;
using SocialRegistry.Registry.Disclosures;
using SocialRegistry.Registry.Fields;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;
using SocialRegistry.Registry.Search;

namespace SocialRegistry.Registry.Groups;

/// <summary>Memberships of a group or of a person: the open ones, those of a day, or all. Pages by keyset.</summary>
internal sealed class ListMemberships(
    IDbContextFactory<RegistryDbContext> contexts,
    FieldCatalogue catalogue,
    RowRules rules,
    ConsentGate consents,
    DisclosureLog disclosures
)
{
    private const int MostItems = 500;

    public async Task<Outcome<Page<MembershipView>>> HandleAsync(
        RegistrantId id,
        MembershipQuery query,
        PageRequest page,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var gate = ReadGate.Open(caller, Permissions.ReadRegistrants, null, catalogue.Current);
        if (!gate.Succeeded)
        {
            return gate.Problem;
        }

        if (!gate.Value.ShowsMemberships)
        {
            return GroupProblems.NotForCaller;
        }

        if ((query.All && query.At is not null) || !ValueLimits.IsPlausible(query.At))
        {
            return GroupProblems.PeriodQuery;
        }

        Guid? after = null;
        if (page.Size is < 1 or > MostItems || !TryParse(page.After, out after))
        {
            return RegistrantProblems.BadPage;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var known = await rules.RowsAsync(db, [id.Value], caller, cancellationToken);
        var kind = await known
            .Where(r => r.Status != RegistrantStatuses.Archived)
            .Select(r => r.Kind)
            .SingleOrDefaultAsync(cancellationToken);
        if (kind is null)
        {
            return RegistrantProblems.NotFound;
        }

        var of = (await consents.LoadAsync(db, [id.Value], caller, cancellationToken)).Gate(gate.Value, id.Value);
        if (!of.ShowsMemberships)
        {
            return new Page<MembershipView>([], null);
        }

        var rows = await Wanted(db, id.Value, kind, query, after).Take(page.Size + 1).ToListAsync(cancellationToken);
        var items = await AdmittedAsync(db, id.Value, rows.Take(page.Size).ToList(), caller, cancellationToken);
        // A membership says something of both its ends.
        await disclosures.WriteAsync(
            [
                .. items
                    .Select(m => kind == RegistrantKinds.Group ? m.MemberId : m.GroupId)
                    .Distinct()
                    .Prepend(id.Value)
                    .Select(shown => disclosures.Row(of, shown, ["memberships"])),
            ],
            cancellationToken
        );
        return new Page<MembershipView>(
            [.. items.Select(m => m.ToView())],
            rows.Count > page.Size ? rows[page.Size - 1].Id.ToString("D") : null
        );
    }

    /// <summary>Those whose other end the caller may know of; a person may know who is in her groups.</summary>
    private async Task<List<Membership>> AdmittedAsync(
        RegistryDbContext db,
        Guid of,
        List<Membership> items,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        if (caller.Rows.IsAll)
        {
            return items;
        }

        Guid Other(Membership m) => m.GroupId == of ? m.MemberId : m.GroupId;
        var known = await rules.AdmittedAsync(db, [.. items.Select(Other).Distinct()], caller, cancellationToken);
        return items.FindAll(m => known.Contains(Other(m)));
    }

    private static IQueryable<Membership> Wanted(
        RegistryDbContext db,
        Guid id,
        string kind,
        MembershipQuery query,
        Guid? after
    )
    {
        var registrants = db.Registrants;
        var rows =
            kind == RegistrantKinds.Group
                ? db
                    .Memberships.AsNoTracking()
                    .Where(m => m.GroupId == id)
                    .Where(m => !registrants.Any(r => r.Id == m.MemberId && r.Status == RegistrantStatuses.Archived))
                : db
                    .Memberships.AsNoTracking()
                    .Where(m => m.MemberId == id)
                    .Where(m => !registrants.Any(r => r.Id == m.GroupId && r.Status == RegistrantStatuses.Archived));
        if (query.At is { } day)
        {
            rows = rows.Where(m =>
                (m.StartedOn == null || m.StartedOn <= day) && (m.EndedOn == null || m.EndedOn > day)
            );
        }
        else if (!query.All)
        {
            rows = rows.Where(m => m.EndedOn == null);
        }

        if (after is { } last)
        {
            rows = rows.Where(m => m.Id.CompareTo(last) > 0);
        }

        return rows.OrderBy(m => m.Id);
    }

    private static bool TryParse(string? text, out Guid? id)
    {
        id = null;
        if (text is null)
        {
            return true;
        }

        var parsed = Guid.TryParseExact(text, "D", out var value);
        id = value;
        return parsed;
    }
}
