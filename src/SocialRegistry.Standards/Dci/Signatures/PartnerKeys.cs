using System.Collections.Concurrent;
using System.Text.Json;
using SocialRegistry.Contracts;
using SocialRegistry.Protection;

namespace SocialRegistry.Standards.Dci.Signatures;

/// <summary>The partners' public keys, parsed once for as long as their set stays the same.</summary>
internal sealed class PartnerKeys
{
    private readonly ConcurrentDictionary<string, (string Jwks, IReadOnlyList<Jwk> Keys)> known = new(
        StringComparer.Ordinal
    );

    /// <summary>Keys that may have made a signature: those of that id, else those without any.</summary>
    /// <param name="keyId">As the signature names it; absent: all.</param>
    public IEnumerable<Jwk> Find(PartnerView partner, string? keyId)
    {
        var keys = Of(partner);
        if (keyId is null)
        {
            return keys;
        }

        var named = keys.Where(key => key.Kid == keyId || key.Thumbprint() == keyId).ToList();
        return named.Count > 0 ? named : keys.Where(key => key.Kid is null);
    }

    private IReadOnlyList<Jwk> Of(PartnerView partner)
    {
        if (partner.Jwks is not { } jwks)
        {
            return [];
        }

        if (known.TryGetValue(partner.Id, out var entry) && entry.Jwks == jwks)
        {
            return entry.Keys;
        }

        var keys = Parse(jwks);
        known[partner.Id] = (jwks, keys);
        return keys;
    }

    private static IReadOnlyList<Jwk> Parse(string jwks)
    {
        try
        {
            using var document = JsonDocument.Parse(jwks, new JsonDocumentOptions { MaxDepth = 16 });
            return JwkParser.TryParseSet(document.RootElement, out var keys, out _)
                ? [.. keys.Where(key => key.Use is null or "sig")]
                : [];
        }
        catch (JsonException)
        {
            return [];
        }
    }
}
