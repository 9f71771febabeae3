using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using SocialRegistry.Contracts;

namespace SocialRegistry.Registry.Fields;

/// <summary>Checks values against the catalogue. Problems name paths and rules, never values.</summary>
/// <param name="stored">True: what is checked stands already, so codes and fields that were retired since are no fault.</param>
internal sealed class ValueValidator(Catalogue catalogue, DateOnly today, bool stored = false)
{
    private readonly List<FieldProblem> problems = [];

    public IReadOnlyList<FieldProblem> Problems => problems;

    /// <summary>Checks what was sent; JSON null stands for "none" and is allowed.</summary>
    public void CheckValues(string kind, IReadOnlyDictionary<string, JsonElement> values)
    {
        foreach (var (id, value) in values)
        {
            if (problems.Count >= ValueLimits.MaxProblems)
            {
                return;
            }

            if (catalogue.Rule(kind, id) is not { } rule)
            {
                Add(Printable(id), "unknown", $"There is no such field for the kind {kind}.");
            }
            else if (rule.View.Computed)
            {
                Add(id, "computed", "This field is computed; nobody enters it.");
            }
            else if (value.ValueKind == JsonValueKind.Undefined)
            {
                Add(id, "type", "Send a JSON value.");
            }
            else if (rule.IsRetired && value.ValueKind != JsonValueKind.Null && !stored)
            {
                Add(id, "retired", "This field takes no values any more; send null to remove the one that is there.");
            }
            else if (value.ValueKind != JsonValueKind.Null)
            {
                CheckWhole(rule, id, value);
            }
        }
    }

    /// <summary>Checks the record as a whole, once the change is applied.</summary>
    /// <param name="value">The clear value of a field, when it has one.</param>
    /// <param name="sight">What of it the caller sent and may see.</param>
    /// <returns>What is broken and compared without the caller seeing it.</returns>
    public UnseenRules CheckRecord(string kind, Func<FieldRule, JsonElement?> value, RecordSight sight)
    {
        var unseen = UnseenRules.None;
        foreach (var rule in catalogue.Rules(kind).Where(r => r.View.Required && !r.IsRetired && value(r) is null))
        {
            if (sight.IsUnseen(rule))
            {
                unseen = unseen.And([rule.View.Id], isBroken: true);
            }
            else
            {
                Add(rule.View.Id, "required", "This field needs a value.");
            }
        }

        if (
            catalogue.Rule(kind, "birth_date") is { } births
            && catalogue.Rule(kind, "death_date") is { } deaths
            && PartialDate.From(value(births)) is { } birth
            && PartialDate.From(value(deaths)) is { } death
        )
        {
            var isBroken = death.Latest < birth.Earliest;
            FieldRule[] hidden = [.. new[] { births, deaths }.Where(sight.IsUnseen)];
            if (hidden.Length == 0 && isBroken)
            {
                Add("death_date", "before_birth", "The date of death lies before the date of birth.");
            }
            else if (hidden.Length > 0 && (sight.IsSent(births) || sight.IsSent(deaths)))
            {
                unseen = unseen.And(hidden.Select(r => r.View.Id), isBroken);
            }
        }

        return unseen;
    }

    public void Add(string path, string code, string detail) => problems.Add(new FieldProblem(path, code, detail));

    /// <summary>A field id that came from outside, fit to be shown.</summary>
    private static string Printable(string id)
    {
        var text = id.Length <= 60 ? id : id[..60];
        return text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-') ? text : "?";
    }

    private void CheckWhole(FieldRule rule, string id, JsonElement value)
    {
        try
        {
            Check(rule, id, value);
        }
        catch (InvalidOperationException)
        {
            // The reader of JSON answers so when half of a surrogate pair stands in a text.
            Add(id, "characters", "The text holds characters that are not allowed.");
        }
    }

    private void Check(FieldRule rule, string path, JsonElement value)
    {
        if (JsonMarshal.GetRawUtf8Value(value).Length > ValueLimits.MaxValueBytes)
        {
            Add(path, "too_large", $"One value has at most {ValueLimits.MaxValueBytes} bytes.");
        }
        else if (!rule.View.Repeated)
        {
            CheckOne(rule, path, value);
        }
        else if (value.ValueKind != JsonValueKind.Array)
        {
            Add(path, "type", "This field is repeated: send an array.");
        }
        else if (value.GetArrayLength() is 0 or > ValueLimits.MaxItems)
        {
            Add(path, "items", $"This field takes 1 to {ValueLimits.MaxItems} elements; send null to remove it.");
        }
        else if (FieldSchema.Broken(rule.List, path, value) is { } broken)
        {
            problems.Add(broken);
        }
        else
        {
            var index = 0;
            foreach (var element in value.EnumerateArray())
            {
                CheckOne(rule, $"{path}[{index++}]", element);
            }
        }
    }

