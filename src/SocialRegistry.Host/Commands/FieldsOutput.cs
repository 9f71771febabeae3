using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using SocialRegistry.Contracts;

namespace SocialRegistry.Host.Commands;

/// <summary>Prints what the command <c>fields</c> found: lines for people, or JSON as the API answers it.</summary>
internal sealed class FieldsOutput(TextWriter output, bool json)
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The value; a problem ends the command with its text.</summary>
    public static T OrThrow<T>(Outcome<T> outcome) =>
        outcome.Succeeded
            ? outcome.Value
            : throw new OperatorException(
                string.Join(
                    "\n  ",
                    outcome.Problem.Fields.Select(f => $"{f.Field}: {f.Detail}").Prepend(outcome.Problem.Detail)
                )
            );

    public void Write(int version, IReadOnlyList<FieldView> fields)
    {
        if (json)
        {
            Json(fields);
            return;
        }

        foreach (var field in fields)
        {
            output.WriteLine(Line(field, field.State == FieldState.Retired ? "retired" : ""));
        }

        output.WriteLine($"{fields.Count} fields in version {version} of the catalogue");
    }

    public void Write(IReadOnlyList<FieldDraftView> drafts)
    {
        if (json)
        {
            Json(drafts);
            return;
        }

        foreach (var draft in drafts)
        {
            output.WriteLine(Line(draft.Field, draft.Changes ? "change" : "new"));
        }

        output.WriteLine($"{drafts.Count} drafts");
    }

    public void Write(FieldDraftView draft)
    {
        if (json)
        {
            Json(draft);
            return;
        }

        output.WriteLine(
            $"Drafted {draft.Field.Kind}.{draft.Field.Id}{(draft.Changes ? ", a change of a field that stands" : "")}."
        );
    }

    public void Write(FieldEffectView effect)
    {
        if (json)
        {
            Json(effect);
            return;
        }

        output.WriteLine($"{effect.Kind}.{effect.Id}: {effect.Values} of {effect.Records} records have a value");
        output.WriteLine($"attestations that stand on it: {effect.Attestations}");
        output.WriteLine(
            effect.BuildsIndex ? "an index is built"
            : effect.DropsIndex ? "the index is dropped"
            : "the index stays as it is"
        );
        foreach (var obstacle in effect.Obstacles)
        {
            output.WriteLine($"in the way: {obstacle.Field}: {obstacle.Detail}");
        }

        foreach (var broken in effect.BrokenRecords)
        {
            output.WriteLine($"would break: {broken.Id}  {broken.Problem.Field}: {broken.Problem.Detail}");
        }

        if (effect.Broken > effect.BrokenRecords.Count)
        {
            output.WriteLine($"and {effect.Broken - effect.BrokenRecords.Count} more");
        }

        output.WriteLine(effect.Publishable ? "It can be published." : "It cannot be published yet.");
    }

    public void Write(FieldStatusView status)
    {
        if (json)
        {
            Json(status);
            return;
        }

        var index = status.Index is { } found ? $"; its index is {found.State.ToString().ToLowerInvariant()}" : "";
        var state = status.Field?.State.ToString().ToLowerInvariant() ?? "a draft";
        output.WriteLine(
            $"{status.Kind}.{status.Id} is {state} in version {status.CatalogueVersion} of the catalogue{index}."
        );
    }

    private void Json<T>(T value) => output.WriteLine(JsonSerializer.Serialize(value, Format));

    private static string Line(FieldView field, string remark) =>
        $"{field.Kind, -11}{field.Id, -32}{(field.Type + (field.Repeated ? " list" : "")).ToLowerInvariant(), -15}{field.Class.ToString().ToLowerInvariant(), -10}{field.Labels["eng"]}{(remark.Length > 0 ? $" ({remark})" : "")}";
}
