using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace SocialRegistry.Credentials;

/// <summary>Bodies of public doors: bounded before they are read, strict when they are parsed.</summary>
internal static class WalletBody
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 32, AllowDuplicateProperties = false };

    /// <summary>The bytes, or <c>null</c> when there are more than <paramref name="max"/>.</summary>
    public static async Task<byte[]?> ReadAsync(HttpRequest request, int max, CancellationToken cancellationToken)
    {
        if (request.ContentLength > max)
        {
            return null;
        }

        using var buffer = new MemoryStream();
        var chunk = new byte[8192];
        while (await request.Body.ReadAsync(chunk, cancellationToken) is var read and > 0)
        {
            if (buffer.Length + read > max)
            {
                return null;
            }

            buffer.Write(chunk, 0, read);
        }

        return buffer.ToArray();
    }

    /// <summary>A JSON object without duplicate members, not deeper than 32 levels.</summary>
    public static JsonDocument? ParseObject(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            var document = JsonDocument.Parse(bytes, Strict);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                return document;
            }

            document.Dispose();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Not JSON, half a surrogate pair in a name, too deep, or a member comes twice.
        }

        return null;
    }
}
