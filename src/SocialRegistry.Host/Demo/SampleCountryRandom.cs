using System.Numerics;

namespace SocialRegistry.Host.Demo;

/// <summary>
/// Numbers that look random and are the same for a seed on every platform and version: xoshiro256** seeded by SplitMix64 (Blackman and
/// Vigna). Integers only, and never for secrets.
/// </summary>
internal sealed class SampleCountryRandom
{
    private readonly ulong[] state = new ulong[4];

    public SampleCountryRandom(int seed)
    {
        var mix = (ulong)(uint)seed;
        for (var i = 0; i < state.Length; i++)
        {
            mix += 0x9E3779B97F4A7C15;
            var z = (mix ^ (mix >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            state[i] = z ^ (z >> 31);
        }
    }

    /// <summary>From 0 up to, without, <paramref name="bound"/>.</summary>
    public int Below(int bound) => (int)Math.BigMul(Next(), (ulong)bound, out _);

    /// <summary>Both ends included.</summary>
    public int Between(int first, int last) => first + Below(last - first + 1);

    /// <summary>True in so many of a hundred cases.</summary>
    public bool Percent(int percent) => Below(100) < percent;

    public T Pick<T>(IReadOnlyList<T> from) => from[Below(from.Count)];

    private ulong Next()
    {
        var result = BitOperations.RotateLeft(state[1] * 5, 7) * 9;
        var shifted = state[1] << 17;
        state[2] ^= state[0];
        state[3] ^= state[1];
        state[1] ^= state[2];
        state[0] ^= state[3];
        state[2] ^= shifted;
        state[3] = BitOperations.RotateLeft(state[3], 45);
        return result;
    }
}
