using Microsoft.EntityFrameworkCore;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;

namespace SocialRegistry.Registry.Disclosures;

/// <summary>To whom a record was shown, newest first. Looking is itself a showing: it tells which fields there are, and who asks after whom.</summary>
internal sealed class ReadDisclosures(
    IDbContextFactory<RegistryDbContext> contexts,
    RecordStore store,
    DisclosureLog disclosures
)
{
    /// <summary>What a look at the log itself is logged as.</summary>
    public const string Field = "disclosures";

    private const int MostItems = 500;

    public async Task<Outcome<Page<DisclosureView>>> HandleAsync(
        RegistrantId id,
        PageRequest page,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        if (caller.Kind != CallerKind.Person && !caller.May(Permissions.ReadDisclosures))
        {
            return RegistrantProblems.NotAllowed(Permissions.ReadDisclosures);
        }

        Guid? before = null;
        if (page.After is { } after)
        {
            if (!Guid.TryParseExact(after, "N", out var parsed))
            {
                return RegistrantProblems.BadPage;
            }

            before = parsed;
        }

        if (page.Size is < 1 or > MostItems)
        {
            return RegistrantProblems.BadPage;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (!await store.ExistsAsync(db, id.Value, caller, cancellationToken))
        {
            return RegistrantProblems.NotFound;
        }

        // A partner that may not see every field sees its own accesses, not those of others.
        var own = caller.Kind == CallerKind.Partner && !caller.Fields.IsAll ? caller.Id : null;
        var rows = await db
            .Disclosures.AsNoTracking()
            .Where(d => d.RegistrantId == id.Value && (before == null || d.Id.CompareTo(before.Value) < 0))
            .Where(d => own == null || d.ShownTo == own)
            .OrderByDescending(d => d.Id)
            .Take(page.Size + 1)
            .ToListAsync(cancellationToken);
        await disclosures.WriteAsync([disclosures.Row(caller, id.Value, [Field])], cancellationToken);
        return new Page<DisclosureView>(
            [.. rows.Take(page.Size).Select(d => d.ToView())],
            rows.Count > page.Size ? rows[page.Size - 1].Id.ToString("N") : null
        );
    }
}
