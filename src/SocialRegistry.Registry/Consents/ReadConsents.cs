using Microsoft.EntityFrameworkCore;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Disclosures;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;
using SocialRegistry.Registry.Search;

namespace SocialRegistry.Registry.Consents;

/// <summary>Shows consents; each showing is logged like any other.</summary>
internal sealed class ReadConsents(
    IDbContextFactory<RegistryDbContext> contexts,
    RowRules rules,
    DisclosureLog disclosures,
    TimeProvider time
)
{
    public const string Field = "consents";

    public const int Most = 200;

    public async Task<Outcome<IReadOnlyList<ConsentView>>> HandleAsync(
        RegistrantId registrant,
        Guid? id,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        if (!caller.May(Permissions.ReadConsents))
        {
            return RegistrantProblems.NotAllowed(Permissions.ReadConsents);
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var known = await rules.RowsAsync(db, [registrant.Value], caller, cancellationToken);
        if (!await known.AnyAsync(r => r.Status != RegistrantStatuses.Archived, cancellationToken))
        {
            return RegistrantProblems.NotFound;
        }

        var rows = await db
            .Consents.AsNoTracking()
            .Where(c => c.RegistrantId == registrant.Value && (id == null || c.Id == id))
            .OrderByDescending(c => c.Id)
            .Take(Most)
            .ToListAsync(cancellationToken);
        var now = time.GetUtcNow();
        var views = rows.Select(c => c.ToView(now))
            .Where(c => caller.Kind != CallerKind.Partner || c.Terms.Recipients.Contains(caller.Id))
            .ToList();
        await disclosures.WriteAsync([disclosures.Row(caller, registrant.Value, [Field])], cancellationToken);
        return Outcome.Of<IReadOnlyList<ConsentView>>(views);
    }
}
