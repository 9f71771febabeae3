using SocialRegistry.Contracts;

namespace SocialRegistry.Registry.ChangeRequests;

/// <summary>What can be refused about change requests. Codes are stable.</summary>
internal static class ChangeRequestProblems
{
    public const string StaleCode = "change_requests.stale";

    public static Problem NotFound { get; } =
        Problem.NotFound("change_requests.not_found", "There is no such request, or it is not for this caller.");

    public static Problem Invalid(params IReadOnlyList<FieldProblem> fields) =>
        Problem.Invalid("change_requests.invalid", "Some of the request is not as it has to be.", fields);

    public static Problem TooLarge { get; } =
        new("change_requests.too_large", ProblemKind.TooLarge, "A payload has at most 256 KiB.");

    public static Problem NotOpen(string state, string action) =>
        Problem.Conflict("change_requests.state", $"A request that is {state} cannot take the step {action}.");

    public static Problem NotMaker { get; } =
        Problem.Forbidden("change_requests.not_maker", "Only who made the request does this.");

    public static Problem Own { get; } =
        Problem.Forbidden("change_requests.own", "Nobody reviews a request of her own.");

    public static Problem SameChecker { get; } =
        Problem.Forbidden("change_requests.same_checker", "Another reviewer than at the first stage has to agree.");

    public static Problem Claimed { get; } =
        Problem.Conflict(
            "change_requests.claimed",
            "Another reviewer has claimed this request; wait, or ask to release it."
        );

    public static Problem NotClaimed { get; } =
        Problem.Conflict(
            "change_requests.not_claimed",
            "You have not claimed this request, or your claim has run out."
        );

    public static Problem FieldsHidden(IReadOnlyList<string> fields) =>
        Problem.Forbidden(
            "change_requests.fields_hidden",
            "Who agrees to a change sees all of it: some of its fields are hidden from this caller, masked, or need a purpose."
        ) with
        {
            Fields = [.. fields.Select(f => new FieldProblem(f, "hidden", "The field is not shown to this caller."))],
        };

    public static Problem OutsideRows { get; } =
        Problem.Forbidden(
            "change_requests.outside_rows",
            "The request concerns records outside the areas or the population that this caller works with."
        );

    public static Problem Duplicate(Guid open) =>
        Problem.Conflict("change_requests.duplicate", $"The same is asked for by the open request {open:D}.");

    public static Problem Blocked(string code, Guid open) =>
        Problem.Conflict("change_requests." + code, Met[code] + $" is asked for by the open request {open:D}.");

    public static Problem Stale(IEnumerable<string> changed) =>
        Problem.Conflict(
            StaleCode,
            "What the request changes was changed by others since it was made. Rebase it on what stands now, or withdraw it."
        ) with
        {
            Fields = [.. changed.Select(f => new FieldProblem(f, "changed", "It changed since the request was made."))],
        };

    public static Problem ChangedSince(long version) =>
        new(
            "change_requests.changed_since",
            ProblemKind.PreconditionFailed,
            "The request has taken another step since it was read."
        )
        {
            CurrentVersion = version,
        };

    public static Problem Erased { get; } =
        Problem.Conflict(
            "change_requests.erased",
            "What was asked for can no longer be read, since the record's data were erased. Withdraw or reject it."
        );

    public static Problem PersonScope { get; } =
        Problem.Forbidden(
            "change_requests.person",
            "A person asks for changes of her own record's fields, or to leave the register."
        );

    public static Problem Unreadable { get; } =
        Problem.Invalid("change_requests.query", "A filter of the list is not known.");

    /// <summary>A direct change of what is asked for through requests.</summary>
    public static Problem Required(IEnumerable<string> fields) =>
        Problem.Conflict(
            "change_requests.required",
            "This is not changed directly: file a change request, and others agree to it."
        ) with
        {
            Fields = [.. fields.Select(f => new FieldProblem(f, "change_request", "File a change request."))],
        };

    /// <summary>A person reaches for fields that are not hers to change.</summary>
    public static Problem NotSelfService(IEnumerable<string> fields) =>
        Problem.Forbidden(
            "change_requests.not_self_service",
            "A person does not change these fields of her record; ask the office."
        ) with
        {
            Fields = [.. fields.Select(f => new FieldProblem(f, "self_service", "Staff change this field."))],
        };

    private static readonly Dictionary<string, string> Met = new()
    {
        [RequestConflicts.SameField] = "A change of the same field",
        [RequestConflicts.SameGroup] = "A change of the same group",
        [RequestConflicts.SameRecord] = "A change of the same record",
    };
}
