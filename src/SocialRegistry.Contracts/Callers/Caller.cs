namespace SocialRegistry.Contracts;

/// <summary>Who calls.</summary>
public enum CallerKind
{
    /// <summary>The deployment itself: migrations, jobs, the command line on the server.</summary>
    System,
    Staff,
    Partner,

    /// <summary>A person about her own record only.</summary>
    Person,
}

/// <summary>Who asks, through which door and why: what authorization, the change log and the disclosure log read.</summary>
public sealed record Caller
{
    public required CallerKind Kind { get; init; }

    /// <summary>Partner id, user name, or the job's name. No personal data.</summary>
    public required string Id { get; init; }

    /// <summary>The door: <c>api</c>, <c>dci</c>, <c>import</c>, <c>credentials</c>, <c>cli</c>, <c>grpc</c>, …</summary>
    public required string Channel { get; init; }

    /// <summary>Permissions <c>resource:action</c> and DCI scopes.</summary>
    public required IReadOnlySet<string> Permissions { get; init; }

    /// <summary>Role ids of a staff member; a partner acts in the role <c>partner:ID</c>.</summary>
    public IReadOnlySet<string> Roles { get; init; } = new HashSet<string>();

    /// <summary>Fields the caller may receive.</summary>
    public FieldScope Fields { get; init; } = FieldScope.None;

    /// <summary>Fields and identifier types the caller may filter by.</summary>
    public FieldScope Filters { get; init; } = FieldScope.None;

    /// <summary>Those of <see cref="Fields"/> of which the caller is shown a masked form only; never among <see cref="Filters"/>, and not written by it.</summary>
    public FieldScope Masked { get; init; } = FieldScope.None;

    /// <summary>Records the caller may know of.</summary>
    public RowScope Rows { get; init; } = RowScope.All;

    /// <summary>Why the data are wanted; partners must name one of theirs.</summary>
    public string? Purpose { get; init; }

    public string? LegalGround { get; init; }

    /// <summary>The organisation behind the caller, as the disclosure log names it; absent means the deployment's own, or the partner's id.</summary>
    public string? Institution { get; init; }

    /// <summary>
    /// True when each record is shown only so far as a valid consent for this caller and its <see cref="Purpose"/> goes. Whether a record
    /// without one is there at all, <see cref="RowScope.WithConsent"/> says.
    /// </summary>
    public bool ConsentRequired { get; init; }

    /// <summary>Correlates log lines, change entries and answers.</summary>
    public string? RequestId { get; init; }

    /// <summary>For <see cref="CallerKind.Person"/>: the one record she may see.</summary>
    public RegistrantId? Self { get; init; }

    /// <summary>Set by the core while it applies an agreed change request; no door and no other role brings one.</summary>
    internal ChangeDecision? Decision { get; init; }

    /// <summary>Set by the core while it acts on a change request with rights of its own: who is told what comes of it.</summary>
    internal Caller? ToldTo { get; init; }

    public bool May(string permission) => Permissions.Contains(permission);

    /// <summary>The deployment itself, allowed everything.</summary>
    public static Caller System(string name, string channel) =>
        new()
        {
            Kind = CallerKind.System,
            Id = name,
            Channel = channel,
            Permissions = Contracts.Permissions.All,
            Fields = FieldScope.All,
            Filters = FieldScope.All,
            Purpose = "operation",
        };
}

/// <summary>A list of field ids, or all of them.</summary>
public sealed record FieldScope
{
    private FieldScope(bool isAll, IReadOnlySet<string> ids)
    {
        IsAll = isAll;
        Ids = ids;
    }

    public bool IsAll { get; }

    /// <summary>The ids when not all.</summary>
    public IReadOnlySet<string> Ids { get; }

    public bool Contains(string field) => IsAll || Ids.Contains(field);

    public static FieldScope All { get; } = new(true, new HashSet<string>());

    public static FieldScope None { get; } = new(false, new HashSet<string>());

    public static FieldScope Of(IEnumerable<string> ids) => new(false, ids.ToHashSet());
}
