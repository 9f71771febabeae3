using System.Text.Json;

namespace SocialRegistry.JsonSchema;

/// <summary><c>prefixItems</c>, <c>items</c>: core §10.3.1.</summary>
internal sealed class Elements(Node owner, Node[] first, Node? rest) : Keyword(owner, "items")
{
    public override bool Evaluate(ref Instance instance, Run run, Seen? seen)
    {
        if (instance.Kind != JsonValueKind.Array)
        {
            return true;
        }

        var passed = true;
        var index = 0;
        foreach (var element in instance.Element.EnumerateArray())
        {
            var schema = index < first.Length ? first[index] : rest;
            if (schema is null)
            {
                break;
            }

            if (!run.Step(Owner))
            {
                return false;
            }

            var child = new Instance(element);
            run.Push(index);
            passed &=
                schema == rest && schema.Verdict == false
                    ? run.Fail(this, $"The array takes at most {first.Length} elements.")
                    : schema.Evaluate(ref child, run, outer: null);
            run.Pop();
            index++;
            if (!passed && (run.Quiet || run.Limit is not null))
            {
                return false;
            }
        }

        seen?.AddFirst(index);
        if (rest is not null)
        {
            seen?.AddAllElements();
        }

        return passed;
    }
}

/// <summary><c>contains</c>, <c>minContains</c>, <c>maxContains</c>: core §10.3.1.3, validation §6.4.</summary>
internal sealed class Contains(Node owner, Node schema, long minimum, long maximum) : Keyword(owner, "contains")
{
    public override bool Evaluate(ref Instance instance, Run run, Seen? seen)
    {
        if (instance.Kind != JsonValueKind.Array)
        {
            return true;
        }

        var quiet = run.Quiet;
        run.Quiet = true;
        long count = 0;
        var index = 0;
        foreach (var element in instance.Element.EnumerateArray())
        {
            var child = new Instance(element);
            run.Push(index);
            if (run.Step(Owner) && schema.Evaluate(ref child, run, outer: null))
            {
                count++;
                seen?.AddElement(index);
            }

            run.Pop();
            index++;
            if (run.Limit is not null || (seen is null && count >= minimum && maximum == long.MaxValue))
            {
                break;
            }
        }

        run.Quiet = quiet;
        if (count < minimum)
        {
            return minimum == 1
                ? run.Fail(this, "At least one element must fit what the array has to contain.")
                : run.Fail(
                    Owner,
                    "/minContains",
                    "minContains",
                    $"At least {minimum} elements must fit what the array has to contain."
                );
        }

        return count <= maximum
            || run.Fail(
                Owner,
                "/maxContains",
                "maxContains",
                $"At most {maximum} elements may fit what the array has to contain."
            );
    }
}

/// <summary>Core §11.2.</summary>
internal sealed class UnevaluatedItems(Node owner, Node schema) : Keyword(owner, "unevaluatedItems")
{
    public override bool Evaluate(ref Instance instance, Run run, Seen? seen)
    {
        if (instance.Kind != JsonValueKind.Array || seen!.AllElements)
        {
            return true;
        }

        var passed = true;
        var index = -1;
        foreach (var element in instance.Element.EnumerateArray())
        {
            if (seen.HasElement(++index))
            {
                continue;
            }

            var child = new Instance(element);
            run.Push(index);
            passed &=
                schema.Verdict == false
                    ? run.Fail(this, "The array takes no element here.")
                    : schema.Evaluate(ref child, run, outer: null);
            run.Pop();
        }

        seen.AddAllElements();
        return passed;
    }
}
