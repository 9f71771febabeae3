using System.Text;

namespace SocialRegistry.JsonSchema;

/// <summary>Punycode (RFC 3492), both ways.</summary>
internal static class Punycode
{
    private const int Base = 36;
    private const int TMin = 1;
    private const int TMax = 26;
    private const int FirstBias = 72;
    private const int FirstPoint = 128;
    private const int MaxInput = 256;

    /// <summary>§6.2; null when the text is no encoding.</summary>
    public static string? Decode(string text)
    {
        var delimiter = text.LastIndexOf('-');
        var output = delimiter > 0 ? text[..delimiter].Select(c => (int)c).ToList() : [];
        if (text.Length > MaxInput || !output.TrueForAll(c => c < FirstPoint))
        {
            return null;
        }

        var (n, i, bias) = (FirstPoint, 0L, FirstBias);
        var at = delimiter > 0 ? delimiter + 1 : 0;
        while (at < text.Length)
        {
            var old = i;
            long weight = 1;
            for (var k = Base; ; k += Base)
            {
                var digit = at < text.Length ? Digit(text[at++]) : -1;
                if (digit < 0 || (i += digit * weight) > int.MaxValue)
                {
                    return null;
                }

                var threshold = Math.Clamp(k - bias, TMin, TMax);
                if (digit < threshold)
                {
                    break;
                }

                weight *= Base - threshold;
                if (weight > int.MaxValue)
                {
                    return null;
                }
            }

            bias = Adapt(i - old, output.Count + 1, old == 0);
            n += (int)Math.Min(i / (output.Count + 1), 0x110000);
            i %= output.Count + 1;
            if (!Rune.IsValid(n))
            {
                return null;
            }

            output.Insert((int)i++, n);
        }

        return string.Concat(output.Select(char.ConvertFromUtf32));
    }

    /// <summary>§6.3, without the prefix; null when the text is too long.</summary>
    public static string? Encode(string text)
    {
        var points = text.EnumerateRunes().Select(r => r.Value).ToArray();
        if (points.Length > MaxInput)
        {
            return null;
        }

        var output = new StringBuilder();
        output.Append([.. points.Where(p => p < FirstPoint).Select(p => (char)p)]);
        var (basic, handled) = (output.Length, output.Length);
        if (basic > 0)
        {
            output.Append('-');
        }

        var (n, delta, bias) = (FirstPoint, 0L, FirstBias);
        while (handled < points.Length)
        {
            var next = points.Where(p => p >= n).Min();
            delta += (long)(next - n) * (handled + 1);
            n = next;
            foreach (var point in points)
            {
                if (point < n)
                {
                    delta++;
                }
                else if (point == n)
                {
                    Write(output, delta, bias);
                    bias = Adapt(delta, handled + 1, handled == basic);
                    delta = 0;
                    handled++;
                }
            }

            delta++;
            n++;
        }

        return output.ToString();
    }

    private static void Write(StringBuilder output, long value, int bias)
    {
        for (var k = Base; ; k += Base)
        {
            var threshold = Math.Clamp(k - bias, TMin, TMax);
            if (value < threshold)
            {
                output.Append(Letter((int)value));
                return;
            }

            output.Append(Letter((int)(threshold + ((value - threshold) % (Base - threshold)))));
            value = (value - threshold) / (Base - threshold);
        }
    }

    private static int Adapt(long delta, int points, bool first)
    {
        delta = first ? delta / 700 : delta / 2;
        delta += delta / points;
        var k = 0;
        while (delta > (Base - TMin) * TMax / 2)
        {
            delta /= Base - TMin;
            k += Base;
        }

        return k + (int)((Base - TMin + 1) * delta / (delta + 38));
    }

    private static char Letter(int digit) => (char)(digit < 26 ? 'a' + digit : '0' + digit - 26);

    private static int Digit(char letter) =>
        letter switch
        {
            >= 'a' and <= 'z' => letter - 'a',
            >= 'A' and <= 'Z' => letter - 'A',
            >= '0' and <= '9' => letter - '0' + 26,
            _ => -1,
        };
}
