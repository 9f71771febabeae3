using SocialRegistry.Contracts;
using SocialRegistry.Exchange.Csv;

namespace SocialRegistry.Exchange.Imports;

/// <summary>Why an import as a whole is refused.</summary>
internal static class ImportProblems
{
    public static Problem Kind { get; } =
        Problem.Invalid(
            "imports.kind_unknown",
            "'kind' must be 'individual', 'group', 'areas', 'parents' or 'spouses'."
        );

    public static Problem NotAllowed(string permission) =>
        Problem.Forbidden("access.forbidden", $"This needs the permission {permission}.");

    public static Problem Mode { get; } =
        Problem.Invalid(
            "imports.mode_unknown",
            "'mode' must be 'upsert': rows are created, changed or left alone by their identifier."
        );

    public static Problem DryRun { get; } =
        Problem.Invalid("imports.dry_run_invalid", "'dryRun' must be 'true' or 'false'.");

    public static Problem NamedVersion { get; } =
        Problem.Invalid(
            "imports.named_version_invalid",
            "'namedVersion' must be the name of an open named version, for a file of persons or groups."
        );

    public static Problem NamedVersionClosed { get; } =
        Problem.Conflict(
            "named_versions.closed",
            "The named version is closed: what is in it stays as it is. Nothing was imported."
        );

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
        Problem.Invalid("imports.file_not_text", "The file does not begin as CSV text in UTF-8 or UTF-16 does.");

    public static Problem UnknownPart(string name) =>
        Problem.Invalid(
            "imports.part_unknown",
            "There is no part of that name; known are file, kind, mapping, mode, dryRun, namedVersion.",
            new FieldProblem(name, "unknown", "Leave it out.")
        );

    public static Problem TooLarge(long maxBytes) =>
        new(
            "imports.file_too_large",
            ProblemKind.TooLarge,
            $"The file is larger than {maxBytes / (1024 * 1024)} MiB. Split it, or raise Exchange:MaxUploadBytes."
        );

    public static Problem Header(IReadOnlyList<FieldProblem> columns, IReadOnlyList<string> known) =>
        Problem.Invalid(
            "imports.header_invalid",
            "The header row does not fit; nothing was imported. Known columns: " + string.Join(", ", known) + ".",
            columns
        );

    public static Problem NoColumnKnown(IReadOnlyList<string> known) =>
        Problem.Invalid(
            "imports.header_invalid",
            "None of the columns is known; nothing was imported. Does the first row hold the column names? Known columns: "
                + string.Join(", ", known)
                + ".",
            new FieldProblem("header", "unknown", "Name the columns, or give a mapping.")
        );

    public static Problem HeaderUnreadable(CsvFault fault) =>
        Problem.Invalid(
            "imports.header_invalid",
            "The header row is not readable CSV; nothing was imported.",
            fault.ToProblem() with
            {
                Field = "header",
            }
        );

    public static Problem Repeated(long earlier) =>
        Problem.Invalid(
            "imports.repeated_in_file",
            "An earlier row of this file has the same identifier and says something else.",
            new FieldProblem("identifiers", "duplicate", $"Compare with row {earlier}; keep the one that is right.")
        );
}
