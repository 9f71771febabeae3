using System.Globalization;
using System.Text;

namespace SocialRegistry.Credentials.Issuer;

/// <summary>The names under which this deployment issues: its public address and the did:web made of it.</summary>
internal sealed record IssuerIdentity
{
    private IssuerIdentity(string url, string did, string path)
    {
        Url = url;
        Did = did;
        Path = path;
    }

    /// <summary>Credential Issuer Identifier (OpenID4VCI 1.0 §12.2.1) and <c>iss</c> of SD-JWT VC: never with a slash at its end.</summary>
    public string Url { get; }

    /// <summary>The did:web of <see cref="Url"/>: <c>iss</c> of <c>jwt_vc_json</c>.</summary>
    public string Did { get; }

    /// <summary>Path of <see cref="Url"/>, empty or beginning with a slash.</summary>
    public string Path { get; }

    /// <summary>The verification method of a key of ours.</summary>
    public string KeyUrl(string keyId) => Did + "#" + keyId;

    /// <summary>The <c>vct</c> of a credential type; its type metadata is served there.</summary>
    public string Vct(string type) => Url + TypePath + type;

    /// <summary>Path of type metadata below <see cref="Url"/>.</summary>
    public const string TypePath = "/credentials/types/";

    /// <exception cref="ArgumentException">Not an absolute http or https URL without query and fragment.</exception>
    public static IssuerIdentity From(string url)
    {
        if (
            !Uri.TryCreate(url, UriKind.Absolute, out var uri)
            || (uri.Scheme != Uri.UriSchemeHttps && uri.Scheme != Uri.UriSchemeHttp)
            || uri.Query.Length > 0
            || uri.Fragment.Length > 0
        )
        {
            throw new ArgumentException("An issuer is an absolute http or https URL.", nameof(url));
        }

        return new IssuerIdentity(url.TrimEnd('/'), DidWeb(uri), uri.AbsolutePath.TrimEnd('/'));
    }

    // did:web method: the port's colon is written %3A, path segments are joined by colons.
    private static string DidWeb(Uri uri)
    {
        var did = new StringBuilder("did:web:").Append(
            uri.Host.Replace(":", "%3A", StringComparison.Ordinal)
                .Replace("[", "%5B", StringComparison.Ordinal)
                .Replace("]", "%5D", StringComparison.Ordinal)
        );
        if (!uri.IsDefaultPort)
        {
            did.Append("%3A").Append(uri.Port.ToString(CultureInfo.InvariantCulture));
        }

        foreach (var segment in uri.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            did.Append(':').Append(segment);
        }

        return did.ToString();
    }
}
