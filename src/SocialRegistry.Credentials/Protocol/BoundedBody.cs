using Microsoft.AspNetCore.Http;

namespace SocialRegistry.Credentials.Protocol;

/// <summary>Request bodies up to a limit of the route's own.</summary>
internal static class BoundedBody
{
    /// <summary>The whole body; <c>null</c> when it is longer.</summary>
    public static async Task<byte[]?> ReadAsync(HttpRequest request, int maxBytes, CancellationToken cancellationToken)
    {
        if (request.ContentLength > maxBytes)
        {
            return null;
        }

        var buffer = new byte[maxBytes + 1];
        var length = await request.Body.ReadAtLeastAsync(
            buffer,
            buffer.Length,
            throwOnEndOfStream: false,
            cancellationToken
        );
        return length > maxBytes ? null : buffer[..length];
    }
}
