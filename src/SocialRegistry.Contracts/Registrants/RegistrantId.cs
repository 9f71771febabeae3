using System.Diagnostics.CodeAnalysis;

namespace SocialRegistry.Contracts;

/// <summary>The key of a registrant (individual or group): a version-7 UUID, 36 lower-case characters on the wire. Never shown to partners.</summary>
public readonly record struct RegistrantId(Guid Value)
{
    /// <summary>A new id whose first 48 bits are the time.</summary>
    public static RegistrantId New(TimeProvider time) => new(Guid.CreateVersion7(time.GetUtcNow()));

    /// <exception cref="FormatException">Not a UUID in its 36-character form.</exception>
    public static RegistrantId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException("A registrant id is a UUID of 36 characters.");

    public static bool TryParse([NotNullWhen(true)] string? text, out RegistrantId id)
    {
        var value = Guid.Empty;
        // The length is asked too: the parser passes over white space.
        var parsed = text?.Length == 36 && Guid.TryParseExact(text, "D", out value);
        id = new RegistrantId(value);
        return parsed;
    }

    public override string ToString() => Value.ToString("D");
}
