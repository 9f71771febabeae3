namespace SocialRegistry.JsonSchema;

/// <summary>Core §8.2.3.1.</summary>
internal sealed class Reference(Node owner, Node target) : Keyword(owner, "$ref")
{
    public override bool Evaluate(ref Instance instance, Run run, Seen? seen) =>
        target.Evaluate(ref instance, run, seen);
}

/// <summary>
/// Core §8.2.3.2: to the same anchor in the outermost resource of the dynamic scope that has it.
/// </summary>
internal sealed class DynamicReference(Node owner, Node initial, string anchor) : Keyword(owner, "$dynamicRef")
{
    public override bool Evaluate(ref Instance instance, Run run, Seen? seen)
    {
        foreach (var resource in run.Scope)
        {
            if (resource.DynamicAnchors.TryGetValue(anchor, out var target))
            {
                return target.Evaluate(ref instance, run, seen);
            }
        }

        return initial.Evaluate(ref instance, run, seen);
    }
}
