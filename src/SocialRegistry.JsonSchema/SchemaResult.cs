namespace SocialRegistry.JsonSchema;

/// <summary>Whether a value fits its schema, and if not, why.</summary>
public sealed class SchemaResult
{
    internal static SchemaResult Valid { get; } = new([], more: false, limitReached: false);

    internal SchemaResult(IReadOnlyList<SchemaError> errors, bool more, bool limitReached) =>
        (Errors, HasMore, LimitReached) = (errors, more, limitReached);

    /// <summary>Whether the value fits.</summary>
    public bool IsValid => Errors.Count == 0;

    /// <summary>In the order in which they were found; at most <see cref="SchemaOptions.MaxErrors" />.</summary>
    public IReadOnlyList<SchemaError> Errors { get; }

    /// <summary>Whether there are more errors than these.</summary>
    public bool HasMore { get; }

    /// <summary>Whether the value was refused because checking it took too much; the last error says which limit.</summary>
    public bool LimitReached { get; }

    internal static SchemaResult Of(SchemaError error) => new([error], more: false, limitReached: false);
}
