namespace SocialRegistry.Contracts;

/// <summary>The seed's ParentInfo of one person.</summary>
public sealed record ParentsView
{
    public required RegistrantId ChildId { get; init; }

    public RegistrantId? Parent1Id { get; init; }

    public RegistrantId? Parent2Id { get; init; }

    /// <summary>True when the two are parents by adoption; they count as parents all the same.</summary>
    public bool IsAdopted { get; init; }

    /// <summary>On the wire <c>GaurdianId</c>, as the seed spells it.</summary>
    public RegistrantId? GuardianId { get; init; }

    /// <summary>Since when this holds in life, such as the day of the adoption; absent when not known.</summary>
    public DateOnly? Since { get; init; }

    /// <summary>When this state was stored (UTC); absent when nothing was ever recorded.</summary>
    public DateTimeOffset? RecordedAt { get; init; }

    /// <summary>1 for the first state, one more with each change, 0 for none: the <c>ETag</c> of the relationship.</summary>
    public long Revision { get; init; }
}

/// <summary>What is to be the whole new ParentInfo of a person.</summary>
public sealed record ParentsChange
{
    public PersonReference? Parent1 { get; init; }

    public PersonReference? Parent2 { get; init; }

    public bool IsAdopted { get; init; }

    public PersonReference? Guardian { get; init; }

    public DateOnly? Since { get; init; }

    /// <summary>Refused with <see cref="ProblemKind.PreconditionFailed"/> when another revision stands; absent for whichever stands.</summary>
    public long? ExpectedRevision { get; init; }

    /// <summary>Why, for the history. Up to 500 characters.</summary>
    public string? Reason { get; init; }

    /// <summary>All checks run and the answer says what would be; nothing is stored.</summary>
    public bool DryRun { get; init; }
}

/// <summary>One row of a table of parents; what is absent stays as it is.</summary>
public sealed record ParentsRow
{
    public required PersonReference Child { get; init; }

    public PersonReference? Parent1 { get; init; }

    public PersonReference? Parent2 { get; init; }

    public bool? IsAdopted { get; init; }

    public PersonReference? Guardian { get; init; }

    public DateOnly? Since { get; init; }
}
