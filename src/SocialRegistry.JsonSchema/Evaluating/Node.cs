using System.Text.Json;

namespace SocialRegistry.JsonSchema;

/// <summary>One schema or subschema, bound.</summary>
internal sealed class Node(JsonElement source, Resource resource, string pointer)
{
    /// <summary>The schema's own JSON; read while compiling.</summary>
    public JsonElement Source { get; } = source;

    public Resource Resource { get; } = resource;

    /// <summary>JSON pointer from the resource's root.</summary>
    public string Pointer { get; } = pointer;

    public string Location => Resource.Uri + "#" + Pointer;

    /// <summary>Set for the schemas <c>true</c> and <c>false</c>.</summary>
    public bool? Verdict { get; set; }

    /// <summary>In the order in which they apply.</summary>
    public Keyword[] Keywords { get; set; } = [];

    /// <summary><c>unevaluatedItems</c>, <c>unevaluatedProperties</c>: apply when all others have passed.</summary>
    public Keyword[] LastKeywords { get; set; } = [];

    public bool Evaluate(ref Instance instance, Run run, Seen? outer)
    {
        if (Verdict is { } verdict)
        {
            return verdict || run.Fail(this, "", "false", "Nothing is allowed here.");
        }

        if (!run.Enter(this))
        {
            return false;
        }

        var seen = outer is not null || LastKeywords.Length > 0 ? new Seen() : null;
        var passed = All(Keywords, ref instance, run, seen) && All(LastKeywords, ref instance, run, seen);
        run.Leave();
        if (passed && outer is not null)
        {
            outer.Add(seen!);
        }

        return passed;
    }

    private static bool All(Keyword[] keywords, ref Instance instance, Run run, Seen? seen)
    {
        var passed = true;
        foreach (var keyword in keywords)
        {
            if (!keyword.Evaluate(ref instance, run, seen))
            {
                passed = false;
                if (run.Quiet || run.Limit is not null)
                {
                    break;
                }
            }
        }

        return passed;
    }
}
