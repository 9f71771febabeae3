namespace SocialRegistry.JsonSchema;

/// <summary>Core §10.2.1.1.</summary>
internal sealed class AllOf(Node owner, Node[] schemas) : Keyword(owner, "allOf")
{
    public override bool Evaluate(ref Instance instance, Run run, Seen? seen)
    {
        var passed = true;
        foreach (var schema in schemas)
        {
            passed &= schema.Evaluate(ref instance, run, seen);
            if (!passed && run.Quiet)
            {
                break;
            }
        }

        return passed;
    }
}

/// <summary>Core §10.2.1.2.</summary>
internal sealed class AnyOf(Node owner, Node[] schemas) : Keyword(owner, "anyOf")
{
    public override bool Evaluate(ref Instance instance, Run run, Seen? seen)
    {
        var mark = run.Mark();
        var passed = false;
        foreach (var schema in schemas)
        {
            passed |= schema.Evaluate(ref instance, run, seen);
            if (passed && seen is null)
            {
                break;
            }
        }

        if (!passed)
        {
            return run.Fail(this, $"The value must fit at least one of the {schemas.Length} alternatives.");
        }

        run.GoBack(mark);
        return true;
    }
}

/// <summary>Core §10.2.1.3.</summary>
internal sealed class OneOf(Node owner, Node[] schemas) : Keyword(owner, "oneOf")
{
    public override bool Evaluate(ref Instance instance, Run run, Seen? seen)
    {
        var mark = run.Mark();
        var count = 0;
        Seen? ofOne = null;
        foreach (var schema in schemas)
        {
            var own = seen is null ? null : new Seen();
            if (!schema.Evaluate(ref instance, run, own))
            {
                continue;
            }

            ofOne = own;
            if (++count > 1)
            {
                run.GoBack(mark);
                return run.Fail(this, "The value must fit exactly one of the alternatives, and fits more.");
            }
        }

        if (count == 0)
        {
            return run.Fail(this, $"The value must fit exactly one of the {schemas.Length} alternatives.");
        }

        run.GoBack(mark);
        seen?.Add(ofOne!);
        return true;
    }
}

/// <summary>Core §10.2.1.4.</summary>
internal sealed class Not(Node owner, Node schema) : Keyword(owner, "not")
{
    public override bool Evaluate(ref Instance instance, Run run, Seen? seen)
    {
        var quiet = run.Quiet;
        run.Quiet = true;
        var passed = schema.Evaluate(ref instance, run, outer: null);
        run.Quiet = quiet;
        return !passed || run.Fail(this, "The value fits what is ruled out.");
    }
}

/// <summary><c>if</c>, <c>then</c>, <c>else</c>: core §10.2.2.</summary>
internal sealed class Conditional(Node owner, Node condition, Node? then, Node? otherwise) : Keyword(owner, "if")
{
    public override bool Evaluate(ref Instance instance, Run run, Seen? seen)
    {
        var quiet = run.Quiet;
        run.Quiet = true;
        var met = condition.Evaluate(ref instance, run, seen);
        run.Quiet = quiet;
        return (met ? then : otherwise)?.Evaluate(ref instance, run, seen) ?? true;
    }
}
