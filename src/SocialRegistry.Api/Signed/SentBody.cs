using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using SocialRegistry.Contracts;

namespace SocialRegistry.Api.Signed;

/// <summary>The bytes of a body that may be JSON or signed JSON.</summary>
/// <param name="MediaType">In lower case, without parameters; empty when none was named.</param>
internal sealed record SentBody(string MediaType, ReadOnlyMemory<byte> Content)
{
    /// <param name="tooLarge">What to answer above <paramref name="maxBytes"/>.</param>
    /// <param name="unreadable">What to answer when the body breaks off.</param>
    public static async Task<Outcome<SentBody>> ReadAsync(
        HttpRequest request,
        int maxBytes,
        Problem tooLarge,
        Problem unreadable,
        CancellationToken cancellationToken
    )
    {
        try
        {
            using var memory = new MemoryStream();
            var buffer = new byte[16 * 1024];
            while (await request.Body.ReadAsync(buffer, cancellationToken) is > 0 and var read)
            {
                if (memory.Length + read > maxBytes)
                {
                    return tooLarge;
                }

                memory.Write(buffer, 0, read);
            }

            return new SentBody(TypeOf(request), memory.ToArray());
        }
        catch (BadHttpRequestException e)
        {
            return e.StatusCode == StatusCodes.Status413PayloadTooLarge ? tooLarge : unreadable;
        }
    }

    private static string TypeOf(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            ? type.MediaType.ToString().ToLowerInvariant()
            : "";
}
