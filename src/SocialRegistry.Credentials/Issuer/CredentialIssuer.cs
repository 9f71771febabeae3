using Microsoft.Extensions.Configuration;
using SocialRegistry.Http;

namespace SocialRegistry.Credentials;

/// <summary>Under which names this deployment issues: the Credential Issuer Identifier (OpenID4VCI 1.0 §12.2.1) and its <c>did:web</c>.</summary>
public sealed class CredentialIssuer
{
    private CredentialIssuer(string url)
    {
        var address = new Uri(url);
        Url = url;
        Path = address.AbsolutePath.Trim('/');
        Did =
            "did:web:"
            + address.IdnHost
            + (address.IsDefaultPort ? "" : "%3A" + address.Port)
            + (Path.Length == 0 ? "" : ":" + Path.Replace('/', ':'));
    }

    /// <summary>The identifier: <c>PublicUrl</c> without a slash at its end.</summary>
    public string Url { get; }

    /// <summary>The path of <see cref="Url"/> without slashes around it; mostly empty.</summary>
    public string Path { get; }

    /// <summary><c>did:web</c> of <see cref="Url"/>: the port behind <c>%3A</c>, path segments behind <c>:</c>.</summary>
    public string Did { get; }

    /// <summary>An address below the issuer's.</summary>
    /// <param name="path">Begins with a slash.</param>
    public string At(string path) => Url + path;

    /// <summary>The <c>vct</c> of a type: the address of its metadata (SD-JWT VC §6.3.1).</summary>
    public string VctOf(string type) => At("/credentials/types/" + type);

    /// <summary>Id of a key's verification method in the DID document.</summary>
    public string VerificationMethod(string keyId) => Did + "#" + keyId;

    /// <exception cref="InvalidOperationException"><c>PublicUrl</c> is not an absolute address.</exception>
    public static CredentialIssuer From(IConfiguration configuration) => new(PublicAddress.From(configuration).Url);

    /// <exception cref="UriFormatException">Not an absolute address.</exception>
    public static CredentialIssuer From(string url) => new(url.TrimEnd('/'));
}
