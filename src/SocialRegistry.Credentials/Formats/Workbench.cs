using System.Text.Encodings.Web;
using System.Text.Json;

namespace SocialRegistry.Credentials;

/// <summary>The buffers of one thread that signs.</summary>
internal sealed class Workbench
{
    [ThreadStatic]
    private static Workbench? current;

    private Workbench() =>
        Json = new Utf8JsonWriter(
            Payload,
            // The bytes are base64url and never stand in HTML; names and texts are written once, as short as JSON allows.
            new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true }
        );

    /// <summary>This thread's buffers, emptied. They hold personal values until their next use, as the answer's own buffers do.</summary>
    public static Workbench Clear()
    {
        var bench = current ??= new Workbench();
        bench.Payload.Clear();
        bench.Token.Clear();
        bench.Disclosures.Clear();
        bench.Digests.Clear();
        bench.Json.Reset();
        return bench;
    }

    public Utf8Buffer Payload { get; } = new();

    public Utf8JsonWriter Json { get; }

    public Utf8Buffer Token { get; } = new();

    public Utf8Buffer Disclosures { get; } = new();

    public Utf8Buffer Digests { get; } = new();
}
