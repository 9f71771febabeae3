using System.Diagnostics.CodeAnalysis;

namespace SocialRegistry.Contracts;

/// <summary>The key of a change request: a version-7 UUID, 36 lower-case characters on the wire.</summary>
public readonly record struct ChangeRequestId(Guid Value)
{
    /// <summary>A new id whose first 48 bits are the time.</summary>
    public static ChangeRequestId New(TimeProvider time) => new(Guid.CreateVersion7(time.GetUtcNow()));

    public static bool TryParse([NotNullWhen(true)] string? text, out ChangeRequestId id)
    {
        var value = Guid.Empty;
        var parsed = text?.Length == 36 && Guid.TryParseExact(text, "D", out value);
        id = new ChangeRequestId(value);
        return parsed;
    }

    public override string ToString() => Value.ToString("D");
}