    /// <summary>First what the type asks, then what the field's own validation asks.</summary>
    private void CheckOne(FieldRule rule, string path, JsonElement value)
    {
        var before = problems.Count;
        CheckType(rule, path, value);
        if (problems.Count == before && FieldSchema.Broken(rule.Values, path, value) is { } broken)
        {
            problems.Add(broken);
        }
    }

    private void CheckType(FieldRule rule, string path, JsonElement value)
    {
        switch (rule.View.Type)
        {
            case FieldType.Text:
                CheckText(path, value);
                break;
            case FieldType.Integer or FieldType.Decimal:
                CheckNumber(rule, path, value);
                break;
            case FieldType.Date:
                CheckDate(rule, path, value);
                break;
            case FieldType.Boolean when value.ValueKind is not (JsonValueKind.True or JsonValueKind.False):
                Add(path, "type", "Send true or false.");
                break;
            case FieldType.Code
                when value.ValueKind != JsonValueKind.String
                    || !(stored ? rule.KnownCodes! : rule.Codes!).Contains(value.GetString()!):
                Add(path, "code", $"Send a code of the list {rule.View.CodeList}.");
                break;
            case FieldType.Document when value.ValueKind != JsonValueKind.String || !IsDocument(value.GetString()!):
                Add(path, "type", "Send the id of a document.");
                break;
            case FieldType.Group or FieldType.GeoPoint:
                CheckGroup(rule, path, value);
                break;
        }
    }

    private void CheckText(string path, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            Add(path, "type", "Send a text.");
            return;
        }

        var text = value.GetString()!;
        if (text.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t')))
        {
            Add(path, "characters", "The text holds characters that are not allowed.");
            return;
        }

        if (text.Length == 0 || text.EnumerateRunes().Count() > ValueLimits.MaxTextLength)
        {
            Add(path, "length", $"The text has 1 to {ValueLimits.MaxTextLength} characters.");
        }
    }

    private void CheckNumber(FieldRule rule, string path, JsonElement value)
    {
        // What a double cannot hold would be another number after the next reader of JSON.
        if (
            value.ValueKind != JsonValueKind.Number
            || !value.TryGetDecimal(out var number)
            || !value.TryGetDouble(out var twin)
            || !decimal.TryParse(
                twin.ToString("R", CultureInfo.InvariantCulture),
                NumberStyles.Float,
                CultureInfo.InvariantCulture,
                out var back
            )
            || back != number
        )
        {
            Add(path, "type", "Send a number of at most 15 digits.");
        }
        else if (rule.View.Type == FieldType.Integer && number != decimal.Truncate(number))
        {
            Add(path, "type", "Send a whole number.");
        }
    }

    private static bool IsDocument(string text) =>
        Guid.TryParseExact(text, "D", out _) && !text.Any(char.IsAsciiLetterUpper);

    private void CheckDate(FieldRule rule, string path, JsonElement value)
    {
        if (PartialDate.From(value) is not { } date || !rule.Precisions.Contains(date.Precision))
        {
            Add(path, "type", $"Send a calendar date as {string.Join(" or ", rule.Precisions.Select(Form))}.");
        }
        else if (!ValueLimits.IsPlausible(date.Earliest) || !ValueLimits.IsPlausible(date.Latest))
        {
            Add(
                path,
                "range",
                $"Dates lie between {ValueLimits.FirstDate:yyyy-MM-dd} and {ValueLimits.LastDate:yyyy-MM-dd}."
            );
        }
        else if (
            path is "birth_date" or "death_date" or (EstimatedBirthYear.StatedAge + ".as_of")
            && date.Earliest > today.AddDays(1)
        )
        {
            // One day of grace: it may be tomorrow already where the registrar sits.
            Add(path, "future", "This date lies in the future.");
        }
    }

    private static string Form(DatePrecision precision) =>
        precision switch
        {
            DatePrecision.Year => "YYYY",
            DatePrecision.Month => "YYYY-MM",
            _ => "YYYY-MM-DD",
        };

    private void CheckGroup(FieldRule rule, string path, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            Add(path, "type", "Send an object.");
            return;
        }

        var seen = new HashSet<string>();
        foreach (var member in value.EnumerateObject())
        {
            if (!rule.Parts.TryGetValue(member.Name, out var part))
            {
                Add($"{path}.{Printable(member.Name)}", "unknown", "There is no such part in this field.");
            }
            else if (!seen.Add(member.Name))
            {
                Add($"{path}.{member.Name}", "duplicate", "This part is there twice.");
            }
            else
            {
                Check(part, $"{path}.{member.Name}", member.Value);
            }
        }

        if (seen.Count == 0)
        {
            Add(path, "empty", "The object holds nothing; send null to remove the field.");
        }

        foreach (var part in rule.Parts.Values.Where(p => p.View.Required && !seen.Contains(p.View.Id)))
        {
            Add($"{path}.{part.View.Id}", "required", "This part needs a value.");
        }
    }
}
