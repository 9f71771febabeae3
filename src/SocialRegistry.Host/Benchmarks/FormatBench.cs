using System.Text.Json;
using SocialRegistry.Credentials;
using SocialRegistry.Protection;

namespace SocialRegistry.Host.Benchmarks;

/// <summary>Credentials of ten claims signed on one thread, beside bare signatures with the same kind of key.</summary>
internal static class FormatBench
{
    /// <summary>What the bare primitives reach a second on one core of the reference machine.</summary>
    private const double ReferenceEdDsa = 47_000;
    private const double ReferenceEs256 = 27_600;

    public static IReadOnlyList<BenchFigure> Run(TimeSpan duration)
    {
        var folder = Directory.CreateTempSubdirectory("registry-bench-");
        try
        {
            using var services = Services(folder.FullName);
            var signer = services.GetRequiredService<CredentialSigner>();
            var type = services.GetRequiredService<CredentialTypes>().All[0].Id;
            var holder = services.GetRequiredService<IKeyRing>().Signer(KeyPurpose.MessageSigning).PublicKey;

            double Rate(CredentialFormat format) =>
                RawSignatures.Rate(duration, () => signer.Sign(format, Content(type), holder));

            var rawEdDsa = RawSignatures.EdDsaPerSecond(duration);
            var edDsa = Rate(CredentialFormat.JwtVcEdDsa);
            var rawEs256 = RawSignatures.Es256PerSecond(duration);
            var sdJwt = Rate(CredentialFormat.SdJwt);
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

    private static ServiceProvider Services(string folder)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(
                new Dictionary<string, string?>
                {
                    ["Keys:Path"] = Path.Combine(folder, "keys"),
                    ["PublicUrl"] = "https://registry.example.org",
                }
            )
            .Build();
        return new ServiceCollection()
            .AddSingleton<IConfiguration>(configuration)
            .AddLogging()
            .AddProtection()
            .AddCredentials()
            .BuildServiceProvider();
    }

    /// <summary>A content of its own for each call: identifier, times and ten claims.</summary>
    private static CredentialContent Content(string type)
    {
        var now = DateTimeOffset.UtcNow;
        return new CredentialContent
        {
            Id = "urn:uuid:" + Guid.CreateVersion7(),
            Type = type,
            IssuedAt = now,
            ValidUntil = now.AddDays(365),
            Claims = Claims,
            Attestations = Attestations,
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

    private static readonly IReadOnlyList<ClaimAttestation> Attestations =
    [
        new([.. Claims.Select(claim => claim.Name)], "attestor", DateTimeOffset.UnixEpoch.AddYears(56), "document", null),
    ];

    private static CredentialClaim Claim(string name, string value) => new(name, JsonSerializer.SerializeToElement(value));
}
