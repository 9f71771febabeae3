using SocialRegistry.Contracts;

namespace SocialRegistry.Registry.Documents;

/// <summary>What can be refused about documents.</summary>
internal static class DocumentProblems
{
    public static Problem NotFound { get; } =
        Problem.NotFound("documents.not_found", "The record has no such document, or it is not for this caller.");

    public static Problem OutOfScope { get; } =
        Problem.Forbidden("documents.scope", "Documents are not among the fields that this caller may have.");

    public static Problem Invalid(IReadOnlyList<FieldProblem> fields) =>
        Problem.Invalid("documents.invalid", "The document cannot be taken as it is.", fields);

    public static Problem Empty { get; } =
        Problem.Invalid("documents.empty", "The file is empty.", new FieldProblem("file", "required", "Send a file."));

    public static Problem Mismatch(string reason) =>
        Problem.Invalid(
            "documents.content_mismatch",
            "The content is not what its media type says.",
            new FieldProblem("file", "content", reason)
        );

    public static Problem TooLarge(int most) =>
        new("documents.too_large", ProblemKind.TooLarge, $"A document has at most {most} bytes.");

    public static Problem TooMany(int most) =>
        Problem.Conflict("documents.too_many", $"A record has at most {most} documents; remove one first.");

    public static Problem Busy { get; } =
        new("documents.busy", ProblemKind.TooMany, "Many documents are being taken in just now. Try again.");
}
