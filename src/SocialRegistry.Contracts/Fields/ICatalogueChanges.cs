namespace SocialRegistry.Contracts;

/// <summary>
/// Changes to the field catalogue while the registry runs: fields are drafted, their effect is looked at, they are published and retired;
/// code lists and identifier types change at once. Every change makes the catalogue's next version and stands in its log.
/// Everything here needs <see cref="Permissions.WriteFields"/>, but for <see cref="FieldAsync"/> and <see cref="AtAsync"/>.
/// </summary>
public interface ICatalogueChanges
{
    /// <summary>Keeps the draft of a new field, or of a change of one that stands; it replaces the draft that was there.</summary>
    Task<Outcome<FieldDraftView>> DraftAsync(
        FieldView field,
        WriteConditions conditions,
        Caller caller,
        CancellationToken cancellationToken
    );

    /// <summary>All drafts, by kind and id.</summary>
    Task<Outcome<IReadOnlyList<FieldDraftView>>> DraftsAsync(Caller caller, CancellationToken cancellationToken);

    /// <summary>Throws a draft away.</summary>
    Task<Outcome<Done>> WithdrawAsync(
        FieldName field,
        WriteConditions conditions,
        Caller caller,
        CancellationToken cancellationToken
    );

    /// <summary>What publishing the draft would do to what is stored; nothing is changed.</summary>
    Task<Outcome<FieldEffectView>> PreviewAsync(FieldName field, Caller caller, CancellationToken cancellationToken);

    /// <summary>Publishes the draft. Refused while stored values would break.</summary>
    Task<Outcome<FieldStatusView>> PublishAsync(
        FieldName field,
        WriteConditions conditions,
        Caller caller,
        CancellationToken cancellationToken
    );

    /// <summary>The field takes no values any more. A draft of the same name, published, brings it back.</summary>
    Task<Outcome<FieldStatusView>> RetireAsync(
        FieldName field,
        WriteConditions conditions,
        Caller caller,
        CancellationToken cancellationToken
    );

    /// <summary>A field with its draft and its index; any caller, who sees the draft only with the permission.</summary>
    Task<Outcome<FieldStatusView>> FieldAsync(FieldName field, Caller caller, CancellationToken cancellationToken);

    /// <summary>The indexes of searchable fields, by kind and id.</summary>
    Task<Outcome<IReadOnlyList<FieldIndexView>>> IndexesAsync(Caller caller, CancellationToken cancellationToken);

    /// <summary>Makes a code list, or brings it to this form. A code that is there must stay: it can be retired.</summary>
    Task<Outcome<CodeListView>> PutCodeListAsync(
        CodeListView list,
        WriteConditions conditions,
        Caller caller,
        CancellationToken cancellationToken
    );

    /// <summary>Adds one code to the end of a list, or brings it to this form; so it is retired, too.</summary>
    Task<Outcome<CodeListView>> PutCodeAsync(
        string list,
        CodeView code,
        WriteConditions conditions,
        Caller caller,
        CancellationToken cancellationToken
    );

    /// <summary>Makes an identifier type, or brings it to this form. Refused while stored identifiers would break.</summary>
    Task<Outcome<IdentifierTypeView>> PutIdentifierTypeAsync(
        IdentifierTypeView type,
        WriteConditions conditions,
        Caller caller,
        CancellationToken cancellationToken
    );

    /// <summary>
    /// Brings code lists and fields to these forms in one version, all of them or none; what is the same already is no change. Fields are
    /// published at once, so they are refused like drafts and like publishing. Problems name their place: <c>fields[2].labels.eng</c>.
    /// </summary>
    Task<Outcome<CatalogueApplied>> ApplyAsync(
        CatalogueAdditions additions,
        Caller caller,
        CancellationToken cancellationToken
    );

    /// <summary>The log of the catalogue, newest first.</summary>
    Task<Outcome<Page<CatalogueChangeView>>> ChangesAsync(
        PageRequest page,
        Caller caller,
        CancellationToken cancellationToken
    );

    /// <summary>The catalogue as it stood in a version. Any caller: it holds no personal data.</summary>
    Task<Outcome<CatalogueView>> AtAsync(int version, Caller caller, CancellationToken cancellationToken);
}

/// <summary>What a file brings to the catalogue.</summary>
public sealed record CatalogueAdditions(IReadOnlyList<CodeListView> CodeLists, IReadOnlyList<FieldView> Fields);

