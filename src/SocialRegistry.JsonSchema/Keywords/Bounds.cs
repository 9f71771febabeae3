using System.Text.Json;

namespace SocialRegistry.JsonSchema;

/// <summary><c>minimum</c>, <c>maximum</c> and the exclusive ones: validation §6.2.</summary>
/// <param name="owner">The schema.</param>
/// <param name="name">The keyword.</param>
/// <param name="bound">The bound itself.</param>
/// <param name="side">The sign that (value − bound) must not have.</param>
/// <param name="exclusive">Whether the bound itself is out.</param>
/// <param name="shown">The bound as the schema writes it.</param>
internal sealed class NumberBound(Node owner, string name, JsonNumber bound, int side, bool exclusive, string shown)
    : Keyword(owner, name)
{
    public override bool Evaluate(ref Instance instance, Run run, Seen? seen)
    {
        if (instance.Kind != JsonValueKind.Number)
        {
            return true;
        }

        var order = Math.Sign(instance.Number.CompareTo(bound));
        return (order != side && (order != 0 || !exclusive)) || run.Fail(this, $"The number must be {Words} {shown}.");
    }

    private string Words =>
        (side, exclusive) switch
        {
            (> 0, false) => "at most",
            (> 0, true) => "less than",
            (_, false) => "at least",
            _ => "greater than",
        };
}

/// <summary>Validation §6.2.1.</summary>
internal sealed class MultipleOf(Node owner, JsonNumber unit, string shown) : Keyword(owner, "multipleOf")
{
    public override bool Evaluate(ref Instance instance, Run run, Seen? seen) =>
        instance.Kind != JsonValueKind.Number
        || instance.Number.IsMultipleOf(unit)
        || run.Fail(this, $"The number must be a multiple of {shown}.");
}

/// <summary>What the bounds of validation §6.3 to §6.5 count.</summary>
internal enum Counted
{
    /// <summary>Unicode code points of a string.</summary>
    Characters,

    /// <summary>Elements of an array.</summary>
    Elements,

    /// <summary>Members of an object.</summary>
    Members,
}

/// <summary><c>minLength</c>, <c>maxLength</c>, <c>minItems</c>, <c>maxItems</c>, <c>minProperties</c>, <c>maxProperties</c>.</summary>
internal sealed class CountBound(Node owner, string name, Counted counted, long bound, bool isMaximum)
    : Keyword(owner, name)
{
    public override bool Evaluate(ref Instance instance, Run run, Seen? seen)
    {
        if (Count(ref instance) is not { } count)
        {
            return true;
        }

        return (isMaximum ? count <= bound : count >= bound)
            || run.Fail(
                this,
                $"There must be {(isMaximum ? "at most" : "at least")} {bound} {counted.ToString().ToLowerInvariant()}."
            );
    }

    private long? Count(ref Instance instance) =>
        (counted, instance.Kind) switch
        {
            (Counted.Characters, JsonValueKind.String) => CodePoints(instance.Text),
            (Counted.Elements, JsonValueKind.Array) => instance.Element.GetArrayLength(),
            (Counted.Members, JsonValueKind.Object) => instance.Element.GetPropertyCount(),
            _ => null,
        };

    private static int CodePoints(string text)
    {
        var count = text.Length;
        foreach (var character in text)
        {
            count -= char.IsLowSurrogate(character) ? 1 : 0;
        }

        return count;
    }
}

/// <summary>Validation §6.5.3.</summary>
internal sealed class Required(Node owner, string[] names) : Keyword(owner, "required")
{
    public override bool Evaluate(ref Instance instance, Run run, Seen? seen)
    {
        if (instance.Kind != JsonValueKind.Object)
        {
            return true;
        }

        var passed = true;
        foreach (var name in names)
        {
            if (!instance.Element.TryGetProperty(name, out _))
            {
                passed = run.Fail(this, $"The member \"{name}\" is missing.");
            }
        }

        return passed;
    }
}
