using System.Text.Json;

namespace SocialRegistry.JsonSchema;

/// <summary>Validation §6.3.3.</summary>
internal sealed class PatternRule(Node owner, SchemaPattern pattern) : Keyword(owner, "pattern")
{
    public override bool Evaluate(ref Instance instance, Run run, Seen? seen) =>
        instance.Kind != JsonValueKind.String
        || run.Matches(Owner, pattern, instance.Text)
        || run.Fail(this, $"The text must match the pattern {pattern.Source}");
}

/// <summary>Validation §7.</summary>
internal sealed class FormatRule(Node owner, Format format) : Keyword(owner, "format")
{
    public override bool Evaluate(ref Instance instance, Run run, Seen? seen) =>
        instance.Kind != JsonValueKind.String
        || format.Fits(instance.Text)
        || run.Fail(this, $"The text must be {format.Words}.");
}
