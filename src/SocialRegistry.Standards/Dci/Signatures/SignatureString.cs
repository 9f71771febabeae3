using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;

namespace SocialRegistry.Standards.Dci.Signatures;

/// <summary>
/// The signature of the standard's example: <c>namespace="dci", kidId="sender|key|algorithm", algorithm="ed25519", created="…",
/// expires="…", headers="(created) (expires) digest", signature="…"</c>, with or without <c>Signature:</c> before it.
/// </summary>
internal sealed partial record SignatureString
{
    public const string SignedHeaders = "(created) (expires) digest";

    public required string SenderId { get; init; }

    public required string KeyId { get; init; }

    /// <summary>JOSE name.</summary>
    public required string Algorithm { get; init; }

    public required DateTimeOffset Created { get; init; }

    public required DateTimeOffset Expires { get; init; }

    public required byte[] Signature { get; init; }

    /// <summary>What is signed: seconds since 1970 and the digest, on three lines.</summary>
    public static string SigningString(DateTimeOffset created, DateTimeOffset expires, string digest) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"(created): {created.ToUnixTimeSeconds()}\n(expires): {expires.ToUnixTimeSeconds()}\ndigest: {digest}"
        );

    public static bool TryParse(string text, [NotNullWhen(true)] out SignatureString? parsed)
    {
        parsed = null;
        var match = Whole().Match(text);
        if (!match.Success)
        {
            return false;
        }

        var members = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in match.Groups["name"].Captures.Zip(match.Groups["value"].Captures))
        {
            if (!members.TryAdd(name.Value, value.Value))
            {
                return false;
            }
        }

        // "kidId" in the standard's example, "keyId" in its security scheme.
        var key = (members.GetValueOrDefault("kidId") ?? members.GetValueOrDefault("keyId") ?? "").Split('|');
        if (
            key.Length != 3
            || Jose(members.GetValueOrDefault("algorithm")) is not { } algorithm
            || Jose(key[2]) != algorithm
            || members.GetValueOrDefault("headers") != SignedHeaders
            || !TrySeconds(members.GetValueOrDefault("created"), out var created)
            || !TrySeconds(members.GetValueOrDefault("expires"), out var expires)
            || !Bytes.TryBase64(members.GetValueOrDefault("signature"), out var signature)
        )
        {
            return false;
        }

        parsed = new SignatureString
        {
            SenderId = key[0],
            KeyId = key[1],
            Algorithm = algorithm,
            Created = created,
            Expires = expires,
            Signature = signature,
        };
        return true;
    }

    private static string? Jose(string? name) =>
        name?.ToLowerInvariant() switch
        {
            "ed25519" or "eddsa" => "EdDSA",
            "es256" or "ecdsa-p256-sha256" => "ES256",
            "rs256" or "rsa-sha256" => "RS256",
            "ps256" => "PS256",
            _ => null,
        };

    private static bool TrySeconds(string? text, out DateTimeOffset time)
    {
        time = default;
        if (
            text is not { Length: > 0 and <= 11 }
            || !long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        )
        {
            return false;
        }

        time = DateTimeOffset.FromUnixTimeSeconds(seconds);
        return true;
    }

    [GeneratedRegex(
        "^(?:Signature:)?\\s*(?<name>[A-Za-z]{1,20})=\"(?<value>[^\"]{0,2000})\"(?:\\s*,\\s*(?<name>[A-Za-z]{1,20})=\"(?<value>[^\"]{0,2000})\"){0,9}\\s*\\z",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1_000
    )]
    private static partial Regex Whole();
}

/// <summary>Base64 of fixed form.</summary>
internal static class Bytes
{
    /// <summary>Standard alphabet with padding, no white space.</summary>
    public static bool TryBase64(string? text, out byte[] bytes)
    {
        bytes = [];
        if (text is not { Length: > 0 and <= 2_000 } || text.Any(char.IsWhiteSpace))
        {
            return false;
        }

        var buffer = new byte[text.Length];
        if (!Convert.TryFromBase64String(text, buffer, out var written))
        {
            return false;
        }

        bytes = buffer[..written];
        return true;
    }
}
