namespace SocialRegistry.LinkedData;

/// <summary>The DID method <c>did:key</c>: the identifier is the key as a Multikey.</summary>
public static class DidKey
{
    private const string Prefix = "did:key:";

    public static string Encode(PublicKeyParts key) => Prefix + Multikey.Encode(key);

    /// <summary>The id of the one verification method: the identifier again as fragment.</summary>
    public static string VerificationMethod(string did) => did + "#" + did[Prefix.Length..];

    /// <summary>The key of a DID, or of the URL of its verification method.</summary>
    /// <returns>False for anything else: another method, a path, a query, another fragment, a damaged key.</returns>
    public static bool TryResolve(string? didOrUrl, out PublicKeyParts key)
    {
        key = default!;
        if (didOrUrl is null || !didOrUrl.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return false;
        }

        var parts = didOrUrl[Prefix.Length..].Split('#');
        return parts.Length <= 2
            && (parts.Length == 1 || parts[1] == parts[0])
            && Multikey.TryDecode(parts[0], out key);
    }
}
