using System.Text.Json;

namespace SocialRegistry.JsonSchema;

/// <summary><c>properties</c>, <c>patternProperties</c>, <c>additionalProperties</c>: core §10.3.2, in one walk.</summary>
internal sealed class Members(
    Node owner,
    Dictionary<string, Node> named,
    (SchemaPattern Pattern, Node Schema)[] patterns,
    Node? additional
) : Keyword(owner, "properties")
{
    public override bool Evaluate(ref Instance instance, Run run, Seen? seen)
    {
        if (instance.Kind != JsonValueKind.Object)
        {
            return true;
        }

        var passed = true;
        foreach (var member in instance.Element.EnumerateObject())
        {
            if (!run.Step(Owner))
            {
                return false;
            }

            var name = member.Name;
            run.Push(name);
            passed &= EvaluateMember(name, member.Value, run, seen);
            run.Pop();
            if (!passed && (run.Quiet || run.Limit is not null))
            {
                return false;
            }
        }

        return passed;
    }

    private bool EvaluateMember(string name, JsonElement value, Run run, Seen? seen)
    {
        var child = new Instance(value);
        var passed = true;
        var known = false;
        if (named.TryGetValue(name, out var schema))
        {
            known = true;
            passed &= schema.Evaluate(ref child, run, outer: null);
        }

        foreach (var (pattern, other) in patterns)
        {
            if (run.Matches(Owner, pattern, name))
            {
                known = true;
                passed &= other.Evaluate(ref child, run, outer: null);
            }
        }

        if (!known && additional is not null)
        {
            known = true;
            passed &=
                additional.Verdict == false
                    ? run.Fail(
                        Owner,
                        "/additionalProperties",
                        "additionalProperties",
                        "A member of this name is not allowed here."
                    )
                    : additional.Evaluate(ref child, run, outer: null);
        }

        if (known)
        {
            seen?.AddMember(name);
        }

        return passed;
    }
}

/// <summary>Core §10.3.2.4.</summary>
internal sealed class PropertyNames(Node owner, Node schema) : Keyword(owner, "propertyNames")
{
    public override bool Evaluate(ref Instance instance, Run run, Seen? seen)
    {
        if (instance.Kind != JsonValueKind.Object)
        {
            return true;
        }

        var passed = true;
        foreach (var member in instance.Element.EnumerateObject())
        {
            var name = new Instance(JsonSerializer.SerializeToElement(member.Name));
            run.Push(member.Name);
            passed &= schema.Evaluate(ref name, run, outer: null);
            run.Pop();
            if (!passed && (run.Quiet || run.Limit is not null))
            {
                return false;
            }
        }

        return passed;
    }
}

/// <summary>Core §11.3.</summary>
internal sealed class UnevaluatedProperties(Node owner, Node schema) : Keyword(owner, "unevaluatedProperties")
{
    public override bool Evaluate(ref Instance instance, Run run, Seen? seen)
    {
        if (instance.Kind != JsonValueKind.Object || seen!.AllMembers)
        {
            return true;
        }

        var passed = true;
        foreach (var member in instance.Element.EnumerateObject())
        {
            var name = member.Name;
            if (seen.HasMember(name))
            {
                continue;
            }

            var child = new Instance(member.Value);
            run.Push(name);
            passed &=
                schema.Verdict == false
                    ? run.Fail(this, "A member of this name is not allowed here.")
                    : schema.Evaluate(ref child, run, outer: null);
            run.Pop();
        }

        seen.AddAllMembers();
        return passed;
    }
}
