using System.Text.Json;
using SocialRegistry.Credentials.Formats;
using SocialRegistry.Protection;

namespace SocialRegistry.Host.Benchmarks;

/// <summary>Credentials of ten claims signed on one thread, beside bare signatures with the same kind of key.</summary>
internal static class FormatBench
{
    /// <summary>What the bare primitives reach a second on one core of the reference machine.</summary>
    private const double ReferenceEdDsa = 47_000;
    private const double ReferenceEs256 = 27_600;
    private const string Issuer = "https://registry.example.org";

    public static IReadOnlyList<BenchFigure> Run(TimeSpan duration)
    {
        var folder = Directory.CreateTempSubdirectory("registry-bench-");
        try
        {
            var options = new KeyStoreOptions { Path = Path.Combine(folder.FullName, "keys"), PublicUrl = Issuer };
            using var services = new ServiceCollection()
                .AddProtection(keys => (keys.Path, keys.PublicUrl) = (options.Path, options.PublicUrl))
                .BuildServiceProvider();
            var keys = services.GetRequiredService<IKeyRing>();
            var signer = new CredentialSigner(keys, Issuer);
            var holder = keys.Signer(KeyPurpose.MessageSigning).PublicKey;

            double Rate(CredentialFormat format) =>
                RawSignatures.Rate(duration, () => signer.Issue(format, Content(holder)));

            var rawEdDsa = RawSignatures.EdDsaPerSecond(duration);
            var edDsa = Rate(CredentialFormat.JwtVcEdDsa);
            var rawEs256 = RawSignatures.Es256PerSecond(duration);
            var sdJwt = Rate(CredentialFormat.SdJwtVc);
            var es256 = Rate(CredentialFormat.JwtVcEs256);
            return
            [
                new BenchFigure("jwt_vc_json EdDSA, 10 claims", "a second", edDsa, "bare Ed25519", rawEdDsa)
                {
                    Goal = 0.35,
                    Reference = ReferenceEdDsa,
                },
                new BenchFigure("jwt_vc_json ES256, 10 claims", "a second", es256, "bare P-256", rawEs256)
                {
                    Goal = 0.35,
                    Reference = ReferenceEs256,
                },
                new BenchFigure("dc+sd-jwt ES256, 10 claims", "a second", sdJwt, "bare P-256", rawEs256)
                {
                    Goal = 0.3,
                    Reference = ReferenceEs256,
                },
            ];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>A content of its own for each call: identifier, times and ten claims.</summary>
    private static CredentialContent Content(Jwk holder)
    {
        var now = DateTimeOffset.UtcNow;
        return new CredentialContent
        {
            Id = Guid.CreateVersion7(),
            Type = "SocialRegistryPerson",
            IssuedAt = now,
            ExpiresAt = now.AddDays(365),
            Claims = Claims,
            Evidence = Evidence,
            HolderKey = holder,
            HolderDid = "did:example:holder",
        };
    }

    private static readonly IReadOnlyList<CredentialClaim> Claims =
    [
        Claim("given_name", "Amara"),
        Claim("family_name", "Tolvane"),
        Claim("middle_name", "Ines"),
        Claim("birthdate", "1991-04-17"),
        Claim("gender", "female"),
        Claim("place_of_birth", "Port Selim"),
        Claim("marital_status", "M"),
        Claim("area", "KV-02-014"),
        Claim("education_level", "3"),
        Claim("occupation", "5"),
    ];

    private static readonly IReadOnlyList<CredentialEvidence> Evidence =
    [
        new()
        {
            Claims = [.. Claims.Select(claim => claim.Name)],
            AttestedBy = "attestor",
            AttestedAt = DateTimeOffset.UnixEpoch.AddYears(56),
            Method = "document",
        },
    ];

    private static CredentialClaim Claim(string name, string value) =>
        new(name, JsonSerializer.SerializeToElement(value));
}
