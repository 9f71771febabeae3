using SocialRegistry.Contracts;

namespace SocialRegistry.Registry.Consents;

/// <summary>What can be refused about consents. Codes are stable.</summary>
internal static class ConsentProblems
{
    public static Problem NotFound { get; } =
        Problem.NotFound("consents.not_found", "There is no such consent, or it is not for this caller.");

    public static Problem Withdrawn { get; } =
        Problem.Conflict("consents.withdrawn", "The consent was taken back already.");

    public static Problem Required { get; } =
        Problem.Forbidden(
            "consents.required",
            "This caller is shown only what persons have consented to, one by one; whole tables are not open to it."
        );

    public static Problem NotByPartners { get; } =
        Problem.Forbidden("consents.not_by_partners", "Who is to be shown the data does not record the consent.");

    public static Problem NotOfGroups { get; } =
        Problem.Invalid("consents.not_of_groups", "Persons give consents; a group does not.");

    public static Problem TooMany(int most) =>
        Problem.Conflict("consents.too_many", $"A record has at most {most} consents.");

    public static Problem Invalid(IReadOnlyList<FieldProblem> fields) =>
        Problem.Invalid("consents.invalid", "The consent cannot be taken as it is.", fields);
}
