using SocialRegistry.Contracts;

namespace SocialRegistry.Registry.Relationships;

/// <summary>Hands the port's calls to their handlers.</summary>
internal sealed class RelationshipsPort(
    ReadRelationships read,
    ReadRelationship one,
    FindRelatives relatives,
    ChangeParents parents,
    ChangeSpouses spouses,
    ChangeRelations relations
) : IRelationships
{
    public Task<Outcome<ParentsView>> GetParentsAsync(
        RegistrantId child,
        Caller caller,
        CancellationToken cancellationToken
    ) =>
        read.OneAsync(
            child,
            view => view.Parents ?? new ParentsView { ChildId = child },
            view => [view.Parent1Id, view.Parent2Id, view.GuardianId],
            caller,
            cancellationToken
        );

    public Task<Outcome<ParentsView>> SetParentsAsync(
        RegistrantId child,
        ParentsChange change,
        Caller caller,
        CancellationToken cancellationToken
    ) => parents.SetAsync(child, change, caller, cancellationToken);

    public Task<Outcome<Done>> RemoveParentsAsync(
        RegistrantId child,
        WriteConditions conditions,
        Caller caller,
        CancellationToken cancellationToken
    ) => parents.RemoveAsync(child, conditions, caller, cancellationToken);

    public Task<Outcome<IReadOnlyList<SpouseView>>> ListSpousesAsync(
        RegistrantId person,
        Caller caller,
        CancellationToken cancellationToken
    ) =>
        read.OneAsync(
            person,
            view => view.Spouses,
            spouses => spouses.SelectMany(s => new RegistrantId?[] { s.Person1Id, s.Person2Id }),
            caller,
            cancellationToken
        );

    public Task<Outcome<SpouseView>> GetSpousesAsync(Guid id, Caller caller, CancellationToken cancellationToken) =>
        one.SpousesAsync(id, caller, cancellationToken);

    public Task<Outcome<SpouseView>> SetSpousesAsync(
        SpouseChange change,
        Caller caller,
        CancellationToken cancellationToken
    ) => spouses.SetAsync(change, caller, cancellationToken);

    public Task<Outcome<Done>> RemoveSpousesAsync(
        Guid id,
        WriteConditions conditions,
        Caller caller,
        CancellationToken cancellationToken
    ) => spouses.RemoveAsync(id, conditions, caller, cancellationToken);

    public Task<Outcome<IReadOnlyList<RelationView>>> ListRelationsAsync(
        RegistrantId registrant,
        Caller caller,
        CancellationToken cancellationToken
    ) =>
        read.OneAsync(
            registrant,
            view => view.Relations,
            relations => relations.Select(r => (RegistrantId?)r.ToId),
            caller,
            cancellationToken
        );

    public Task<Outcome<RelationView>> GetRelationAsync(
        RegistrantId registrant,
        Guid id,
        Caller caller,
        CancellationToken cancellationToken
    ) => one.RelationAsync(registrant, id, caller, cancellationToken);

    public Task<Outcome<RelationView>> AddRelationAsync(
        RegistrantId from,
        NewRelation relation,
        Caller caller,
        CancellationToken cancellationToken
    ) => relations.AddAsync(from, relation, caller, cancellationToken);

    public Task<Outcome<RelationView>> EndRelationAsync(
        RegistrantId registrant,
        Guid id,
        DateOnly endedOn,
        WriteConditions conditions,
        Caller caller,
        CancellationToken cancellationToken
    ) => relations.EndAsync(registrant, id, endedOn, conditions, caller, cancellationToken);

    public Task<Outcome<Done>> RemoveRelationAsync(
        RegistrantId registrant,
        Guid id,
        WriteConditions conditions,
        Caller caller,
        CancellationToken cancellationToken
    ) => relations.RemoveAsync(registrant, id, conditions, caller, cancellationToken);

    public Task<Outcome<RelativesView>> FindRelativesAsync(
        RegistrantId person,
        RelativesQuery query,
        Caller caller,
        CancellationToken cancellationToken
    ) => relatives.HandleAsync(person, query, caller, cancellationToken);

    public Task<Outcome<IReadOnlyList<RelationshipsView?>>> FindAsync(
        IReadOnlyList<RegistrantId> registrants,
        Caller caller,
        CancellationToken cancellationToken
    ) => read.FindAsync(registrants, caller, cancellationToken);

    public Task<Outcome<Page<ParentsView>>> ExportParentsAsync(
        PageRequest page,
        Caller caller,
        CancellationToken cancellationToken
    ) => read.ExportParentsAsync(page, caller, cancellationToken);

    public Task<Outcome<Page<SpouseView>>> ExportSpousesAsync(
        PageRequest page,
        Caller caller,
        CancellationToken cancellationToken
    ) => read.ExportSpousesAsync(page, caller, cancellationToken);

    public Task<Outcome<IReadOnlyList<Outcome<ImportedRelationship>>>> ImportParentsAsync(
        IReadOnlyList<ParentsRow> rows,
        bool dryRun,
        Caller caller,
        CancellationToken cancellationToken
    ) => parents.ImportAsync(rows, dryRun, caller, cancellationToken);

    public Task<Outcome<IReadOnlyList<Outcome<ImportedRelationship>>>> ImportSpousesAsync(
        IReadOnlyList<SpouseRow> rows,
        bool dryRun,
        Caller caller,
        CancellationToken cancellationToken
    ) => spouses.ImportAsync(rows, dryRun, caller, cancellationToken);
}
