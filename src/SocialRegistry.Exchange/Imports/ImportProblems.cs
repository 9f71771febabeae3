using SocialRegistry.Contracts;

namespace SocialRegistry.Exchange.Imports;

/// <summary>Why an import as a whole is refused.</summary>
internal static class ImportProblems
{
    public static Problem Kind { get; } =
        Problem.Invalid("imports.kind_unknown", "'kind' must be 'individual' or 'group'.");

    public static Problem Mode { get; } =
        Problem.Invalid(
            "imports.mode_unknown",
            "'mode' must be 'upsert': rows are created, changed or left alone by their identifier."
        );

    public static Problem DryRun { get; } =
        Problem.Invalid("imports.dry_run_invalid", "'dryRun' must be 'true' or 'false'.");

    public static Problem NoFile { get; } =
        Problem.Invalid(
            "imports.file_missing",
            "Send multipart/form-data with one part 'file' (CSV) and one part 'kind'."
        );

    public static Problem Mapping { get; } =
        Problem.Invalid(
            "imports.mapping_invalid",
            "'mapping' must be a JSON object of column name to field id, all of it text, up to 64 KiB."
        );

    public static Problem Empty { get; } = Problem.Invalid("imports.file_empty", "The file holds no header row.");

    public static Problem NotText { get; } =
        Problem.Invalid(
            "imports.file_not_text",
            "The file is not CSV text in UTF-8, or UTF-16 with its byte-order mark."
        );

    public static Problem UnknownPart(string name) =>
        Problem.Invalid(
            "imports.part_unknown",
            "There is no part of that name; known are file, kind, mapping, mode, dryRun.",
            new FieldProblem(name, "unknown", "Leave it out.")
        );

    public static Problem TooLarge(long maxBytes) =>
        new(
            "imports.file_too_large",
            ProblemKind.TooLarge,
            $"The file is larger than {maxBytes / (1024 * 1024)} MiB. Split it, or raise Exchange:MaxUploadBytes."
        );

    public static Problem Header(IReadOnlyList<FieldProblem> columns) =>
        Problem.Invalid("imports.header_invalid", "The header row does not fit; nothing was imported.", columns);
}