/// <summary>What changed.</summary>
/// <param name="Version">The version that stands now.</param>
/// <param name="CodeLists">Ids of code lists that changed or are new.</param>
/// <param name="Fields">Fields that changed or are new, such as <c>individual.birth_date</c>.</param>
public sealed record CatalogueApplied(int Version, IReadOnlyList<string> CodeLists, IReadOnlyList<string> Fields);

/// <summary>Names a field. An absent kind is found from the id where only one kind has it.</summary>
public sealed record FieldName(string? Kind, string Id);

/// <summary>A field that is not published yet.</summary>
public sealed record FieldDraftView
{
    public required FieldView Field { get; init; }

    /// <summary>True when it would change a field that stands.</summary>
    public required bool Changes { get; init; }

    public required string DraftedBy { get; init; }

    public required DateTimeOffset DraftedAt { get; init; }
}

/// <summary>What a draft would do.</summary>
public sealed record FieldEffectView
{
    public required string Kind { get; init; }

    public required string Id { get; init; }

    /// <summary>True when the draft may be published as things stand.</summary>
    public required bool Publishable { get; init; }

    /// <summary>Records of the kind, whatever their status: an archived one may come back.</summary>
    public required long Records { get; init; }

    /// <summary>Records with a value in the field.</summary>
    public required long Values { get; init; }

    /// <summary>Records whose value would no longer be valid, or that lack the value of a field that would be required.</summary>
    public required long Broken { get; init; }

    /// <summary>The first of them that lie in the caller's rows, at most <see cref="MostListed"/>; each is a disclosure.</summary>
    public required IReadOnlyList<BrokenRecordView> BrokenRecords { get; init; }

    /// <summary>Statements that stand on values of the field.</summary>
    public required long Attestations { get; init; }

    /// <summary>Publishing starts the building of an index.</summary>
    public required bool BuildsIndex { get; init; }

    /// <summary>Publishing drops the index.</summary>
    public required bool DropsIndex { get; init; }

    /// <summary>What else stands in the way, such as a change of class where values are stored.</summary>
    public required IReadOnlyList<FieldProblem> Obstacles { get; init; }

    /// <summary>Records listed at most.</summary>
    public const int MostListed = 100;
}

/// <summary>
/// A record that a draft would break: which rule, never which value; for a caller who may not read the field in the clear only that it does
/// (code <c>not_valid</c>).
/// </summary>
public sealed record BrokenRecordView(RegistrantId Id, FieldProblem Problem);

/// <summary>A field, and what goes on around it.</summary>
public sealed record FieldStatusView
{
    public required string Kind { get; init; }

    public required string Id { get; init; }

    /// <summary>The field as it stands; absent while there is only a draft.</summary>
    public FieldView? Field { get; init; }

    public FieldDraftView? Draft { get; init; }

    /// <summary>Absent when the field needs none.</summary>
    public FieldIndexView? Index { get; init; }

    /// <summary>The version of the catalogue this was read from.</summary>
    public required int CatalogueVersion { get; init; }
}

/// <summary>How far an index is.</summary>
public enum FieldIndexState
{
    /// <summary>Waits for its turn.</summary>
    Pending,

    /// <summary>Is being built.</summary>
    Indexing,
    Indexed,

    /// <summary>Could not be built; it is tried again.</summary>
    Failed,
}

/// <summary>The index of a searchable field.</summary>
public sealed record FieldIndexView
{
    public required string Kind { get; init; }

    public required string Field { get; init; }

    public required FieldIndexState State { get; init; }

    /// <summary>Attempts so far.</summary>
    public required int Attempts { get; init; }

    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>A stable code of what went wrong last, such as <c>database</c>; absent when nothing did.</summary>
    public string? Error { get; init; }
}

/// <summary>One change of the catalogue.</summary>
public sealed record CatalogueChangeView
{
    /// <summary>The version it made; a draft or its withdrawal makes none and names the one that stood.</summary>
    public required int Version { get; init; }

    /// <summary><c>seeded</c>, <c>drafted</c>, <c>withdrawn</c>, <c>published</c>, <c>retired</c>, <c>code_list_put</c>, <c>code_put</c>, <c>identifier_type_put</c>.</summary>
    public required string Operation { get; init; }

    /// <summary>What was changed: <c>individual.birth_date</c>, a code list's or identifier type's id.</summary>
    public required string Subject { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string By { get; init; }

    public required string Channel { get; init; }

    public string? RequestId { get; init; }

    /// <summary>The definition before, as JSON; absent when there was none.</summary>
    public string? Before { get; init; }

    /// <summary>The definition after, as JSON; absent when there is none.</summary>
    public string? After { get; init; }
}
