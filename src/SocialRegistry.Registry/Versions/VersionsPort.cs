using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Disclosures;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;

namespace SocialRegistry.Registry.Versions;

/// <summary>The port: the history of a record, and who was shown it. Pages by keyset.</summary>
internal sealed class VersionsPort(
    ListVersions list,
    ListChanges changes,
    CompareVersions compare,
    PastMembers members,
    IDbContextFactory<RegistryDbContext> contexts,
    RecordStore store
) : IVersions
{
    private const int MostItems = 500;

    public Task<Outcome<Page<VersionView>>> ListAsync(
        RegistrantId id,
        HistoryFilter filter,
        PageRequest page,
        Caller caller,
        CancellationToken cancellationToken
    ) => list.HandleAsync(id, filter, page, caller, cancellationToken);

    public Task<Outcome<Page<ChangeView>>> ChangesAsync(
        RegistrantId id,
        HistoryFilter filter,
        PageRequest page,
        Caller caller,
        CancellationToken cancellationToken
    ) => changes.HandleAsync(id, filter, page, caller, cancellationToken);

    public Task<Outcome<VersionDifference>> CompareAsync(
        RegistrantId id,
        VersionPoint from,
        VersionPoint to,
        Caller caller,
        CancellationToken cancellationToken
    ) => compare.HandleAsync(id, from, to, caller, cancellationToken);

    public Task<Outcome<Page<RegistrantView>>> MembersAsync(
        RegistrantId group,
        ReadOptions options,
        PageRequest page,
        Caller caller,
        CancellationToken cancellationToken
    ) => members.HandleAsync(group, options, page, caller, cancellationToken);

    public async Task<Outcome<Page<DisclosureView>>> DisclosuresAsync(
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
        var items = rows.Take(page.Size)
            .Select(d => new DisclosureView(
                d.At,
                d.ShownTo,
                d.Channel,
                d.Purpose,
                d.LegalGround,
                JsonSerializer.Deserialize<List<string>>(d.Fields)!
            ))
            .ToList();
        return new Page<DisclosureView>(items, rows.Count > page.Size ? rows[page.Size - 1].Id.ToString("N") : null);
    }
}
