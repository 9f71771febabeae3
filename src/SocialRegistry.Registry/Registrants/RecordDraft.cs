using System.Runtime.InteropServices;
using System.Text.Json;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Areas;
using SocialRegistry.Registry.Disclosures;
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

    /// <summary>The version of the catalogue it was checked against.</summary>
    public int CatalogueVersion => catalogue.View.Version;

    /// <summary>Values by field id; JSON null removes.</summary>
    public required IReadOnlyDictionary<string, JsonElement> Values { get; init; }

    /// <summary>Absent: the record keeps its own.</summary>
    public IReadOnlyList<KnownIdentifier>? Identifiers { get; init; }

    /// <summary>The areas there are, and since when the values hold in them.</summary>
    public required (IAreaTree Areas, DateOnly On) Place { get; init; }

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
        DateTimeOffset now,
        IAreaTree areas
    )
    {
        if (kind is not (RegistrantKinds.Individual or RegistrantKinds.Group))
        {
            return RegistrantProblems.Invalid([
                new FieldProblem("kind", "unknown", "A record is an individual or a group."),
            ]);
        }

        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var validator = new ValueValidator(catalogue, today);
        if (reason is not null)
        {
            Reasons.Check(reason, validator);
        }

        if (!ValueLimits.IsPlausible(effectiveOn))
        {
            validator.Add("effectiveOn", "range", "This date cannot be.");
        }

        var barred = Barred(kind, values.Keys, catalogue, caller).ToList();
        foreach (var problem in barred.Take(ValueLimits.MaxProblems))
        {
            validator.Add(problem.Field, problem.Code, problem.Detail);
        }

        if (barred.Count == 0)
        {
            // A patch of part of a value is checked with the rest that stands: what is wrong with that is not told to everybody.
            validator.CheckValues(kind, values);
        }

        var known = identifiers is null ? null : reader.Read(kind, identifiers, validator);
        foreach (var hidden in (known ?? []).Where(i => !i.Type.IsIn(caller.Fields) && !i.Type.IsIn(caller.Filters)))
        {
            validator.Add("identifiers." + hidden.Type.View.Id, "scope", "The identifier type is not for this caller.");
        }

        foreach (var masked in (known ?? []).Where(i => i.Type.IsIn(caller.Masked)))
        {
            validator.Add(
                "identifiers." + masked.Type.View.Id,
                "masked",
                "The identifier type is shown masked to this caller, who cannot write it unseen."
            );
        }

        return validator.Problems.Count > 0
            ? RegistrantProblems.Invalid(validator.Problems)
            : new RecordDraft(catalogue, validator, kind, caller)
            {
                Values = values,
                Identifiers = known,
                Place = (areas, effectiveOn ?? today),
            };
    }

    /// <summary>The same draft with more identifiers, which were made for it.</summary>
    public RecordDraft And(IEnumerable<KnownIdentifier> more) =>
        new(catalogue, validator, kind, caller)
        {
            Values = Values,
            Identifiers = [.. Identifiers ?? [], .. more],
            Place = Place,
        };

    /// <summary>The document that the record would have. Ciphertext of what stays the same is kept.</summary>
    /// <param name="addIdentifiers">True: identifiers are added to those that are there; false: they replace them.</param>
    /// <param name="clear">The clear values that changed.</param>
    /// <param name="compared">Takes what the caller's values were held against unseen.</param>
    public Outcome<StoredDocument> MergeInto(
        OpenRecord record,
        bool addIdentifiers,
        Dictionary<string, JsonElement> clear,
        Comparisons compared
    )
    {
        record.CheckedAgainst = catalogue.View.Version;
        var stored = new Dictionary<string, JsonElement>(record.Document.Values);
        foreach (var (id, value) in Values)
        {
            var rule = catalogue.Rule(kind, id)!;
            if (value.ValueKind == JsonValueKind.Null)
            {
                stored.Remove(id);
            }
            else if (caller.Masked.Contains(id) && record.Value(rule) is { } seen && IsMaskOf(rule, seen, value))
            {
                validator.Add(id, "masked", "This is the masked form of the value that stands.");
            }
            else if (record.Value(rule) is not { } old || !Canonical.Same(old, value))
            {
                if (AreaField.Check(rule.View, value, Place.Areas, Place.On) is { } wrong)
                {
                    validator.Add(wrong.Field, wrong.Code, wrong.Detail);
                }

                clear[id] = value;
                stored[id] = record.Cipher.Seal(rule.View, value);
            }
        }

        if (stored.Values.Sum(v => (long)JsonMarshal.GetRawUtf8Value(v).Length) > ValueLimits.MaxRecordBytes * 4L / 3)
        {
            return RegistrantProblems.TooLarge;
        }

        foreach (var type in NewRetired(record))
        {
            validator.Add("identifiers." + type, "retired", "No record takes a new identifier of this type any more.");
        }

        var sight = Sight(record, compared);
        var unseen = validator.CheckRecord(
            kind,
            rule =>
                clear.TryGetValue(rule.View.Id, out var changed) ? changed
                : stored.TryGetValue(rule.View.Id, out var kept) ? record.Cipher.Open(rule.View, kept)
                : null,
            sight
        );
        if (DeathDate.IsMissing(catalogue, record.Document.Status, kind, stored))
        {
            if (sight.IsUnseen(DeathDate.Rule(catalogue)!))
            {
                unseen = unseen.And([DeathDate.Field], isBroken: true);
            }
            else
            {
                validator.Add(
                    DeathDate.Field,
                    "status",
                    "A deceased record keeps its date of death; change its status."
                );
            }
        }

        if (validator.Problems.Count > 0)
        {
            return RegistrantProblems.Invalid(validator.Problems);
        }

        foreach (var field in unseen.Compared)
        {
            compared.Note(record.Row.Id, field);
        }

        return unseen.AreBroken
            ? Comparisons.Refused
            : new StoredDocument
            {
                Status = record.Document.Status.Length > 0 ? record.Document.Status : record.Row.Status,
                StatusOn = record.Document.StatusOn,
                Values = stored,
                Identifiers = Merge(record, addIdentifiers),
            };
    }

    /// <summary>Fields that the caller may not have, or not write unseen.</summary>
    private static IEnumerable<FieldProblem> Barred(
        string kind,
        IEnumerable<string> fields,
        Catalogue catalogue,
        Caller caller
    ) =>
        fields
            .Where(id => catalogue.Rule(kind, id) is not null)
            .Select(id =>
                !caller.Fields.Contains(id) ? new FieldProblem(id, "scope", "The field is not for this caller.")
                : IsMasked(caller, id)
                    ? new FieldProblem(
                        id,
                        "masked",
                        "The field is shown masked to this caller, who cannot write it unseen."
                    )
                : null
            )
            .OfType<FieldProblem>();

    private RecordSight Sight(OpenRecord record, Comparisons compared) =>
        record.Row.Version == 0
            ? RecordSight.Whole
            : new RecordSight(
                rule => Values.ContainsKey(rule.View.Id),
                rule => !Values.ContainsKey(rule.View.Id) && !compared.Sees(rule.View, record.Row.Id)
            );

    /// <summary>Retired types of identifiers that the record has not got yet.</summary>
    private IEnumerable<string> NewRetired(OpenRecord record)
    {
        var known = record.Document.Identifiers.Select(i => (i.Type, i.Token)).ToHashSet();
        return (Identifiers ?? [])
            .Where(i => i.Type.View.Retired && !known.Contains(i.Key))
            .Select(i => i.Type.View.Id)
            .Distinct();
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
                var type = identifier.Type.View.Id;
                merged.Add(
                    new StoredIdentifier(
                        type,
                        record.Cipher.SealText(IdentifierPath(type), identifier.Value),
                        identifier.TokenText
                    )
                    {
                        Details = IdentifierDetails.Seal(record.Cipher, type, identifier.Details),
                    }
                );
                continue;
            }

            // A row of an import that says nothing of the period leaves it.
            var same =
                (add && identifier.Details is null)
                || identifier.Details == IdentifierDetails.Open(record.Cipher, kept);
            var next = same
                ? kept
                : kept with
                {
                    Details = IdentifierDetails.Seal(record.Cipher, kept.Type, identifier.Details),
                };
            if (merged.IndexOf(kept) is >= 0 and var place)
            {
                merged[place] = next;
            }
            else
            {
                merged.Add(next);
            }
        }

        return merged;
    }

    /// <summary>Who may reveal can look before it writes.</summary>
    public static bool IsMasked(Caller caller, string field) =>
        caller.Masked.Contains(field) && !caller.May(Permissions.RevealFields);

    private static bool IsMaskOf(FieldRule rule, JsonElement value, JsonElement given) =>
        Canonical.Same(Masks.Of(rule.View, value), given);

    private bool IsHidden(StoredIdentifier identifier) =>
        catalogue.IdentifierType(identifier.Type) is { } type
        && (!type.IsIn(caller.Fields) || type.IsIn(caller.Masked));

    /// <summary>Field path under which an identifier's value is protected.</summary>
    public static string IdentifierPath(string type) => "identifiers." + type;
}
