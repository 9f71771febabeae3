using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace SocialRegistry.Access.Tokens;

/// <summary>The parameters of a token request. Unknown ones are left alone, as RFC 6749 §3.2 demands; none may come twice.</summary>
internal static class TokenParameters
{
    public const string Form = "application/x-www-form-urlencoded";
    public const string Json = "application/json";

    private const int MaxBytes = 16 * 1024;
    private const int MaxParameters = 32;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a form body, or a JSON object of strings as some DCI implementations send it. An empty value counts as left out.</summary>
    public static async Task<(IReadOnlyDictionary<string, string> Values, OAuthError? Error)> ReadAsync(
        HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        if (request.QueryString.HasValue && request.QueryString.Value!.Length > 1)
        {
            return Refuse(OAuthError.InvalidRequest("Send the parameters in the body, never in the address."));
        }

        if (await ReadBytesAsync(request, cancellationToken) is not { } body)
        {
            return Refuse(OAuthError.TooLarge);
        }

        var type = MediaTypeHeaderValue.TryParse(request.ContentType, out var parsed) ? parsed.MediaType : null;
        try
        {
            return Form.Equals(type, StringComparison.OrdinalIgnoreCase) ? ReadForm(Utf8.GetString(body))
                : Json.Equals(type, StringComparison.OrdinalIgnoreCase) ? ReadJson(body)
                : Refuse(OAuthError.InvalidRequest($"Send {Form}."));
        }
        catch (ArgumentException)
        {
            return Refuse(OAuthError.InvalidRequest("The body is not UTF-8."));
        }
    }

    /// <summary>The body, or <c>null</c> when it is larger than allowed.</summary>
    private static async Task<byte[]?> ReadBytesAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength > MaxBytes)
        {
            return null;
        }

        var buffer = new byte[MaxBytes + 1];
        var length = 0;
        int read;
        while ((read = await request.Body.ReadAsync(buffer.AsMemory(length), cancellationToken)) > 0)
        {
            length += read;
            if (length > MaxBytes)
            {
                return null;
            }
        }

        return buffer[..length];
    }

    private static (IReadOnlyDictionary<string, string>, OAuthError?) ReadForm(string body)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in body.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            var name = FormEncoding.Decode(equals < 0 ? pair : pair[..equals]);
            var value = equals < 0 ? "" : FormEncoding.Decode(pair[(equals + 1)..]);
            if (name is null || value is null)
            {
                return Refuse(OAuthError.InvalidRequest("The body is not form-encoded UTF-8."));
            }

            if (values.Count >= MaxParameters || !values.TryAdd(name, value))
            {
                return Refuse(OAuthError.InvalidRequest($"Each parameter once, and at most {MaxParameters} of them."));
            }
        }

        return (WithoutEmpty(values), null);
    }

    private static (IReadOnlyDictionary<string, string>, OAuthError?) ReadJson(byte[] body)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            using var document = JsonDocument.Parse(
                body,
                new JsonDocumentOptions { MaxDepth = 4, AllowDuplicateProperties = false }
            );
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                return Refuse(OAuthError.InvalidRequest("The body is not a JSON object."));
            }

            foreach (var member in document.RootElement.EnumerateObject())
            {
                if (values.Count >= MaxParameters || member.Value.ValueKind != JsonValueKind.String)
                {
                    return Refuse(
                        OAuthError.InvalidRequest($"Members are strings, and at most {MaxParameters} of them.")
                    );
                }

                values.Add(member.Name, member.Value.GetString()!);
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return Refuse(OAuthError.InvalidRequest("The body is not a JSON object with each member once."));
        }

        return (WithoutEmpty(values), null);
    }

    private static Dictionary<string, string> WithoutEmpty(Dictionary<string, string> values) =>
        values.Where(pair => pair.Value.Length > 0).ToDictionary(StringComparer.Ordinal);

    private static (IReadOnlyDictionary<string, string>, OAuthError?) Refuse(OAuthError error) =>
        (new Dictionary<string, string>(), error);
}
