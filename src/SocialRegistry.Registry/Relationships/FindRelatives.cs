using Microsoft.EntityFrameworkCore;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Consents;
using SocialRegistry.Registry.Disclosures;
using SocialRegistry.Registry.Fields;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;
using SocialRegistry.Registry.Search;

namespace SocialRegistry.Registry.Relationships;

/// <summary>Answers who is related to a person; everybody on a path is named, so everybody on it is logged.</summary>
internal sealed class FindRelatives(
    IDbContextFactory<RegistryDbContext> contexts,
    FieldCatalogue catalogue,
    RowRules rules,
    ConsentGate consents,
    DisclosureLog disclosures
)
{
    private const int MostRelatives = 1_000;
    private const int MostDepth = 10;

    public async Task<Outcome<RelativesView>> HandleAsync(
        RegistrantId person,
        RelativesQuery query,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var gate = RelationshipRights.ToRead(caller, catalogue.Current);
        if ((gate.Problem ?? Check(query)) is { } problem)
        {
            return problem;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var known = await rules.RowsAsync(db, [person.Value], caller, cancellationToken);
        if (!await known.AnyAsync(r => r.Status != RegistrantStatuses.Archived, cancellationToken))
        {
            return RegistrantProblems.NotFound;
        }

        var covers = await consents.LoadAsync(db, [person.Value], caller, cancellationToken);
        if (!covers.Gate(gate.Require(), person.Value).ShowsRelationships)
        {
            return RelationshipProblems.NotInScope;
        }

        var graph = new KinGraph(db, rules, caller, cancellationToken);
        var all = await new Kinship(graph, person.Value, query).FindAsync();
        var items = all.Take(MostRelatives).ToList();
        var named = items.SelectMany(i => i.Path).Select(s => s.Id.Value).Append(person.Value).Distinct();
        await disclosures.WriteAsync(
            [.. named.Select(id => disclosures.Row(caller, id, [RelationshipChanges.Field], covers.Reference(id)))],
            cancellationToken
        );
        return new RelativesView(items, graph.Truncated || all.Count > MostRelatives);
    }

    private static Problem? Check(RelativesQuery query)
    {
        if (query.Depth is < 1 or > MostDepth)
        {
            return RelationshipProblems.DepthOutOfRange;
        }

        foreach (var (index, kind) in query.Kinds.Index())
        {
            if (!RelativeKinds.All.Contains(kind))
            {
                return RelationshipProblems.KindUnknown(index);
            }
        }

        return null;
    }
}
