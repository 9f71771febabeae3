using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace SocialRegistry.Protection;

/// <summary>Reads public keys that others send (RFC 7517), strictly: a key with a private member is refused, not trimmed.</summary>
public static class JwkParser
{
    /// <summary>Most keys of a set.</summary>
    public const int MaxKeys = 100;

    private const int MaxText = 512;

    private static readonly string[] PrivateMembers = ["d", "p", "q", "dp", "dq", "qi", "oth", "k", "priv"];

    extension(Jwk)
    {
        /// <summary>A public key for signatures or encryption: EC P-256, P-384, secp256k1; OKP Ed25519; RSA of 2,048 to 8,192 bits.</summary>
        public static bool TryParse(JsonElement element, [NotNullWhen(true)] out Jwk? key) =>
            TryParseKey(element, out key, out _);

        /// <summary>The same, with a sentence on what is wrong that repeats nothing of the key.</summary>
        public static bool TryParse(
            JsonElement element,
            [NotNullWhen(true)] out Jwk? key,
            [NotNullWhen(false)] out string? problem
        ) => TryParseKey(element, out key, out problem);
    }

    /// <summary>A key set (RFC 7517 §5): keys of unknown types are passed over; private members, damaged keys and two keys with one <c>kid</c> refuse the whole.</summary>
    public static bool TryParseSet(
        JsonElement element,
        [NotNullWhen(true)] out IReadOnlyList<Jwk>? keys,
        [NotNullWhen(false)] out string? problem
    )
    {
        keys = null;
        if (
            element.ValueKind != JsonValueKind.Object
            || !element.TryGetProperty("keys", out var array)
            || array.ValueKind != JsonValueKind.Array
        )
        {
            problem = "A key set is an object with an array 'keys'.";
            return false;
        }

        if (array.GetArrayLength() > MaxKeys)
        {
            problem = $"A key set holds at most {MaxKeys} keys.";
            return false;
        }

        var parsed = new List<Jwk>();
        foreach (var item in array.EnumerateArray())
        {
            if (!TryParseKey(item, out var key, out problem))
            {
                if (problem == UnknownType)
                {
                    continue;
                }

                return false;
            }

            parsed.Add(key);
        }

        if (parsed.Where(key => key.Kid is not null).GroupBy(key => key.Kid).Any(group => group.Count() > 1))
        {
            problem = "Two keys of the set have the same 'kid'.";
            return false;
        }

        (keys, problem) = (parsed, null);
        return true;
    }

    private const string UnknownType = "The key's 'kty' or 'crv' is not supported.";

    private static bool TryParseKey(
        JsonElement element,
        [NotNullWhen(true)] out Jwk? key,
        [NotNullWhen(false)] out string? problem
    )
    {
        key = null;
        if (element.ValueKind != JsonValueKind.Object)
        {
            problem = "A key is a JSON object.";
            return false;
        }

        if (PrivateMembers.Any(name => element.TryGetProperty(name, out _)))
        {
            problem = "The key has private or symmetric members; send the public key only.";
            return false;
        }

        problem = TryRead(element, out var read) ?? JwkRules.Problem(read);
        if (problem is not null)
        {
            return false;
        }

        key = read;
        return true;
    }

    private static string? TryRead(JsonElement element, out Jwk key)
    {
        string? problem = null;
        key = new Jwk
        {
            Kty = Text("kty") ?? "",
            Crv = Text("crv"),
            X = Text("x"),
            Y = Text("y"),
            N = Text("n", 2048),
            E = Text("e"),
            Kid = Text("kid"),
            Alg = Text("alg"),
            Use = Text("use"),
        };
        if (problem is null)
        {
            problem = Operations(element, key.Use, out var use);
            key = key with { Use = use };
        }

        if (problem is null && !JwkRules.IsSupported(key))
        {
            problem = UnknownType;
        }

        return problem;

        string? Text(string name, int most = MaxText)
        {
            if (!element.TryGetProperty(name, out var value))
            {
                return null;
            }

            try
            {
                if (value.ValueKind == JsonValueKind.String && value.GetString() is { } text && text.Length <= most)
                {
                    return text;
                }
            }
            catch (InvalidOperationException)
            {
                // Half a surrogate pair: no text.
            }

            problem ??= $"The key's member '{name}' is not a string of at most {most} characters.";
            return null;
        }
    }

    /// <summary><c>key_ops</c> says the same as <c>use</c> in other words (RFC 7517 §4.3): it becomes the use.</summary>
    private static string? Operations(JsonElement element, string? given, out string? use)
    {
        use = given;
        if (!element.TryGetProperty("key_ops", out var operations))
        {
            return null;
        }

        if (
            operations.ValueKind != JsonValueKind.Array
            || operations.EnumerateArray().Any(operation => operation.ValueKind != JsonValueKind.String)
        )
        {
            return "The key's member 'key_ops' is not an array of strings.";
        }

        use = operations.EnumerateArray().Any(operation => operation.ValueEquals("verify")) ? "sig" : "enc";
        return given is null || given == use ? null : "The key's members 'use' and 'key_ops' contradict each other.";
    }
}
