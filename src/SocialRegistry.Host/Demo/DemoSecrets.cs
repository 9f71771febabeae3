using System.Buffers.Text;
using System.Security.Cryptography;

namespace SocialRegistry.Host.Demo;

/// <summary>One staff account of the demo.</summary>
internal sealed record DemoStaff(string User, string Password, IReadOnlyList<string> Roles);

/// <summary>The sign-ins of one demo run: random, so that nothing listens with a known password.</summary>
internal sealed record DemoSecrets(string PartnerSecret, string PersonPassword, IReadOnlyList<DemoStaff> Staff)
{
    public const string Partner = "demo-programme";
    public const string Person = "person";

    public static DemoSecrets New() =>
        new(
            Random(),
            Random(),
            [
                new DemoStaff("registrar", Random(), ["registrar"]),
                new DemoStaff("attestor", Random(), ["attestor"]),
                new DemoStaff("officer", Random(), ["issuer-officer"]),
                new DemoStaff("auditor", Random(), ["auditor"]),
            ]
        );

    private static string Random() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(24));
}
