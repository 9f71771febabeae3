using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using SocialRegistry.Standards.Dci.Signatures;

namespace SocialRegistry.Standards.Dci.Records;

/// <summary>
/// Writes values so that they come out the same from every canonical form (DCI API standard, message signature): non-ASCII as lower-case <c>\uXXXX</c>, numbers in
/// their shortest form. Callers write members in ordinal order of their names.
/// </summary>
internal static class CanonicalWriting
{
    public static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    private static readonly SearchValues<char> Plain = SearchValues.Create(
        string.Concat(Enumerable.Range(' ', '~' - ' ' + 1).Select(c => (char)c).Where(c => c is not ('"' or '\\')))
    );

    public static void WriteText(this Utf8JsonWriter writer, string text)
    {
        if (!text.AsSpan().ContainsAnyExcept(Plain))
        {
            writer.WriteStringValue(text);
            return;
        }

        var quoted = new ArrayBufferWriter<byte>(text.Length * 6 + 2);
        CanonicalJson.Quote(text, ascii: true, quoted);
        writer.WriteRawValue(quoted.WrittenSpan, skipInputValidation: true);
    }

    public static void WriteText(this Utf8JsonWriter writer, string name, string text)
    {
        writer.WritePropertyName(name);
        writer.WriteText(text);
    }

    /// <summary>A number as short as it can be told: no sign of zero, no zeros behind the point.</summary>
    public static void WriteShortest(this Utf8JsonWriter writer, JsonElement number)
    {
        if (number.TryGetInt64(out var whole))
        {
            writer.WriteNumberValue(whole);
        }
        else if (number.TryGetDecimal(out var exact) && Math.Abs(exact) < 1e15m)
        {
            writer.WriteRawValue(
                (exact / 1.0000000000000000000000000000m).ToString(
                    "0.############################",
                    CultureInfo.InvariantCulture
                ),
                skipInputValidation: true
            );
        }
        else
        {
            writer.WriteNumberValue(number.GetDouble());
        }
    }
}
