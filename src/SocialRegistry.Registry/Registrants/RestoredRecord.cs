using System.Text.Json;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Disclosures;
using SocialRegistry.Registry.Fields;

namespace SocialRegistry.Registry.Registrants;

/// <summary>The catalogue may have changed since a record was archived: what comes back fits the one that stands.</summary>
internal static class RestoredRecord
{
    /// <summary>Why the record does not fit; it names only what the caller may read.</summary>
    /// <param name="values">All values as they are to be stored.</param>
    /// <param name="clear">Of these, the clear values of those that are new.</param>
    public static Problem? Check(
        OpenRecord record,
        Catalogue catalogue,
        IReadOnlyDictionary<string, JsonElement> values,
        IReadOnlyDictionary<string, JsonElement> clear,
        ChangeNote note
    )
    {
        var (kind, compared, id) = (record.Row.Kind, note.Compared, record.Row.Id);
        JsonElement? Value(FieldRule rule) =>
            clear.TryGetValue(rule.View.Id, out var given) ? given
            : values.TryGetValue(rule.View.Id, out var stored) ? record.Cipher.Open(rule.View, stored)
            : null;
        var today = DateOnly.FromDateTime(note.Now.UtcDateTime);
        var whole = new ValueValidator(catalogue, today, stored: true);
        var unseen = whole.CheckRecord(kind, Value, new RecordSight(_ => true, r => !compared.Sees(r.View, id)));
        var hidden = unseen.AreBroken ? unseen.Compared.ToHashSet() : [];
        var problems = whole.Problems.ToList();
        foreach (var rule in catalogue.Rules(kind).Where(r => !r.View.Computed))
        {
            if (Value(rule) is not { } value)
            {
                continue;
            }

            var own = new ValueValidator(catalogue, today, stored: true);
            own.CheckValues(kind, new Dictionary<string, JsonElement> { [rule.View.Id] = value });
            if (own.Problems.Count > 0 && !compared.Sees(rule.View, id))
            {
                hidden.Add(rule.View.Id);
            }
            else
            {
                problems.AddRange(own.Problems);
            }
        }

        if (problems.Count > 0)
        {
            return StatusProblems.Invalid([.. problems.Take(ValueLimits.MaxProblems)]);
        }

        foreach (var field in hidden)
        {
            compared.Note(id, field);
        }

        return hidden.Count > 0 ? Comparisons.Refused : null;
    }
}
