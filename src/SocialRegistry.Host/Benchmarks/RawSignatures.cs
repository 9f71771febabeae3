using System.Diagnostics;
using System.Security.Cryptography;
using NSec.Cryptography;

namespace SocialRegistry.Host.Benchmarks;

/// <summary>The limit of the credential formats: bare signatures over 1,024 bytes with reused objects, no product code.</summary>
internal static class RawSignatures
{
    public static double EdDsaPerSecond(TimeSpan duration)
    {
        using var key = Key.Create(SignatureAlgorithm.Ed25519);
        var data = RandomNumberGenerator.GetBytes(1024);
        var signature = new byte[64];
        return Rate(duration, () => SignatureAlgorithm.Ed25519.Sign(key, data, signature));
    }

    public static double Es256PerSecond(TimeSpan duration)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var data = RandomNumberGenerator.GetBytes(1024);
        var signature = new byte[64];
        return Rate(
            duration,
            () =>
                key.TrySignData(
                    data,
                    signature,
                    HashAlgorithmName.SHA256,
                    DSASignatureFormat.IeeeP1363FixedFieldConcatenation,
                    out _
                )
        );
    }

    /// <summary>Calls a second on one thread, after a tenth of the time to warm up.</summary>
    public static double Rate(TimeSpan duration, Action action)
    {
        Run(duration / 10, action);
        return Run(duration, action);
    }

    private static double Run(TimeSpan duration, Action action)
    {
        var calls = 0L;
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < duration)
        {
            for (var i = 0; i < 16; i++)
            {
                action();
            }

            calls += 16;
        }

        return calls / clock.Elapsed.TotalSeconds;
    }
}
