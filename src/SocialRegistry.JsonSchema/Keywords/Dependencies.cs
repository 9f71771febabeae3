using System.Text.Json;

namespace SocialRegistry.JsonSchema;

/// <summary>Validation §6.5.4; also the older <c>dependencies</c> with names.</summary>
internal sealed class DependentRequired(Node owner, string name, (string When, string[] Then)[] rules)
    : Keyword(owner, name)
{
    public override bool Evaluate(ref Instance instance, Run run, Seen? seen)
    {
        if (instance.Kind != JsonValueKind.Object)
        {
            return true;
        }

        var passed = true;
        foreach (var (when, then) in rules)
        {
            if (!instance.Element.TryGetProperty(when, out _))
            {
                continue;
            }

            foreach (var missing in then)
            {
                if (!instance.Element.TryGetProperty(missing, out _))
                {
                    passed = run.Fail(this, $"Where the member \"{when}\" stands, \"{missing}\" must stand too.");
                }
            }
        }

        return passed;
    }
}

/// <summary>Core §10.2.2.4; also the older <c>dependencies</c> with schemas.</summary>
internal sealed class DependentSchemas(Node owner, string name, (string When, Node Then)[] rules) : Keyword(owner, name)
{
    public override bool Evaluate(ref Instance instance, Run run, Seen? seen)
    {
        if (instance.Kind != JsonValueKind.Object)
        {
            return true;
        }

        var passed = true;
        foreach (var (when, then) in rules)
        {
            if (instance.Element.TryGetProperty(when, out _))
            {
                passed &= then.Evaluate(ref instance, run, seen);
            }
        }

        return passed;
    }
}
