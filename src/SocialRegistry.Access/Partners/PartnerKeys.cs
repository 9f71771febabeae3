using System.Text.Json;
using SocialRegistry.Contracts;
using SocialRegistry.Protection;

namespace SocialRegistry.Access.Partners;

/// <summary>A partner's public keys: a JWK set (RFC 7517) of 1 to 16 keys, none with a private member.</summary>
internal static class PartnerKeys
{
    private const int MaxKeys = 16;

    /// <summary>The keys of a stored set.</summary>
    public static IReadOnlyList<Jwk> Read(string jwks)
    {
        using var document = JsonDocument.Parse(jwks);
        return JwkParser.TryParseSet(document.RootElement, out var keys, out _) ? keys : [];
    }

    /// <summary>What is wrong with a given set; empty when nothing is. A key that we could not use is refused, not passed over.</summary>
    public static IEnumerable<FieldProblem> Check(JsonElement jwks, string path)
    {
        if (
            jwks.ValueKind != JsonValueKind.Object
            || !jwks.TryGetProperty("keys", out var keys)
            || keys.ValueKind != JsonValueKind.Array
            || keys.GetArrayLength() is 0 or > MaxKeys
        )
        {
            yield return new FieldProblem(path, "type", $"a JWK set: an object whose keys hold 1 to {MaxKeys} keys");
            yield break;
        }

        var ids = new HashSet<string>(StringComparer.Ordinal);
        var index = 0;
        foreach (var element in keys.EnumerateArray())
        {
            var at = $"{path}.keys[{index++}]";
            if (!Jwk.TryParse(element, out var key, out var problem))
            {
                yield return new FieldProblem(at, "key", problem);
            }
            else if (key.Kid is not null && !ids.Add(key.Kid))
            {
                yield return new FieldProblem($"{at}.kid", "duplicate", "each kid once");
            }
        }
    }
}
