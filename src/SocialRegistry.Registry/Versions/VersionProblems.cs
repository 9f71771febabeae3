using System.Globalization;
using SocialRegistry.Contracts;

namespace SocialRegistry.Registry.Versions;

/// <summary>What can be refused about versions and moments. Codes are stable.</summary>
internal static class VersionProblems
{
    /// <summary>Beyond "now" by more than clocks differ.</summary>
    public static readonly TimeSpan Ahead = TimeSpan.FromMinutes(5);

    public static Problem BeforeRecorded(DateTimeOffset since) =>
        Problem.NotFound("versions.before_record", "The register did not know this record at that moment.") with
        {
            Since = since.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture),
        };

    public static Problem BeforeEffective(PartialDate since) =>
        Problem.NotFound(
            "versions.before_record",
            "Nothing is recorded about that day: it lies before the record."
        ) with
        {
            Since = since.ToString(),
        };

    public static Problem OnePast { get; } =
        Problem.Invalid(
            "versions.one_past",
            "Ask for a version, or for asOf and effective: a version says already which state is meant.",
            new FieldProblem("version", "exclusive", "Send it without asOf and effective.")
        );

    public static Problem Future { get; } =
        Problem.Invalid(
            "versions.moment_future",
            "Nobody knows yet what the register will hold at that moment.",
            new FieldProblem("asOf", "range", "Send a moment that is past.")
        );

    public static Problem Period { get; } =
        Problem.Invalid(
            "versions.period_invalid",
            "The timeframe ends before it begins.",
            new FieldProblem("to", "range", "Send a moment after 'from'.")
        );

    public static Problem UnknownField { get; } =
        Problem.Invalid(
            "versions.field_unknown",
            "There is no such field in the catalogue.",
            new FieldProblem("field", "unknown", "Send a field id, 'identifiers' or 'status'.")
        );

    public static Problem Day(string field) =>
        Problem.Invalid(
            "versions.day_invalid",
            "This day cannot be.",
            new FieldProblem(field, "range", "Send a day of the years 1850 to 2200.")
        );

    public static Problem NotAGroup { get; } = Problem.Invalid("versions.not_a_group", "Only groups have members.");

    public static Problem PageOfMembers { get; } =
        Problem.Invalid(
            "paging.invalid",
            "A page of members has 1 to 100 items and begins after the 'next' of the page before."
        );
}
