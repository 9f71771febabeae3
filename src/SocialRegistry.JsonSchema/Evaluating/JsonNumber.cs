using System.Buffers.Text;
using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace SocialRegistry.JsonSchema;

/// <summary>
/// A number of JSON as it was written, exact: digits × 10^exponent, without zeros at the end of the digits. So 1.0, 1 and 10e-1 are one number.
/// </summary>
/// <param name="Digits">Signed.</param>
/// <param name="Exponent">Of ten; 0 for zero.</param>
internal readonly record struct JsonNumber(BigInteger Digits, long Exponent) : IComparable<JsonNumber>
{
    private const int MaxDigits = 10_000;
    private const long MaxExponent = 1_000_000_000_000;

    public bool IsInteger => Exponent >= 0;

    /// <exception cref="NumberTooLongException">More than 10,000 digits, or an exponent beyond 10^12.</exception>
    public static JsonNumber Of(JsonElement number)
    {
        var raw = JsonMarshal.GetRawUtf8Value(number);
        if (raw.Length <= 9 && Utf8Parser.TryParse(raw, out int small, out var read) && read == raw.Length)
        {
            return Normal(small, 0);
        }

        if (raw.Length > MaxDigits)
        {
            throw new NumberTooLongException();
        }

        var mark = raw.IndexOfAny((byte)'e', (byte)'E');
        var mantissa = mark < 0 ? raw : raw[..mark];
        var point = mantissa.IndexOf((byte)'.');
        var digits = Encoding.ASCII.GetString(mantissa);
        long exponent = 0;
        if (point >= 0)
        {
            digits = digits.Remove(point, 1);
            exponent = point + 1 - mantissa.Length;
        }

        var whole = BigInteger.Parse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        if (mark < 0 || whole.IsZero)
        {
            return Normal(whole, exponent);
        }

        var power = raw[(mark + 1)..];
        power = power[0] == '+' ? power[1..] : power;
        if (!Utf8Parser.TryParse(power, out long ten, out _) || Math.Abs(ten) > MaxExponent)
        {
            throw new NumberTooLongException();
        }

        return Normal(whole, exponent + ten);
    }

    public int CompareTo(JsonNumber other)
    {
        if (Digits.Sign != other.Digits.Sign || Digits.IsZero)
        {
            return Digits.Sign.CompareTo(other.Digits.Sign);
        }

        var difference = Magnitude + Exponent - other.Magnitude - other.Exponent;
        if (Math.Abs(difference) > 1)
        {
            return difference > 0 ? Digits.Sign : -Digits.Sign;
        }

        // Nearly of one size, so the exponents differ by little more than the digits' lengths.
        var common = Math.Min(Exponent, other.Exponent);
        return Scaled(Exponent - common).CompareTo(other.Scaled(other.Exponent - common));
    }

    /// <summary>Whether this is a whole multiple of a number that is not zero.</summary>
    public bool IsMultipleOf(JsonNumber unit)
    {
        if (Digits.IsZero)
        {
            return true;
        }

        // Neither ends in zero: where the unit has the larger power of ten, this one has not enough of them.
        var tens = Exponent - unit.Exponent;
        var factor = BigInteger.Abs(unit.Digits);
        return tens >= 0 && (Digits % factor * BigInteger.ModPow(10, tens, factor) % factor).IsZero;
    }

    /// <summary>The decimal logarithm of the digits.</summary>
    private double Magnitude => BigInteger.Log10(BigInteger.Abs(Digits));

    private BigInteger Scaled(long tens) => Digits * BigInteger.Pow(10, checked((int)tens));

    private static JsonNumber Normal(BigInteger digits, long exponent)
    {
        if (digits.IsZero)
        {
            return new(BigInteger.Zero, 0);
        }

        while (true)
        {
            var quotient = BigInteger.DivRem(digits, 10, out var rest);
            if (!rest.IsZero)
            {
                return new(digits, exponent);
            }

            digits = quotient;
            exponent++;
        }
    }
}
