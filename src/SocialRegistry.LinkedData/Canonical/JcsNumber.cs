using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace SocialRegistry.LinkedData;

/// <summary>Numbers of RFC 8785 §3.2.2.3: as ECMAScript's Number::toString writes an IEEE 754 double.</summary>
internal static class JcsNumber
{
    // Up to 15 digits every integer is a double and written by its digits.
    private const int PlainDigits = 15;

    public static void Write(JsonElement number, IBufferWriter<byte> target)
    {
        var raw = JsonMarshal.GetRawUtf8Value(number);
        if (raw.Length <= PlainDigits && !raw.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
        {
            target.Write(raw);
            return;
        }

        if (!number.TryGetDouble(out var value))
        {
            throw new JsonException("A number is outside IEEE 754 double.");
        }

        Write(value, target);
    }

    /// <exception cref="JsonException">Infinity or not a number.</exception>
    public static void Write(double value, IBufferWriter<byte> target)
    {
        if (!double.IsFinite(value))
        {
            throw new JsonException("A number is outside IEEE 754 double.");
        }

        if (value == 0)
        {
            target.Write("0"u8);
            return;
        }

        // The shortest digits that read back as the same double, with the position of the decimal point.
        Span<byte> shortest = stackalloc byte[32];
        Math.Abs(value).TryFormat(shortest, out var length, "R", CultureInfo.InvariantCulture);
        Span<byte> digits = stackalloc byte[32];
        var point = Split(shortest[..length], digits, out var count);
        if (value < 0)
        {
            target.Write("-"u8);
        }

        Layout(digits[..count], point, target);
    }

    /// <summary>Number::toString steps 6 to 10; <paramref name="point"/> is ECMAScript's n.</summary>
    private static void Layout(ReadOnlySpan<byte> digits, int point, IBufferWriter<byte> target)
    {
        var count = digits.Length;
        if (point is > 0 and <= 21)
        {
            if (count <= point)
            {
                target.Write(digits);
                Zeros(point - count, target);
            }
            else
            {
                target.Write(digits[..point]);
                target.Write("."u8);
                target.Write(digits[point..]);
            }
        }
        else if (point is > -6 and <= 0)
        {
            target.Write("0."u8);
            Zeros(-point, target);
            target.Write(digits);
        }
        else
        {
            target.Write(digits[..1]);
            if (count > 1)
            {
                target.Write("."u8);
                target.Write(digits[1..]);
            }

            target.Write(point > 0 ? "e+"u8 : "e-"u8);
            Span<byte> exponent = stackalloc byte[4];
            Math.Abs(point - 1).TryFormat(exponent, out var length, default, CultureInfo.InvariantCulture);
            target.Write(exponent[..length]);
        }
    }

    /// <summary>Takes "12.5E-07" apart into its significant digits and the position of the point before or after them.</summary>
    private static int Split(ReadOnlySpan<byte> text, Span<byte> digits, out int count)
    {
        var exponent = 0;
        var e = text.IndexOf((byte)'E');
        if (e >= 0)
        {
            exponent = int.Parse(text[(e + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
            text = text[..e];
        }

        var dot = text.IndexOf((byte)'.');
        var whole = dot < 0 ? text.Length : dot;
        count = 0;
        var leadingZeros = 0;
        foreach (var c in text)
        {
            if (c == '.')
            {
                continue;
            }

            if (count == 0 && c == '0')
            {
                leadingZeros++;
                continue;
            }

            digits[count++] = c;
        }

        while (digits[count - 1] == '0')
        {
            count--;
        }

        return whole - leadingZeros + exponent;
    }

    private static void Zeros(int count, IBufferWriter<byte> target)
    {
        target.GetSpan(count + 1)[..count].Fill((byte)'0');
        target.Advance(count);
    }
}
