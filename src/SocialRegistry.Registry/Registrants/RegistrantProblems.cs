using SocialRegistry.Contracts;
using SocialRegistry.Registry.Fields;

namespace SocialRegistry.Registry.Registrants;

/// <summary>What can be refused about records. Codes are stable.</summary>
internal static class RegistrantProblems
{
    public const string InvalidCode = "registrants.invalid";

    public static Problem NotFound { get; } =
        Problem.NotFound("registrants.not_found", "There is no such registrant, or it is not for this caller.");

    public static Problem Erased { get; } =
        new("registrants.erased", ProblemKind.Gone, "The record was erased for good; only its tombstone is left.");

    public static Problem NotAllowed(string permission) =>
        Problem.Forbidden("access.forbidden", $"This needs the permission {permission}.");

    public static Problem PurposeRequired { get; } =
        Problem.Forbidden("disclosures.purpose_required", "Say for which of your purposes the data are wanted.");

    public static Problem SensitiveNeedsPurpose(IReadOnlyList<string> fields) =>
        Problem.Forbidden("disclosures.purpose_required", "Sensitive fields are shown for a stated purpose only.") with
        {
            Fields = [.. fields.Select(f => new FieldProblem(f, "purpose", "Say why this field is wanted."))],
        };

    public static Problem Invalid(IReadOnlyList<FieldProblem> fields) =>
        Problem.Invalid(InvalidCode, "Some of what was sent does not fit the field catalogue.", fields);

    public static Problem TooLarge { get; } =
        new(
            "registrants.too_large",
            ProblemKind.TooLarge,
            $"All values of a record have at most {ValueLimits.MaxRecordBytes} bytes."
        );

    public static Problem UnknownFields(IReadOnlyList<FieldProblem> fields) =>
        Problem.Invalid("registrants.field_unknown", "Some of the fields asked for are not in the catalogue.", fields);

    public static Problem UnknownIdentifierType(int index) =>
        Problem.Invalid(
            "registrants.identifier_type_unknown",
            "There is no such identifier type.",
            new FieldProblem($"identifiers[{index}].type", "unknown", "Send an identifier type of the catalogue.")
        );

    public static Problem TooManyIdentifiers(int most) =>
        Problem.Invalid("registrants.too_many", $"At most {most} in one call.");

    public static Problem IdentifierTaken { get; } =
        Problem.Conflict(
            "registrants.identifier_taken",
            "Another registrant already carries one of these identifiers."
        );

    /// <summary>A new record would be one that its maker may not know of.</summary>
    public static Problem OutsideRows { get; } =
        Problem.Forbidden(
            "registrants.outside_rows",
            "The record lies outside the areas or the population that this caller works with."
        );

    public static Problem ChangedSince(long version) =>
        new(
            "registrants.changed_since",
            ProblemKind.PreconditionFailed,
            "The record was changed since it was read. Read it again and repeat the change."
        )
        {
            CurrentVersion = version,
        };

    public static Problem KeyReused { get; } =
        Problem.Conflict(
            "registrants.idempotency_key_reused",
            "This idempotency key was used for a request with other content."
        );

    public static Problem VersionNotFound { get; } =
        Problem.NotFound("versions.not_found", "The record has no such version, or it is not for this caller.");

    public static Problem Busy { get; } =
        new("registrants.busy", ProblemKind.Unavailable, "Too many others change this record just now. Try again.");

    public static Problem BadPage { get; } =
        Problem.Invalid("paging.invalid", "A page has 1 to 500 items and begins after the 'next' of the page before.");
}
