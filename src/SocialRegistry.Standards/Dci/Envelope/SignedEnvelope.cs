using System.Runtime.InteropServices;
using System.Text.Json;
using SocialRegistry.Contracts;

namespace SocialRegistry.Standards.Dci.Envelope;

/// <summary>
/// A message as it came: <c>signature</c>, <c>header</c>, <c>message</c>, and the exact bytes of the last two, which is what a signature
/// is over.
/// </summary>
internal sealed class SignedEnvelope : IDisposable
{
    /// <summary>Deepest nesting that is read.</summary>
    public const int MaxDepth = 64;

    private static readonly JsonDocumentOptions Strict = new()
    {
        MaxDepth = MaxDepth,
        AllowDuplicateProperties = false,
    };
    private static readonly JsonDocumentOptions Tolerant = new()
    {
        MaxDepth = MaxDepth,
        AllowDuplicateProperties = true,
    };

    private readonly JsonDocument document;

    private SignedEnvelope(JsonDocument document, bool hasDuplicates)
    {
        this.document = document;
        HasDuplicates = hasDuplicates;
        Header = document.RootElement.GetProperty("header");
        Message = document.RootElement.GetProperty("message");
    }

    /// <summary>The member <c>signature</c>; <c>null</c> when it is absent.</summary>
    public JsonElement? Signature =>
        document.RootElement.TryGetProperty("signature", out var signature) && signature.ValueKind != JsonValueKind.Null
            ? signature
            : null;

    public JsonElement Header { get; }

    public JsonElement Message { get; }

    /// <summary>Some object of the message has two members of one name, of which the last counts (official samples have that).</summary>
    public bool HasDuplicates { get; }

    public ReadOnlySpan<byte> RawHeader => JsonMarshal.GetRawUtf8Value(Header);

    public ReadOnlySpan<byte> RawMessage => JsonMarshal.GetRawUtf8Value(Message);

    public static Outcome<SignedEnvelope> Read(ReadOnlyMemory<byte> bytes)
    {
        if (Parse(bytes, out var hasDuplicates) is not { } document)
        {
            return DciErrors.NotJson;
        }

        var problem = Check(document.RootElement, hasDuplicates);
        if (problem is not null)
        {
            document.Dispose();
            return problem;
        }

        return new SignedEnvelope(document, hasDuplicates);
    }

    public void Dispose() => document.Dispose();

    private static JsonDocument? Parse(ReadOnlyMemory<byte> bytes, out bool hasDuplicates)
    {
        hasDuplicates = false;
        try
        {
            return JsonDocument.Parse(bytes, Strict);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Malformed, or only a repeated name: the second reading tells which.
        }

        try
        {
            hasDuplicates = true;
            return JsonDocument.Parse(bytes, Tolerant);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static Problem? Check(JsonElement root, bool hasDuplicates)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            return DciErrors.Bad("The body must be an object with the members header and message.");
        }

        foreach (var name in (ReadOnlySpan<string>)["header", "message"])
        {
            if (!root.TryGetProperty(name, out var part) || part.ValueKind != JsonValueKind.Object)
            {
                return DciErrors.Bad($"{name} is required and must be an object.");
            }
        }

        // Who speaks must be beyond doubt.
        return hasDuplicates && (Repeats(root) || Repeats(root.GetProperty("header")))
            ? DciErrors.Bad("A member of the envelope or of header stands there twice.")
            : null;
    }

    private static bool Repeats(JsonElement element)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in element.EnumerateObject())
        {
            try
            {
                if (!names.Add(member.Name))
                {
                    return true;
                }
            }
            catch (InvalidOperationException)
            {
                // Half a surrogate pair: nobody's name.
                return true;
            }
        }

        return false;
    }
}
