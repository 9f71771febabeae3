namespace SocialRegistry.Contracts;

/// <summary>One row of the seed's table of spouses: two persons, married or not.</summary>
public sealed record SpouseView
{
    /// <summary>Names the row; a UUID.</summary>
    public required Guid Id { get; init; }

    /// <summary>The two persons as they were entered, in that order.</summary>
    public required RegistrantId Person1Id { get; init; }

    public required RegistrantId Person2Id { get; init; }

    /// <summary>False for a couple that is not married.</summary>
    public bool IsMarried { get; init; }

    public DateOnly? MarriedOn { get; init; }

    /// <summary>On the wire <c>IsSeperated</c>, as the seed spells it.</summary>
    public bool IsSeparated { get; init; }

    /// <summary>On the wire <c>SeperatedOn</c>.</summary>
    public DateOnly? SeparatedOn { get; init; }

    /// <summary>When this state was stored (UTC).</summary>
    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>1 for the first state, one more with each change: the <c>ETag</c> of the row.</summary>
    public long Revision { get; init; }

    /// <summary>Only in the answer to a change: codes of rules that were met but, by configuration, do not refuse.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}

/// <summary>A couple to be created or changed.</summary>
public sealed record SpouseChange
{
    public required PersonReference Person1 { get; init; }

    public required PersonReference Person2 { get; init; }

    public bool IsMarried { get; init; }

    public DateOnly? MarriedOn { get; init; }

    public bool IsSeparated { get; init; }

    public DateOnly? SeparatedOn { get; init; }

    /// <summary>Refused with <see cref="ProblemKind.PreconditionFailed"/> when another revision stands; absent for whichever stands.</summary>
    public long? ExpectedRevision { get; init; }

    /// <summary>Why, for the history. Up to 500 characters.</summary>
    public string? Reason { get; init; }

    /// <summary>All checks run and the answer says what would be; nothing is stored.</summary>
    public bool DryRun { get; init; }
}

/// <summary>One row of a table of spouses; what is absent stays as it is.</summary>
public sealed record SpouseRow
{
    public required PersonReference Person1 { get; init; }

    public required PersonReference Person2 { get; init; }

    public bool? IsMarried { get; init; }

    public DateOnly? MarriedOn { get; init; }

    public bool? IsSeparated { get; init; }

    public DateOnly? SeparatedOn { get; init; }
}

/// <summary>What an import did with a row of parents or spouses.</summary>
/// <param name="Revision">The relationship's revision after it.</param>
public sealed record ImportedRelationship(ImportAction Action, long Revision);
