using System.Text.Json;

namespace SocialRegistry.JsonSchema;

/// <summary>The types of validation §6.1.1.</summary>
[Flags]
internal enum JsonTypes
{
    None = 0,
    Null = 1,
    Boolean = 2,
    Object = 4,
    Array = 8,
    Number = 16,
    String = 32,
    Integer = 64,
}

/// <summary>Validation §6.1.1.</summary>
internal sealed class TypeRule(Node owner, JsonTypes types) : Keyword(owner, "type")
{
    private readonly string message =
        "The value must be of the type " + string.Join(" or ", types.ToString().ToLowerInvariant().Split(", ")) + ".";

    public override bool Evaluate(ref Instance instance, Run run, Seen? seen) =>
        (types & Of(instance.Kind)) != 0
        || (instance.Kind == JsonValueKind.Number && (types & JsonTypes.Integer) != 0 && instance.Number.IsInteger)
        || run.Fail(this, message);

    private static JsonTypes Of(JsonValueKind kind) =>
        kind switch
        {
            JsonValueKind.Null => JsonTypes.Null,
            JsonValueKind.True or JsonValueKind.False => JsonTypes.Boolean,
            JsonValueKind.Object => JsonTypes.Object,
            JsonValueKind.Array => JsonTypes.Array,
            JsonValueKind.Number => JsonTypes.Number,
            JsonValueKind.String => JsonTypes.String,
            _ => JsonTypes.None,
        };
}

/// <summary><c>enum</c> and <c>const</c>: validation §6.1.2, §6.1.3.</summary>
internal sealed class AllowedValues(Node owner, string name, IReadOnlyList<JsonElement> values) : Keyword(owner, name)
{
    private const int MaxShown = 200;

    private readonly HashSet<JsonElement> allowed = new(values, JsonEquality.Instance);

    public override bool Evaluate(ref Instance instance, Run run, Seen? seen) =>
        allowed.Contains(instance.Element) || run.Fail(this, Message());

    private string Message()
    {
        var shown = string.Join(", ", values.Select(v => v.GetRawText()));
        return values.Count == 0 ? "No value is allowed."
            : shown.Length <= MaxShown
                ? (values.Count == 1 ? "The value must be " : "The value must be one of ") + shown + "."
            : $"The value must be one of the {values.Count} values that the schema lists.";
    }
}

/// <summary>Validation §6.4.3.</summary>
internal sealed class UniqueItems(Node owner) : Keyword(owner, "uniqueItems")
{
    public override bool Evaluate(ref Instance instance, Run run, Seen? seen)
    {
        if (instance.Kind != JsonValueKind.Array || instance.Element.GetArrayLength() < 2)
        {
            return true;
        }

        var met = new HashSet<JsonElement>(JsonEquality.Instance);
        foreach (var element in instance.Element.EnumerateArray())
        {
            if (!run.Step(Owner))
            {
                return false;
            }

            if (!met.Add(element))
            {
                return run.Fail(this, "No two elements may be equal.");
            }
        }

        return true;
    }
}
