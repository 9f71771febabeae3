namespace SocialRegistry.Contracts;

/// <summary>A relation of a configured type, seen from one of its two ends.</summary>
public sealed record RelationView
{
    /// <summary>Names the relation, the same from both ends; a UUID.</summary>
    public required Guid Id { get; init; }

    /// <summary>The type's code, or its inverse when seen from the other end.</summary>
    public required string Type { get; init; }

    public required RegistrantId FromId { get; init; }

    public required RegistrantId ToId { get; init; }

    public DateOnly? StartedOn { get; init; }

    public DateOnly? EndedOn { get; init; }

    /// <summary>When this state was stored (UTC).</summary>
    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>1 for the first state, one more with each change: the <c>ETag</c> of the relation.</summary>
    public long Revision { get; init; }
}

/// <summary>A relation to be added.</summary>
public sealed record NewRelation
{
    /// <summary>Code or inverse code of a relation type.</summary>
    public required string Type { get; init; }

    public required PersonReference To { get; init; }

    public DateOnly? StartedOn { get; init; }

    public DateOnly? EndedOn { get; init; }

    /// <summary>Why, for the history. Up to 500 characters.</summary>
    public string? Reason { get; init; }

    /// <summary>The same key with the same content answers as the first time; other content is a conflict. Up to 100 characters.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>All checks run and the answer says what would be; nothing is stored.</summary>
    public bool DryRun { get; init; }
}

/// <summary>All recorded relationships of one registrant, as they stand.</summary>
public sealed record RelationshipsView
{
    public required RegistrantId RegistrantId { get; init; }

    /// <summary>Parents and guardian; absent when nothing is recorded.</summary>
    public ParentsView? Parents { get; init; }

    /// <summary>Whose parent she is.</summary>
    public IReadOnlyList<RegistrantId> Children { get; init; } = [];

    /// <summary>Whose guardian she is.</summary>
    public IReadOnlyList<RegistrantId> Wards { get; init; } = [];

    public IReadOnlyList<SpouseView> Spouses { get; init; } = [];

    public IReadOnlyList<RelationView> Relations { get; init; } = [];

    /// <summary>True when one of the lists has more than the 200 entries shown.</summary>
    public bool Truncated { get; init; }
}
