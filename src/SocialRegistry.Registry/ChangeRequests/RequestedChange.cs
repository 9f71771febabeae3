using System.Text.Json;
using SocialRegistry.Contracts;

namespace SocialRegistry.Registry.ChangeRequests;

/// <summary>What a request asks for: the message of the call that carries it out.</summary>
internal abstract record RequestedChange
{
    /// <summary>Values of the record it is about, or of the one it makes, by field id.</summary>
    public virtual IReadOnlyDictionary<string, JsonElement> FieldValues => None;

    public virtual IReadOnlyList<Identifier>? FieldIdentifiers => null;

    /// <summary>Records named beside the subject.</summary>
    public virtual IEnumerable<RegistrantId> Persons => [];

    /// <summary>Groups named beside the subject.</summary>
    public virtual IEnumerable<RegistrantId> Groups => [];

    /// <summary>True when the subject is a group whose members change.</summary>
    public virtual bool ChangesMembers => false;

    private static readonly Dictionary<string, JsonElement> None = [];
}

internal sealed record EditFields : RequestedChange
{
    public Dictionary<string, JsonElement> Values { get; init; } = [];

    public IReadOnlyList<Identifier>? Identifiers { get; init; }

    public override IReadOnlyDictionary<string, JsonElement> FieldValues => Values;

    public override IReadOnlyList<Identifier>? FieldIdentifiers => Identifiers;
}

internal sealed record AddMember : RequestedChange
{
    public required RegistrantId Member { get; init; }

    public IReadOnlyList<string> Kinds { get; init; } = [];

    public DateOnly? StartedOn { get; init; }

    public override IEnumerable<RegistrantId> Persons => [Member];

    public override bool ChangesMembers => true;
}

internal sealed record RemoveMember : RequestedChange
{
    public required RegistrantId Member { get; init; }

    public string? EndReason { get; init; }

    public DateOnly? EndedOn { get; init; }

    public RegistrantId? NewHead { get; init; }

    public override IEnumerable<RegistrantId> Persons => NewHead is { } head ? [Member, head] : [Member];

    public override bool ChangesMembers => true;
}

internal sealed record MoveMember : RequestedChange
{
    public required RegistrantId Member { get; init; }

    public required RegistrantId ToGroup { get; init; }

    public IReadOnlyList<string> Kinds { get; init; } = [];

    public RegistrantId? NewHead { get; init; }

    public override IEnumerable<RegistrantId> Persons => NewHead is { } head ? [Member, head] : [Member];

    public override IEnumerable<RegistrantId> Groups => [ToGroup];

    public override bool ChangesMembers => true;
}

internal sealed record SplitHousehold : RequestedChange
{
    public required IReadOnlyList<MemberKinds> Members { get; init; }

    public RegistrantId? Head { get; init; }

    public RegistrantId? NewHead { get; init; }

    public Dictionary<string, JsonElement> Values { get; init; } = [];

    public IReadOnlyList<string>? Take { get; init; }

    public IReadOnlyList<Identifier> Identifiers { get; init; } = [];

    public override IReadOnlyDictionary<string, JsonElement> FieldValues => Values;

    public override IReadOnlyList<Identifier>? FieldIdentifiers => Identifiers.Count > 0 ? Identifiers : null;

    public override IEnumerable<RegistrantId> Persons =>
        [.. Members.Select(m => m.Member), .. new[] { Head, NewHead }.OfType<RegistrantId>()];

    public override bool ChangesMembers => true;
}

internal sealed record MergeHouseholds : RequestedChange
{
    public required RegistrantId Other { get; init; }

    public RegistrantId? Head { get; init; }

    public IReadOnlyList<MemberKinds> Kinds { get; init; } = [];

    public override IEnumerable<RegistrantId> Persons =>
        [.. Kinds.Select(m => m.Member), .. new[] { Head }.OfType<RegistrantId>()];

    public override IEnumerable<RegistrantId> Groups => [Other];

    public override bool ChangesMembers => true;
}

internal sealed record NewHead : RequestedChange
{
    public required RegistrantId Head { get; init; }

    public IReadOnlyList<MemberKinds> Kinds { get; init; } = [];

    public override IEnumerable<RegistrantId> Persons => [Head, .. Kinds.Select(m => m.Member)];

    public override bool ChangesMembers => true;
}

/// <summary>One of its members says what is to be.</summary>
internal sealed record Relate : RequestedChange
{
    public RequestedParents? Parents { get; init; }

    public bool? RemoveParents { get; init; }

    public RequestedSpouse? Spouse { get; init; }

    public RequestedRelation? Relation { get; init; }

    public RequestedEnd? EndRelation { get; init; }

    /// <summary>How many of the members are there.</summary>
    public int Count =>
        new object?[] { Parents, RemoveParents, Spouse, Relation, EndRelation }.Count(member => member is not null);

    public override IEnumerable<RegistrantId> Persons =>
        new[]
        {
            Parents?.Parent1,
            Parents?.Parent2,
            Parents?.Guardian,
            Spouse?.Person,
            Relation?.To,
        }.OfType<RegistrantId>();
}

internal sealed record RequestedParents
{
    public RegistrantId? Parent1 { get; init; }

    public RegistrantId? Parent2 { get; init; }

    public bool IsAdopted { get; init; }

    public RegistrantId? Guardian { get; init; }

    public DateOnly? Since { get; init; }
}

internal sealed record RequestedSpouse
{
    public required RegistrantId Person { get; init; }

    public bool IsMarried { get; init; }

    public DateOnly? MarriedOn { get; init; }

    public bool IsSeparated { get; init; }

    public DateOnly? SeparatedOn { get; init; }
}

internal sealed record RequestedRelation
{
    public required string Type { get; init; }

    public required RegistrantId To { get; init; }

    public DateOnly? StartedOn { get; init; }

    public DateOnly? EndedOn { get; init; }
}

internal sealed record RequestedEnd
{
    public required Guid Id { get; init; }

    public required DateOnly EndedOn { get; init; }
}

internal sealed record MakeRegistrant : RequestedChange
{
    public required string Kind { get; init; }

    public required Dictionary<string, JsonElement> Values { get; init; }

    public IReadOnlyList<Identifier> Identifiers { get; init; } = [];

    public IReadOnlyList<string> Generate { get; init; } = [];

    public IReadOnlyList<NewMember> Members { get; init; } = [];

    public override IReadOnlyDictionary<string, JsonElement> FieldValues => Values;

    public override IReadOnlyList<Identifier>? FieldIdentifiers => Identifiers.Count > 0 ? Identifiers : null;

    public override IEnumerable<RegistrantId> Persons => Members.Select(m => m.Member);
}

internal sealed record Leave : RequestedChange
{
    public required string Status { get; init; }

    public DateOnly? On { get; init; }
}
