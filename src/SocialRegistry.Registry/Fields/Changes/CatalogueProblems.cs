using SocialRegistry.Contracts;

namespace SocialRegistry.Registry.Fields.Changes;

/// <summary>What can be wrong with a change of the catalogue.</summary>
internal static class CatalogueProblems
{
    public static Problem NotAllowed { get; } =
        Problem.Forbidden("access.forbidden", $"This needs the permission {Permissions.WriteFields}.");

    public static Problem UnknownField { get; } = Problem.NotFound("fields.not_found", "There is no such field.");

    public static Problem NoDraft { get; } =
        Problem.NotFound("fields.no_draft", "There is no draft of this field; draft it first.");

    public static Problem KindNeeded { get; } =
        Problem.Invalid(
            "fields.kind_needed",
            "Both kinds of record have a field of this name; say which one is meant.",
            new FieldProblem("kind", "required", "Send individual or group.")
        );

    public static Problem InvalidField(IReadOnlyList<FieldProblem> problems) =>
        Problem.Invalid("fields.invalid", "The definition of the field cannot stand.", problems);

    /// <summary>Publishing would leave stored values that the field no longer takes.</summary>
    public static Problem WouldBreak(FieldEffectView effect) =>
        Problem.Conflict(
            "fields.would_break",
            effect.Broken > 0
                ? $"{effect.Broken} records would no longer be valid. The preview lists them; mend them first."
                : "What is stored stands in the way."
        ) with
        {
            Fields =
            [
                .. effect.Obstacles,
                .. effect
                    .BrokenRecords.Select(b => b.Problem)
                    .DistinctBy(p => (p.Field, p.Code))
                    .Take(ValueLimits.MaxProblems),
            ],
        };

    public static Problem TooManyFields(int most) =>
        Problem.Conflict("fields.too_many", $"A catalogue has at most {most} fields.");

    public static Problem InvalidCodeList(IReadOnlyList<FieldProblem> problems) =>
        Problem.Invalid("code_lists.invalid", "The code list cannot stand.", problems);

    public static Problem UnknownCodeList { get; } =
        Problem.NotFound("code_lists.not_found", "There is no such code list; create it first.");

    public static Problem TooManyCodeLists(int most) =>
        Problem.Conflict("code_lists.too_many", $"A catalogue has at most {most} code lists.");

    public static Problem InvalidIdentifierType(IReadOnlyList<FieldProblem> problems) =>
        Problem.Invalid("identifier_types.invalid", "The identifier type cannot stand.", problems);

    public static Problem IdentifierTypeInUse(IReadOnlyList<FieldProblem> problems) =>
        Problem.Conflict(
            "identifier_types.in_use",
            "Identifiers of this type are stored, and this change would lose them."
        ) with
        {
            Fields = problems,
        };

    public static Problem TooManyIdentifierTypes(int most) =>
        Problem.Conflict("identifier_types.too_many", $"A catalogue has at most {most} identifier types.");

    public static Problem TooLarge { get; } =
        new("catalogue.too_large", ProblemKind.TooLarge, "The catalogue as a whole would become too large.");

    public static Problem UnknownVersion { get; } =
        Problem.NotFound("catalogue.version_not_found", "The catalogue has no such version.");

    public static Problem CodeListExists { get; } =
        Problem.Conflict("code_lists.exists", "There is a code list of this id; change it with PUT.");

    public static Problem CodeListVersion(long version) =>
        Problem.Invalid(
            "code_lists.version_unknown",
            $"Code lists have no version {version}: 0 asks that the list is new, and nothing asks for no version."
        );
}
