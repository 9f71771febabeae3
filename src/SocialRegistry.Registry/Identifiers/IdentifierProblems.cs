using SocialRegistry.Contracts;

namespace SocialRegistry.Registry.Identifiers;

/// <summary>What can be refused about generated identifiers.</summary>
internal static class IdentifierProblems
{
    public static Problem NoGenerator { get; } =
        Problem.Invalid(
            "identifiers.no_generator",
            "The registry makes no numbers of this type for this kind of record.",
            new FieldProblem("type", "generator", "Send an identifier type with a generator.")
        );

    public static Problem AlreadyCarried { get; } =
        Problem.Conflict("identifiers.already_carried", "The record already carries an identifier of this type.");

    public static Problem TooMany { get; } =
        Problem.Conflict("identifiers.too_many", "The record carries as many identifiers as one may.");

    public static Problem Exhausted { get; } =
        new(
            "identifiers.exhausted",
            ProblemKind.Unavailable,
            "No free number of this type was found. Tell the operator: the type may need longer numbers."
        );
}
