using System.Buffers;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using SocialRegistry.Contracts;

namespace SocialRegistry.Standards.Dci.Envelope;

/// <summary>Reads the bytes of a message: size, then content type, then UTF-8.</summary>
internal static class MessageBody
{
    public static async Task<Outcome<ReadOnlyMemory<byte>>> ReadAsync(
        HttpRequest request,
        int most,
        CancellationToken cancellationToken
    )
    {
        if (request.ContentLength > most)
        {
            return DciErrors.TooLarge(most);
        }

        if (!IsJson(request.ContentType))
        {
            return DciErrors.WrongContentType;
        }

        try
        {
            var reader = request.BodyReader;
            while (true)
            {
                var read = await reader.ReadAsync(cancellationToken);
                var buffer = read.Buffer;
                if (buffer.Length > most)
                {
                    reader.AdvanceTo(buffer.End);
                    return DciErrors.TooLarge(most);
                }

                if (read.IsCompleted)
                {
                    ReadOnlyMemory<byte> bytes = buffer.ToArray();
                    reader.AdvanceTo(buffer.End);
                    bytes = bytes.Span.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;
                    return Utf8.IsValid(bytes.Span) ? bytes : DciErrors.NotJson;
                }

                reader.AdvanceTo(buffer.Start, buffer.End);
            }
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return DciErrors.TooLarge(most);
        }
        catch (BadHttpRequestException)
        {
            return DciErrors.NotJson;
        }
    }

    private static bool IsJson(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
        && (
            type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase)
        )
        && (!type.Charset.HasValue || type.Charset.Value.Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase));
}
