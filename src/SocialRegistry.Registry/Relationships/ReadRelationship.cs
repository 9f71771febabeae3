using Microsoft.EntityFrameworkCore;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Disclosures;
using SocialRegistry.Registry.Fields;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;
using SocialRegistry.Registry.Search;

namespace SocialRegistry.Registry.Relationships;

/// <summary>Shows one couple or one relation by its own id, to who may know of both its ends.</summary>
internal sealed class ReadRelationship(
    IDbContextFactory<RegistryDbContext> contexts,
    FieldCatalogue catalogue,
    RowRules rules,
    DisclosureLog disclosures
)
{
    public async Task<Outcome<SpouseView>> SpousesAsync(Guid id, Caller caller, CancellationToken cancellationToken)
    {
        var gate = RelationshipRights.ToRead(caller, catalogue.Current);
        if (!gate.Succeeded)
        {
            return gate.Problem;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var entry = await db.Spouses.AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, cancellationToken);
        return entry is not null && await ShowsAsync(db, entry.Person1Id, entry.Person2Id, caller, cancellationToken)
            ? entry.ToView()
            : RelationshipProblems.NotFound;
    }

    public async Task<Outcome<RelationView>> RelationAsync(
        RegistrantId registrant,
        Guid id,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var gate = RelationshipRights.ToRead(caller, catalogue.Current);
        if (!gate.Succeeded)
        {
            return gate.Problem;
        }

        var near = registrant.Value;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var entry = await db
            .Relations.AsNoTracking()
            .SingleOrDefaultAsync(r => r.Id == id && (r.FromId == near || r.ToId == near), cancellationToken);
        if (entry is null || !await ShowsAsync(db, entry.FromId, entry.ToId, caller, cancellationToken))
        {
            return RelationshipProblems.NotFound;
        }

        var type = await db.RelationTypes.AsNoTracking().SingleAsync(t => t.Code == entry.Type, cancellationToken);
        return entry.ToView(near, type.Inverse);
    }

    /// <summary>True when the caller may know of both ends, and it is in the log that they are shown.</summary>
    private async Task<bool> ShowsAsync(
        RegistryDbContext db,
        Guid one,
        Guid other,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        Guid[] ends = [one, other];
        // Of a relationship that is not hers a person learns nothing, though she may know who her own relatives are.
        if (
            (caller.Kind == CallerKind.Person && !ends.Contains(caller.Self?.Value ?? Guid.Empty))
            || (await RelationshipReader.GoneAsync(db, ends, rules, caller, cancellationToken)).Count > 0
        )
        {
            return false;
        }

        await disclosures.WriteAsync(
            [.. ends.Select(id => disclosures.Row(caller, id, [RelationshipChanges.Field]))],
            cancellationToken
        );
        return true;
    }
}
