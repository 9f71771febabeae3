using System.Globalization;
using System.Text.Json;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Disclosures;
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

    /// <summary>Why a day of death does not fit the record; <c>null</c> when it does. Whether there is a date already is told by the answer too.</summary>
    public static Problem? Check(OpenRecord record, Catalogue catalogue, DateOnly? on, ChangeNote note)
    {
        var (rule, compared, id) = (Rule(catalogue)!, note.Compared, record.Row.Id);
        var given = on?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var stands = Text(record, rule);
        var sees = compared.Sees(rule.View, id);
        if (!sees)
        {
            compared.Note(id, Field);
        }

        if (stands is not null)
        {
            // A date that is known by its year or month only agrees with the days in it.
            return given?.StartsWith(stands, StringComparison.Ordinal) != false ? null
                : sees ? Invalid("contradiction", "The record has another date of death; correct that first.")
                : Comparisons.Refused;
        }

        if (given is null || !note.Caller.Fields.Contains(Field) || RecordDraft.IsMasked(note.Caller, Field))
        {
            return !sees ? Comparisons.Refused : Invalid("required", "Say on which day the person died.");
        }

        if (
            catalogue.Rule(RegistrantKinds.Individual, BirthDate) is not { } births
            || Text(record, births) is not { } birth
        )
        {
            return null;
        }

        var isBefore = string.CompareOrdinal(given[..Math.Min(birth.Length, given.Length)], birth) < 0;
        if (compared.Sees(births.View, id))
        {
            return isBefore ? Invalid("before_birth", "The date of death lies before the date of birth.") : null;
        }

        compared.Note(id, BirthDate);
        return isBefore ? Comparisons.Refused : null;
    }

    private static Problem Invalid(string code, string detail) =>
        StatusProblems.Invalid([new FieldProblem("on", code, detail)]);

    public static JsonElement Value(DateOnly on) =>
        JsonSerializer.SerializeToElement(on.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    private static string? Text(OpenRecord record, FieldRule? rule) =>
        rule is not null && record.Value(rule) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
}
