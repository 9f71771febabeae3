namespace SocialRegistry.Registry.Fields;

/// <summary>What of a record's values the caller sent, and what stands there that it may not read.</summary>
internal sealed record RecordSight(Func<FieldRule, bool> IsSent, Func<FieldRule, bool> IsUnseen)
{
    /// <summary>All of it is the caller's own, as with a new record.</summary>
    public static RecordSight Whole { get; } = new(_ => true, _ => false);
}

/// <summary>Rules over a whole record that involve values unseen by the caller.</summary>
/// <param name="Compared">The fields whose values the answer depends on.</param>
internal sealed record UnseenRules(IReadOnlyList<string> Compared, bool AreBroken)
{
    public static UnseenRules None { get; } = new([], false);

    public UnseenRules And(IEnumerable<string> fields, bool isBroken) =>
        new([.. Compared, .. fields], AreBroken || isBroken);
}
