using Microsoft.Extensions.Configuration;

namespace SocialRegistry.Http;

/// <summary>The address under which others reach this deployment (<c>PublicUrl</c>): issuer identifier, did:web, offers, callbacks.</summary>
public sealed record PublicAddress
{
    private PublicAddress(string url) => Url = url;

    /// <summary>Absolute http or https URL without a slash at its end.</summary>
    public string Url { get; }

    /// <summary>An address below this one.</summary>
    /// <param name="path">Begins with a slash.</param>
    public string At(string path) => Url + path;

    /// <exception cref="InvalidOperationException">Not an absolute http or https URL, or one with query or fragment.</exception>
    public static PublicAddress From(IConfiguration configuration)
    {
        var text = configuration["PublicUrl"] is { Length: > 0 } set ? set : "http://localhost:5080";
        return
            Uri.TryCreate(text, UriKind.Absolute, out var uri)
            && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
            && uri.Query.Length == 0
            && uri.Fragment.Length == 0
            ? new PublicAddress(text.TrimEnd('/'))
            : throw new InvalidOperationException(
                "PublicUrl must be an absolute address such as https://registry.example.org."
            );
    }
}
