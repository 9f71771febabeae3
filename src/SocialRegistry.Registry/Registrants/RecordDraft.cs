using System.Runtime.InteropServices;
using System.Text.Json;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Fields;

namespace SocialRegistry.Registry.Registrants;

/// <summary>Values and identifiers that were checked against the catalogue and may be merged into a record.</summary>
internal sealed class RecordDraft
{
    private readonly Catalogue catalogue;
    private readonly ValueValidator validator;
    private readonly string kind;
    private readonly Caller caller;

    private RecordDraft(Catalogue catalogue, ValueValidator validator, string kind, Caller caller)
    {
        this.catalogue = catalogue;
        this.validator = validator;
        this.kind = kind;
        this.caller = caller;
    }

    /// <summary>Values by field id; JSON null removes.</summary>
    public required IReadOnlyDictionary<string, JsonElement> Values { get; init; }

    /// <summary>Absent: the record keeps its own.</summary>
    public IReadOnlyList<KnownIdentifier>? Identifiers { get; init; }

    /// <summary>Checks values and identifiers, and that the caller may have them: who could write what it may not see could guess it.</summary>
    public static Outcome<RecordDraft> Check(
        string? kind,
        IReadOnlyDictionary<string, JsonElement> values,
        IReadOnlyList<Identifier>? identifiers,
        string? reason,
        DateOnly? effectiveOn,
        Catalogue catalogue,
        IdentifierReader reader,
        Caller caller,
        DateTimeOffset now
    )
    {
        if (kind is not (RegistrantKinds.Individual or RegistrantKinds.Group))
        {
            return RegistrantProblems.Invalid([
                new FieldProblem("kind", "unknown", "A record is an individual or a group."),
            ]);
        }

        var validator = new ValueValidator(catalogue, DateOnly.FromDateTime(now.UtcDateTime));
        if (reason?.Length > ValueLimits.MaxReasonLength)
        {
            validator.Add("reason", "length", $"A reason has at most {ValueLimits.MaxReasonLength} characters.");
        }

        if (!ValueLimits.IsPlausible(effectiveOn))
        {
            validator.Add("effectiveOn", "range", "This date cannot be.");
        }

        validator.CheckValues(kind, values);
        foreach (var id in values.Keys.Where(id => catalogue.Rule(kind, id) is not null && !caller.Fields.Contains(id)))
        {
            validator.Add(id, "scope", "The field is not for this caller.");
        }

        var known = identifiers is null ? null : reader.Read(kind, identifiers, validator);
        foreach (var hidden in (known ?? []).Where(i => !i.Type.IsIn(caller.Fields) && !i.Type.IsIn(caller.Filters)))
        {
            validator.Add("identifiers." + hidden.Type.View.Id, "scope", "The identifier type is not for this caller.");
        }

        return validator.Problems.Count > 0
            ? RegistrantProblems.Invalid(validator.Problems)
            : new RecordDraft(catalogue, validator, kind, caller) { Values = values, Identifiers = known };
    }

    /// <summary>The same draft with more identifiers, which were made for it.</summary>
    public RecordDraft And(IEnumerable<KnownIdentifier> more) =>
        new(catalogue, validator, kind, caller) { Values = Values, Identifiers = [.. Identifiers ?? [], .. more] };

    /// <summary>The document that the record would have. Ciphertext of what stays the same is kept.</summary>
    /// <param name="addIdentifiers">True: identifiers are added to those that are there; false: they replace them.</param>
    /// <param name="clear">The clear values that changed.</param>
    public Outcome<StoredDocument> MergeInto(
        OpenRecord record,
        bool addIdentifiers,
        Dictionary<string, JsonElement> clear
    )
    {
        var stored = new Dictionary<string, JsonElement>(record.Document.Values);
        foreach (var (id, value) in Values)
        {
            var rule = catalogue.Rule(kind, id)!;
            if (value.ValueKind == JsonValueKind.Null)
            {
                stored.Remove(id);
            }
            else if (record.Value(rule) is not { } old || !Canonical.Same(old, value))
            {
                clear[id] = value;
                stored[id] = record.Cipher.Seal(rule.View, value);
            }
        }

        if (stored.Values.Sum(v => (long)JsonMarshal.GetRawUtf8Value(v).Length) > ValueLimits.MaxRecordBytes * 4L / 3)
        {
            return RegistrantProblems.TooLarge;
        }

        validator.CheckRecord(
            kind,
            rule =>
                clear.TryGetValue(rule.View.Id, out var changed) ? changed
                : stored.TryGetValue(rule.View.Id, out var kept) ? record.Cipher.Open(rule.View, kept)
                : null
        );
        return validator.Problems.Count > 0
            ? RegistrantProblems.Invalid(validator.Problems)
            : new StoredDocument
            {
                Status = record.Row.Status,
                Values = stored,
                Identifiers = Merge(record, addIdentifiers),
            };
    }

    private IReadOnlyList<StoredIdentifier> Merge(OpenRecord record, bool add)
    {
        if (Identifiers is null)
        {
            return record.Document.Identifiers;
        }

        var old = record.Document.Identifiers.ToDictionary(i => (i.Type, i.Token));
        // A list that replaces the old one replaces what the caller can see of it.
        var merged = record.Document.Identifiers.Where(i => add || IsHidden(i)).ToList();
        foreach (var identifier in Identifiers)
        {
            var kept = old.GetValueOrDefault(identifier.Key);
            if (kept is null)
            {
                merged.Add(
                    new StoredIdentifier(
                        identifier.Type.View.Id,
                        record.Cipher.SealText(IdentifierPath(identifier.Type.View.Id), identifier.Value),
                        identifier.TokenText
                    )
                );
            }
            else if (!merged.Contains(kept))
            {
                merged.Add(kept);
            }
        }

        return merged;
    }

    private bool IsHidden(StoredIdentifier identifier) =>
        catalogue.IdentifierType(identifier.Type)?.IsIn(caller.Fields) == false;

    /// <summary>Field path under which an identifier's value is protected.</summary>
    public static string IdentifierPath(string type) => "identifiers." + type;
}
