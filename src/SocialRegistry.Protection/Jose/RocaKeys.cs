using System.Numerics;

namespace SocialRegistry.Protection;

/// <summary>
/// Knows RSA keys of the flawed generator in CVE-2017-15361 (ROCA), whose private key can be computed: their modulus is a power of 65537
/// modulo every small prime. Other keys pass this test with a chance below 2^-150.
/// </summary>
internal static class RocaKeys
{
    private const int Generator = 65537;

    private static readonly int[] Primes =
    [
        3,
        5,
        7,
        11,
        13,
        17,
        19,
        23,
        29,
        31,
        37,
        41,
        43,
        47,
        53,
        59,
        61,
        67,
        71,
        73,
        79,
        83,
        89,
        97,
        101,
        103,
        107,
        109,
        113,
        127,
        131,
        137,
        139,
        149,
        151,
        157,
        163,
        167,
    ];

    public static bool IsOne(ReadOnlySpan<byte> modulus)
    {
        var n = new BigInteger(modulus, isUnsigned: true, isBigEndian: true);
        return Array.TrueForAll(Primes, prime => IsPower((int)(n % prime), prime));
    }

    private static bool IsPower(int remainder, int prime)
    {
        var power = 1;
        do
        {
            if (power == remainder)
            {
                return true;
            }

            power = power * (Generator % prime) % prime;
        } while (power != 1);

        return false;
    }
}
