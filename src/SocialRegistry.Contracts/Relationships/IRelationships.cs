namespace SocialRegistry.Contracts;

/// <summary>
/// Who is whose parent, guardian, spouse or otherwise related, and who follows from that as sibling, aunt or in-law. Reading needs
/// <c>registrants:read</c>, changing <c>registrants:write</c>, and both the word <c>relationships</c> (or DCI's <c>related_person</c>)
/// in the caller's scope: relationships name other people. Everybody named is a logged disclosure. A person reads her own only.
/// </summary>
public interface IRelationships
{
    /// <summary>The parents and the guardian of a person; <see cref="ParentsView.Revision"/> is 0 when nothing was ever recorded.</summary>
    Task<Outcome<ParentsView>> GetParentsAsync(RegistrantId child, Caller caller, CancellationToken cancellationToken);

    /// <summary>Replaces the parents and the guardian of a person.</summary>
    Task<Outcome<ParentsView>> SetParentsAsync(
        RegistrantId child,
        ParentsChange change,
        Caller caller,
        CancellationToken cancellationToken
    );

    /// <summary>Takes parents and guardian of a person away; the change log keeps them.</summary>
    Task<Outcome<Done>> RemoveParentsAsync(
        RegistrantId child,
        WriteConditions conditions,
        Caller caller,
        CancellationToken cancellationToken
    );

    /// <summary>The couples a person is or was part of, the oldest record first; at most 200.</summary>
    Task<Outcome<IReadOnlyList<SpouseView>>> ListSpousesAsync(
        RegistrantId person,
        Caller caller,
        CancellationToken cancellationToken
    );

    /// <summary>One couple that the caller may know of.</summary>
    Task<Outcome<SpouseView>> GetSpousesAsync(Guid id, Caller caller, CancellationToken cancellationToken);

    /// <summary>
    /// Creates a couple or changes it. Found again by both persons and <see cref="SpouseChange.MarriedOn"/>; when none has that date,
    /// the couple's open record without a date takes it.
    /// </summary>
    Task<Outcome<SpouseView>> SetSpousesAsync(SpouseChange change, Caller caller, CancellationToken cancellationToken);

    /// <summary>Takes away a couple that was entered in error; the change log of both keeps it.</summary>
    Task<Outcome<Done>> RemoveSpousesAsync(
        Guid id,
        WriteConditions conditions,
        Caller caller,
        CancellationToken cancellationToken
    );

    /// <summary>The configured relations of a person or group, seen from her side; at most 200.</summary>
    Task<Outcome<IReadOnlyList<RelationView>>> ListRelationsAsync(
        RegistrantId registrant,
        Caller caller,
        CancellationToken cancellationToken
    );

    /// <summary>One relation, seen from one of its ends.</summary>
    Task<Outcome<RelationView>> GetRelationAsync(
        RegistrantId registrant,
        Guid id,
        Caller caller,
        CancellationToken cancellationToken
    );

    /// <summary>Adds a relation of a configured type (<see cref="IRelationTypes"/>) or its inverse.</summary>
    Task<Outcome<RelationView>> AddRelationAsync(
        RegistrantId from,
        NewRelation relation,
        Caller caller,
        CancellationToken cancellationToken
    );

    /// <summary>Says until when a relation held.</summary>
    Task<Outcome<RelationView>> EndRelationAsync(
        RegistrantId registrant,
        Guid id,
        DateOnly endedOn,
        WriteConditions conditions,
        Caller caller,
        CancellationToken cancellationToken
    );

    /// <summary>Takes away a relation that was entered in error; the change log of both keeps it.</summary>
    Task<Outcome<Done>> RemoveRelationAsync(
        RegistrantId registrant,
        Guid id,
        WriteConditions conditions,
        Caller caller,
        CancellationToken cancellationToken
    );

    /// <summary>Who is related to a person, as it follows from parents, guardians and spouses; at most 1,000.</summary>
    Task<Outcome<RelativesView>> FindRelativesAsync(
        RegistrantId person,
        RelativesQuery query,
        Caller caller,
        CancellationToken cancellationToken
    );

    /// <summary>
    /// The relationships of many, in the order asked, <c>null</c> where there is no such record or none for this caller. At most 1,000 a call.
    /// </summary>
    Task<Outcome<IReadOnlyList<RelationshipsView?>>> FindAsync(
        IReadOnlyList<RegistrantId> registrants,
        Caller caller,
        CancellationToken cancellationToken
    );

    /// <summary>One page of all parents, for export. Permission <c>exports:run</c>.</summary>
    Task<Outcome<Page<ParentsView>>> ExportParentsAsync(
        PageRequest page,
        Caller caller,
        CancellationToken cancellationToken
    );

    /// <summary>One page of all couples, for export. Permission <c>exports:run</c>.</summary>
    Task<Outcome<Page<SpouseView>>> ExportSpousesAsync(
        PageRequest page,
        Caller caller,
        CancellationToken cancellationToken
    );

    /// <summary>
    /// Brings parents in. What a row leaves out stays as it is; the same rows again change nothing. One outcome per row, in order; a bad
    /// row never stops the others. At most 1,000 rows a call. Permission <c>imports:run</c>.
    /// </summary>
    Task<Outcome<IReadOnlyList<Outcome<ImportedRelationship>>>> ImportParentsAsync(
        IReadOnlyList<ParentsRow> rows,
        bool dryRun,
        Caller caller,
        CancellationToken cancellationToken
    );

    /// <summary>Brings couples in, on the same terms as <see cref="ImportParentsAsync"/>.</summary>
    Task<Outcome<IReadOnlyList<Outcome<ImportedRelationship>>>> ImportSpousesAsync(
        IReadOnlyList<SpouseRow> rows,
        bool dryRun,
        Caller caller,
        CancellationToken cancellationToken
    );
}
