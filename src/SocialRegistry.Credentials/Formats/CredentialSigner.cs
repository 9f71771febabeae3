using System.Collections.Concurrent;
using System.Text;
using SocialRegistry.Protection;

namespace SocialRegistry.Credentials;

/// <summary>Puts contents into a format and signs them. Thread-safe; touches no database and no network.</summary>
public sealed class CredentialSigner(IKeyRing keys, CredentialIssuer issuer, CredentialTypes types)
{
    private readonly ConcurrentDictionary<ISigner, SigningHeaders> headers = new(ReferenceEqualityComparer.Instance);
    private readonly ConcurrentDictionary<string, TypeNames> names = new(StringComparer.Ordinal);

    /// <summary>The compact credential.</summary>
    /// <param name="holder">The key the credential is bound to; absent: anybody may present it.</param>
    /// <param name="holderDid">The DID under which the holder named that key; absent: its <c>did:jwk</c>.</param>
    public string Sign(CredentialFormat format, CredentialContent content, Jwk? holder, string? holderDid = null)
    {
        var signer = SignerOf(format);
        var header = HeadersOf(signer);
        var name = names.GetOrAdd(content.Type, NamesOf);
        var until = Earlier(content.ValidUntil, header.CertificateEnd);
        var bench = Workbench.Clear();
        if (format.Name == CredentialFormat.SdJwt.Name)
        {
            bench.Token.Append(header.SdJwt);
            SdJwtWriter.WritePayload(bench, content, until, holder, issuer.Url, name.Vct);
        }
        else
        {
            bench.Token.Append(header.JwtVc);
            JwtVcWriter.WritePayload(
                bench,
                content,
                until,
                holder is null ? null : holderDid ?? HolderDid.Of(holder),
                issuer.Did
            );
        }

        bench.Token.AppendBase64Url(bench.Payload.Written);
        var signature = signer.Sign(bench.Token.Written);
        bench.Token.Append((byte)'.');
        bench.Token.AppendBase64Url(signature);
        bench.Token.Append(bench.Disclosures.Written);
        return Encoding.ASCII.GetString(bench.Token.Written);
    }

    /// <summary>When a credential of this format would end: never after the certificate of its key.</summary>
    public DateTimeOffset EndOf(CredentialFormat format, DateTimeOffset wanted) =>
        Earlier(wanted, HeadersOf(SignerOf(format)).CertificateEnd);

    private ISigner SignerOf(CredentialFormat format) =>
        keys.Signer(format.Algorithm == "EdDSA" ? KeyPurpose.CredentialEdDsa : KeyPurpose.CredentialEs256);

    private SigningHeaders HeadersOf(ISigner signer) =>
        headers.GetOrAdd(signer, static (signer, issuer) => new SigningHeaders(signer, issuer), issuer);

    private TypeNames NamesOf(string type) =>
        types.All.Any(known => known.Id == type)
            ? new TypeNames(issuer.VctOf(type))
            : throw new ArgumentException($"There is no credential type {type}.");

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    private sealed record TypeNames(string Vct);
}
