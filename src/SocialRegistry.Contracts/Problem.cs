namespace SocialRegistry.Contracts;

/// <summary>The kinds of refusal; each door translates them into its own error form (HTTP status, gRPC status, DCI code).</summary>
public enum ProblemKind
{
    /// <summary>The request is wrong in itself (HTTP 400).</summary>
    Invalid,

    /// <summary>No such thing, or not for this caller (HTTP 404).</summary>
    NotFound,

    /// <summary>Clashes with what is there (HTTP 409).</summary>
    Conflict,

    /// <summary>The caller must say which version it changes (HTTP 428).</summary>
    PreconditionRequired,

    /// <summary>Changed since (HTTP 412); <see cref="Problem.CurrentVersion"/> tells the version that stands.</summary>
    PreconditionFailed,

    /// <summary>Known caller, not allowed (HTTP 403).</summary>
    Forbidden,

    /// <summary>Unknown caller (HTTP 401).</summary>
    Unauthenticated,

    /// <summary>Larger than a limit allows (HTTP 413).</summary>
    TooLarge,

    /// <summary>Too many requests (HTTP 429).</summary>
    TooMany,

    /// <summary>Not now; try again (HTTP 503).</summary>
    Unavailable,

    /// <summary>Was there and is erased for good (HTTP 410).</summary>
    Gone,
}

/// <summary>A refusal. Texts name fields and rules, never values: they may be shown and logged.</summary>
/// <param name="Code">Stable, dotted, lower case, such as <c>registrants.identifier_taken</c>.</param>
/// <param name="Kind">What sort of refusal.</param>
/// <param name="Detail">One sentence for a human that says what to do.</param>
public sealed record Problem(string Code, ProblemKind Kind, string Detail)
{
    /// <summary>What is wrong per field or path; empty when the problem is of the whole.</summary>
    public IReadOnlyList<FieldProblem> Fields { get; init; } = [];

    /// <summary>With <see cref="ProblemKind.PreconditionFailed"/>: the version that stands now.</summary>
    public long? CurrentVersion { get; init; }

    /// <summary>Of a past that is not there: since when there is one; an instant (UTC, ISO 8601) or a date.</summary>
    public string? Since { get; init; }

    public static Problem Invalid(string code, string detail, params IReadOnlyList<FieldProblem> fields) =>
        new(code, ProblemKind.Invalid, detail) { Fields = fields };

    public static Problem NotFound(string code, string detail) => new(code, ProblemKind.NotFound, detail);

    public static Problem Conflict(string code, string detail) => new(code, ProblemKind.Conflict, detail);

    public static Problem Forbidden(string code, string detail) => new(code, ProblemKind.Forbidden, detail);
}

/// <summary>One wrong field.</summary>
/// <param name="Field">Field id or JSON path, never a value.</param>
/// <param name="Code">Stable code such as <c>type</c>, <c>unknown</c>, <c>required</c>, <c>pattern</c>.</param>
/// <param name="Detail">What is expected.</param>
public sealed record FieldProblem(string Field, string Code, string Detail);
