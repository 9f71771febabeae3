using SocialRegistry.Contracts;

namespace SocialRegistry.Registry.Attestations;

/// <summary>What can be refused about attestations.</summary>
internal static class AttestationProblems
{
    public static Problem FieldUnknown { get; } =
        Problem.Invalid(
            "attestations.field_unknown",
            "There is no such field for this kind of record.",
            new FieldProblem("field", "unknown", "Send a field id of the catalogue.")
        );

    public static Problem NotAttestable { get; } =
        Problem.Invalid(
            "attestations.not_attestable",
            "This field is not one that is attested.",
            new FieldProblem("field", "not_attestable", "Send an attestable field.")
        );

    public static Problem NoValue { get; } =
        Problem.NotFound("attestations.no_value", "The field has no value, or it is not for this caller.");

    /// <param name="current">The hash of the value that stands: the caller may see that value.</param>
    public static Problem ValueChanged(string current) =>
        Problem.Conflict("attestations.value_changed", "The value is no longer the one that was looked at.") with
        {
            Fields = [new FieldProblem("valueHash", "stale", $"The value that stands has the hash {current}.")],
        };

    public static Problem SamePerson { get; } =
        Problem.Forbidden(
            "attestations.same_person",
            "A second person confirms this field; you have attested it already."
        );

    public static Problem NotForRole(string field, IReadOnlyList<string> roles) =>
        Problem.Forbidden(
            "attestations.not_for_role",
            $"The field {field} is attested by: {string.Join(", ", roles)}."
        );

    public static Problem UnknownField(string field) =>
        Problem.Invalid(
            "attestations.field_unknown",
            "There is no such field, or it is not one that this caller attests.",
            new FieldProblem("field", "unknown", $"{field} is no attestable field of this caller.")
        );

    public static Problem Invalid(IReadOnlyList<FieldProblem> fields) =>
        Problem.Invalid("attestations.invalid", "The statement cannot be taken as it is.", fields);

    public static Problem TooMany { get; } =
        Problem.Invalid("attestations.too_many", "Send 1 to 1,000 statements in one call.");

    /// <summary>Not there, of another record, or not for this caller.</summary>
    public static Problem UnknownDocument { get; } =
        Invalid([
            new FieldProblem("document", "unknown", "The record has no such document, or it is not for this caller."),
        ]);

    public static Problem NotFrom(string from, string to) =>
        Problem.Conflict("attestations.transition", $"An attestation does not go from {from} to {to}.");
}
