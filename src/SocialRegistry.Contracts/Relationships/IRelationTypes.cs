namespace SocialRegistry.Contracts;

/// <summary>The types of relation beside parents, guardians and spouses, such as caregiver; kept at run time.</summary>
public interface IRelationTypes
{
    /// <summary>All types, retired ones too, by code. Any caller may read them: they hold no personal data.</summary>
    Task<IReadOnlyList<RelationTypeView>> ListAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Creates a type or replaces its description. Symmetry and kinds stay as they are while relations of the type stand.
    /// Permission <c>fields:write</c>.
    /// </summary>
    Task<Outcome<RelationTypeView>> SaveAsync(
        RelationTypeView type,
        Caller caller,
        CancellationToken cancellationToken
    );

    /// <summary>Who changed a type, newest first; pages of 1 to 500. Permission <c>fields:write</c>.</summary>
    Task<Outcome<Page<RelationTypeHistoryView>>> ListHistoryAsync(
        string code,
        PageRequest page,
        Caller caller,
        CancellationToken cancellationToken
    );
}

/// <summary>One type of relation.</summary>
public sealed record RelationTypeView
{
    /// <summary>Lower-case letters and underscores, up to 40; never changes. From the one it is read: <c>caregiver</c> says that she is the other's caregiver.</summary>
    public required string Code { get; init; }

    /// <summary>How the other end names it, such as <c>cared_for_by</c>; absent for a symmetric type.</summary>
    public string? Inverse { get; init; }

    /// <summary>True when both ends name it the same, such as <c>neighbour</c>.</summary>
    public bool IsSymmetric { get; init; }

    /// <summary>Names for people by language (ISO 639-3); <c>eng</c> is required.</summary>
    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    /// <summary>Names of the inverse by language; <c>eng</c> is required when there is an inverse.</summary>
    public IReadOnlyDictionary<string, string> InverseLabels { get; init; } = new Dictionary<string, string>();

    /// <summary>Which kinds of record may stand at the near end (<see cref="RegistrantKinds"/>).</summary>
    public required IReadOnlyList<string> FromKinds { get; init; }

    /// <summary>Which kinds of record may stand at the far end.</summary>
    public required IReadOnlyList<string> ToKinds { get; init; }

    /// <summary>True when no new relation of it is taken; those that stand stay.</summary>
    public bool IsRetired { get; init; }
}

/// <summary>One change of a type of relation.</summary>
/// <param name="Version">1 for the first description, one more with each change.</param>
/// <param name="Operation"><c>created</c>, <c>changed</c>, <c>retired</c> or <c>reopened</c>.</param>
/// <param name="State">The type as it stood after it.</param>
public sealed record RelationTypeHistoryView(
    long Version,
    DateTimeOffset At,
    string By,
    string Channel,
    string Operation,
    RelationTypeView State
);
