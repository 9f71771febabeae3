using System.Security.Cryptography;
using System.Text.Json;
using SocialRegistry.Credentials.Formats;
using SocialRegistry.LinkedData;
using SocialRegistry.Protection;

namespace SocialRegistry.Credentials.Tests.Formats;

/// <summary>What test credentials say.</summary>
internal static class Contents
{
    public static CredentialContent Person(DateTimeOffset now, ECDsa? holder = null)
    {
        var key = holder is null ? null : KeyOf(holder);
        return new CredentialContent
        {
            Type = "SocialRegistryPerson",
            Id = Guid.CreateVersion7(now),
            Claims =
            [
                Claim("given_name", "\"Ámara \\\"Ọ\\\"\""),
                Claim("family_name", "\"Tolvane\""),
                Claim("birthdate", "\"1991-04-17\""),
                Claim("address", """{"locality":"Nyota","lines":["a","b"]}"""),
                Claim("is_disabled", "false"),
                Claim("household_size", "4"),
            ],
            Evidence =
            [
                new CredentialEvidence
                {
                    Claims = ["given_name", "family_name"],
                    AttestedBy = "office-7",
                    AttestedAt = now.AddDays(-1),
                    Method = "document",
                },
            ],
            IssuedAt = now,
            ExpiresAt = now.AddDays(180),
            HolderKey = key,
            HolderDid = key is null ? null : DidJwk.Encode(new PublicKeyParts(key.Kty, key.Crv!, key.X!, key.Y)),
        };
    }

    public static Jwk KeyOf(ECDsa key)
    {
        var point = key.ExportParameters(false).Q;
        return new Jwk
        {
            Kty = "EC",
            Crv = "P-256",
            X = System.Buffers.Text.Base64Url.EncodeToString(point.X),
            Y = System.Buffers.Text.Base64Url.EncodeToString(point.Y),
        };
    }

    private static CredentialClaim Claim(string name, string json)
    {
        using var document = JsonDocument.Parse(json);
        return new CredentialClaim(name, document.RootElement.Clone());
    }
}
