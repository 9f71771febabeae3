using Microsoft.EntityFrameworkCore;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Disclosures;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;
using SocialRegistry.Registry.Versions;

namespace SocialRegistry.Registry.Consents;

/// <summary>Shows consents; each showing is logged like any other.</summary>
internal sealed class ReadConsents(
    IDbContextFactory<RegistryDbContext> contexts,
    RecordStore store,
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
        using var record = await store.ReadAsync(db, registrant.Value, caller, cancellationToken);
        if (record is null || record.Row.IsArchived)
        {
            return record?.Row.IsErased == true ? RegistrantProblems.Erased : RegistrantProblems.NotFound;
        }

        var rows = await db
            .Consents.AsNoTracking()
            .Where(c => c.RegistrantId == registrant.Value && (id == null || c.Id == id))
            .OrderByDescending(c => c.Id)
            .Take(Most)
            .ToListAsync(cancellationToken);
        var now = time.GetUtcNow();
        using var ciphers = await EpochCiphers.LoadAsync(
            db,
            store,
            record,
            rows.Select(r => r.Epoch),
            cancellationToken
        );
        var views = rows.Select(c => c.ToView(ciphers.Of(c.Epoch), now))
            .Where(c => caller.Kind != CallerKind.Partner || c.Terms.Recipients.Contains(caller.Id))
            .ToList();
        await disclosures.WriteAsync([disclosures.Row(caller, registrant.Value, [Field])], cancellationToken);
        return Outcome.Of<IReadOnlyList<ConsentView>>(views);
    }
}
