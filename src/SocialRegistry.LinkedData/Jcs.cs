using System.Text.Json;

namespace SocialRegistry.LinkedData;

/// <summary>JSON Canonicalization Scheme (RFC 8785).</summary>
public static partial class Jcs
{
    /// <summary>The canonical UTF-8 bytes of a value.</summary>
    /// <exception cref="JsonException">A number outside IEEE 754 double, a lone surrogate, or a duplicate member name.</exception>
    public static byte[] Canonicalize(JsonElement value) => Write(value);
}
