namespace SocialRegistry.JsonSchema;

/// <summary>One rule of a schema, bound.</summary>
internal abstract class Keyword(Node owner, string name)
{
    public Node Owner { get; } = owner;

    public string Name { get; } = name;

    /// <summary>False when the value breaks the rule; then the error is written.</summary>
    /// <param name="instance">The value.</param>
    /// <param name="run">The validation under way.</param>
    /// <param name="seen">What schemas have looked at of this value; null when nobody asks.</param>
    public abstract bool Evaluate(ref Instance instance, Run run, Seen? seen);
}
