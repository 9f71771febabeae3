using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SocialRegistry.Access.Codes;

/// <summary>One-time codes of six digits by time (TOTP, RFC 6238: HMAC-SHA-1, steps of 30 seconds from 1970), as every authenticator app makes them.</summary>
internal static class OneTimeCode
{
    public const int StepSeconds = 30;

    /// <summary>Steps before and after now whose codes count: clocks differ and typing takes time (RFC 6238 §5.2).</summary>
    private const int Window = 1;

    private const int Modulus = 1_000_000;

    public static long StepOf(DateTimeOffset moment) => moment.ToUnixTimeSeconds() / StepSeconds;

    /// <summary>The code of a step (RFC 4226 §5.3).</summary>
    public static string Of(ReadOnlySpan<byte> secret, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> hash = stackalloc byte[HMACSHA1.HashSizeInBytes];
#pragma warning disable CA5350 // The standard's own function; its keyed use is not touched by collisions of SHA-1.
        HMACSHA1.HashData(secret, counter, hash);
#pragma warning restore CA5350
        var offset = hash[^1] & 0x0F;
        var number = BinaryPrimitives.ReadInt32BigEndian(hash[offset..]) & 0x7FFF_FFFF;
        return (number % Modulus).ToString("D6", CultureInfo.InvariantCulture);
    }

    /// <summary>The step whose code this is, later than the last one taken; absent when it is none. Takes as long either way.</summary>
    public static long? Step(ReadOnlySpan<byte> secret, string code, DateTimeOffset now, long lastStep)
    {
        long? found = null;
        var given = Encoding.UTF8.GetBytes(code);
        for (var step = StepOf(now) - Window; step <= StepOf(now) + Window; step++)
        {
            var right = CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Of(secret, step)), given);
            if (right && step > lastStep)
            {
                found = step;
            }
        }

        return found;
    }
}
