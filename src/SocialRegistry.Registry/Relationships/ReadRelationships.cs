using Microsoft.EntityFrameworkCore;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Consents;
using SocialRegistry.Registry.Disclosures;
using SocialRegistry.Registry.Fields;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;
using SocialRegistry.Registry.Search;

namespace SocialRegistry.Registry.Relationships;

/// <summary>Shows recorded relationships of one, of many, and whole tables page by page; everybody named is logged before the answer leaves.</summary>
internal sealed class ReadRelationships(
    IDbContextFactory<RegistryDbContext> contexts,
    FieldCatalogue catalogue,
    RowRules rules,
    ConsentGate consents,
    DisclosureLog disclosures
)
{
    private const int MostRegistrants = 1_000;
    private const int MostItems = 500;

    /// <summary>One part of one registrant's relationships.</summary>
    public async Task<Outcome<T>> OneAsync<T>(
        RegistrantId id,
        Func<RelationshipsView, T> part,
        Func<T, IEnumerable<RegistrantId?>> named,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var gate = RelationshipRights.ToRead(caller, catalogue.Current);
        if (!gate.Succeeded)
        {
            return gate.Problem;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if ((await StandingAsync(db, [id.Value], caller, cancellationToken)).Count == 0)
        {
            return RegistrantProblems.NotFound;
        }

        var covers = await consents.LoadAsync(db, [id.Value], caller, cancellationToken);
        if (!covers.Gate(gate.Value, id.Value).ShowsRelationships)
        {
            return RelationshipProblems.NotInScope;
        }

        var shown = part(
            (await RelationshipReader.LoadAsync(db, [id.Value], rules, caller, cancellationToken))[id.Value]
        );
        await LogAsync(
            caller,
            named(shown).OfType<RegistrantId>().Select(n => n.Value).Append(id.Value),
            cancellationToken,
            covers
        );
        return shown;
    }

    public async Task<Outcome<IReadOnlyList<RelationshipsView?>>> FindAsync(
        IReadOnlyList<RegistrantId> registrants,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var gate = RelationshipRights.ToRead(caller, catalogue.Current);
        if (!gate.Succeeded)
        {
            return gate.Problem;
        }

        if (registrants.Count > MostRegistrants)
        {
            return RelationshipProblems.TooMany(MostRegistrants);
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var asked = registrants.Select(r => r.Value).Distinct().ToList();
        var covers = await consents.LoadAsync(db, asked, caller, cancellationToken);
        var standing = await StandingAsync(db, asked, caller, cancellationToken);
        standing.RemoveAll(id => !covers.Gate(gate.Value, id).ShowsRelationships);
        var views =
            standing.Count == 0
                ? []
                : await RelationshipReader.LoadAsync(db, standing, rules, caller, cancellationToken);
        var named = views.Values.SelectMany(RelationshipReader.NamedIn).Concat(standing);
        await LogAsync(caller, named, cancellationToken, covers);
        return Outcome.Of<IReadOnlyList<RelationshipsView?>>([
            .. registrants.Select(r => views.GetValueOrDefault(r.Value)),
        ]);
    }

    public async Task<Outcome<Page<ParentsView>>> ExportParentsAsync(
        PageRequest page,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var begin = Begin(page, caller);
        if (!begin.Succeeded)
        {
            return begin.Problem;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var after = begin.Value;
        var rows = await db
            .Parents.AsNoTracking()
            .Where(p => p.ChildId.CompareTo(after) > 0)
            .OrderBy(p => p.ChildId)
            .Take(page.Size + 1)
            .ToListAsync(cancellationToken);
        var named = rows.Take(page.Size).SelectMany(p => p.State.Named.Append(p.ChildId)).Distinct().ToList();
        var gone = await RelationshipReader.GoneAsync(db, named, rules, caller, cancellationToken);
        var items = rows.Take(page.Size)
            .Where(p => !gone.Contains(p.ChildId))
            .Select(p => RelationshipReader.Show(p, gone))
            .OfType<ParentsView>()
            .ToList();
        var shown = items.SelectMany(i => new[] { i.ChildId, i.Parent1Id, i.Parent2Id, i.GuardianId });
        await LogAsync(caller, shown.OfType<RegistrantId>().Select(i => i.Value), cancellationToken);
        return new Page<ParentsView>(items, Next(rows, page, p => p.ChildId));
    }

    public async Task<Outcome<Page<SpouseView>>> ExportSpousesAsync(
        PageRequest page,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var begin = Begin(page, caller);
        if (!begin.Succeeded)
        {
            return begin.Problem;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var after = begin.Value;
        var rows = await db
            .Spouses.AsNoTracking()
            .Where(s => s.Id.CompareTo(after) > 0)
            .OrderBy(s => s.Id)
            .Take(page.Size + 1)
            .ToListAsync(cancellationToken);
        var named = rows.Take(page.Size).SelectMany(s => new[] { s.Person1Id, s.Person2Id }).Distinct().ToList();
        var gone = await RelationshipReader.GoneAsync(db, named, rules, caller, cancellationToken);
        var items = rows.Take(page.Size)
            .Where(s => !gone.Contains(s.Person1Id) && !gone.Contains(s.Person2Id))
            .Select(s => s.ToView())
            .ToList();
        await LogAsync(
            caller,
            items.SelectMany(i => new[] { i.Person1Id.Value, i.Person2Id.Value }),
            cancellationToken
        );
        return new Page<SpouseView>(items, Next(rows, page, s => s.Id));
    }

    private Task LogAsync(
        Caller caller,
        IEnumerable<Guid> named,
        CancellationToken cancellationToken,
        ConsentCovers? covers = null
    ) =>
        disclosures.WriteAsync(
            [
                .. named
                    .Distinct()
                    .Select(id => disclosures.Row(caller, id, [RelationshipChanges.Field], covers?.Reference(id))),
            ],
            cancellationToken
        );

    private static Outcome<Guid> Begin(PageRequest page, Caller caller)
    {
        if (RelationshipRights.ToExport(caller) is { } refusal)
        {
            return refusal;
        }

        var after = Guid.Empty;
        return page.Size is < 1 or > MostItems || (page.After is { } text && !Guid.TryParseExact(text, "N", out after))
            ? RegistrantProblems.BadPage
            : after;
    }

    private static string? Next<T>(List<T> rows, PageRequest page, Func<T, Guid> key) =>
        rows.Count > page.Size ? key(rows[page.Size - 1]).ToString("N") : null;

    /// <summary>Those of the records that are there and not archived.</summary>
    private async Task<List<Guid>> StandingAsync(
        RegistryDbContext db,
        IReadOnlyCollection<Guid> ids,
        Caller caller,
        CancellationToken cancellationToken
    ) =>
        ids.Count == 0
            ? []
            : await (await rules.RowsAsync(db, ids, caller, cancellationToken))
                .Where(r => r.Status != RegistrantStatuses.Archived)
                .Select(r => r.Id)
                .ToListAsync(cancellationToken);
}
