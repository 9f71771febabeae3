using System.Globalization;
using System.Text.Json;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Fields;

namespace SocialRegistry.Registry.Registrants;

/// <summary>
/// The status <c>deceased</c> and the field <c>death_date</c> tell the same: who is deceased has the date, as far as the catalogue has the
/// field. The other way round, a date alone is somebody's statement; the status is changed by a call of its own.
/// </summary>
internal static class DeathDate
{
    public const string Field = "death_date";
    private const string BirthDate = "birth_date";

    public static FieldRule? Rule(Catalogue catalogue) => catalogue.Rule(RegistrantKinds.Individual, Field);

    public static bool IsMissing(
        Catalogue catalogue,
        string status,
        string kind,
        IReadOnlyDictionary<string, JsonElement> values
    ) =>
        status == RegistrantStatuses.Deceased
        && kind == RegistrantKinds.Individual
        && Rule(catalogue) is not null
        && !values.ContainsKey(Field);

    /// <summary>What is wrong with a day of death; <c>null</c> when it fits the record.</summary>
    public static FieldProblem? Check(OpenRecord record, Catalogue catalogue, DateOnly? on)
    {
        var given = on?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        if (Text(record, Rule(catalogue)) is { } stands)
        {
            // A date that is known by its year or month only agrees with the days in it.
            return given?.StartsWith(stands, StringComparison.Ordinal) == false
                ? new FieldProblem("on", "contradiction", "The record has another date of death; correct that first.")
                : null;
        }

        return given is null ? new FieldProblem("on", "required", "Say on which day the person died.")
            : Text(record, catalogue.Rule(RegistrantKinds.Individual, BirthDate)) is { } birth
            && string.CompareOrdinal(given[..Math.Min(birth.Length, given.Length)], birth) < 0
                ? new FieldProblem("on", "before_birth", "The date of death lies before the date of birth.")
            : null;
    }

    public static JsonElement Value(DateOnly on) =>
        JsonSerializer.SerializeToElement(on.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    private static string? Text(OpenRecord record, FieldRule? rule) =>
        rule is not null && record.Value(rule) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
}
