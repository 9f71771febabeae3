using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SocialRegistry.LinkedData;

/// <summary>JSON Canonicalization Scheme (RFC 8785): one spelling of a JSON value, to be hashed and signed.</summary>
public static class Jcs
{
    /// <summary>Deepest nesting of objects and arrays that is written.</summary>
    public const int MaxDepth = 64;

    // Duplicate names are found while writing: the parser, when told to refuse them, answers half a surrogate pair with another exception.
    private static readonly JsonDocumentOptions Bounded = new() { MaxDepth = MaxDepth };

    /// <summary>The canonical UTF-8 bytes of a value.</summary>
    /// <exception cref="JsonException">A number outside IEEE 754 double, a lone surrogate, a duplicate member name, or too deep.</exception>
    public static byte[] Canonicalize(JsonElement value)
    {
        var target = new ArrayBufferWriter<byte>(256);
        Canonicalize(value, target);
        return target.WrittenSpan.ToArray();
    }

    /// <summary>The same, written to a buffer; on an exception the buffer holds a part of the value.</summary>
    /// <exception cref="JsonException">As above.</exception>
    public static void Canonicalize(JsonElement value, IBufferWriter<byte> target) =>
        new JcsWriter(target).Write(value, 0);

    /// <summary>The canonical bytes of a tree; <c>null</c> is the JSON value null.</summary>
    /// <exception cref="JsonException">As above.</exception>
    public static byte[] Canonicalize(JsonNode? value)
    {
        try
        {
            return Canonicalize(JsonSerializer.SerializeToElement(value, JsonSerializerOptions.Default));
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            throw new JsonException("The value cannot be written as JSON.", e);
        }
    }

    /// <summary>The canonical bytes of a JSON text in UTF-8.</summary>
    /// <exception cref="JsonException">As above, or not a JSON text.</exception>
    public static byte[] Canonicalize(ReadOnlyMemory<byte> utf8Json)
    {
        using var document = JsonDocument.Parse(utf8Json, Bounded);
        return Canonicalize(document.RootElement);
    }

    /// <summary>The canonical text of a JSON text.</summary>
    /// <exception cref="JsonException">As above, or not a JSON text.</exception>
    public static string Canonicalize(string json)
    {
        using var document = JsonDocument.Parse(json, Bounded);
        return Encoding.UTF8.GetString(Canonicalize(document.RootElement));
    }
}
