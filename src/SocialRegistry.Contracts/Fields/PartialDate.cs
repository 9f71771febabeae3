using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace SocialRegistry.Contracts;

/// <summary>A date as exact as it is known: <c>1984-03-02</c>, <c>1984-03</c> or <c>1984</c>. Never a day or month that nobody stated.</summary>
[JsonConverter(typeof(PartialDateJson))]
public readonly record struct PartialDate
{
    private PartialDate(DateOnly first, DatePrecision precision)
    {
        Earliest = first;
        Precision = precision;
    }

    public DatePrecision Precision { get; }

    /// <summary>The first day it can be.</summary>
    public DateOnly Earliest { get; }

    /// <summary>The last day it can be.</summary>
    public DateOnly Latest =>
        Precision switch
        {
            DatePrecision.Year => new DateOnly(Earliest.Year, 12, 31),
            DatePrecision.Month => new DateOnly(
                Earliest.Year,
                Earliest.Month,
                DateTime.DaysInMonth(Earliest.Year, Earliest.Month)
            ),
            _ => Earliest,
        };

    /// <summary>The day, when it is known.</summary>
    public DateOnly? Day => Precision == DatePrecision.Day ? Earliest : null;

    public static bool TryParse(string? text, out PartialDate date)
    {
        (string Format, DatePrecision Precision)? form = text?.Length switch
        {
            10 => ("yyyy-MM-dd", DatePrecision.Day),
            7 => ("yyyy-MM", DatePrecision.Month),
            4 => ("yyyy", DatePrecision.Year),
            _ => null,
        };
        if (
            form is { } known
            && DateOnly.TryParseExact(
                text,
                known.Format,
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var first
            )
        )
        {
            date = new PartialDate(first, known.Precision);
            return true;
        }

        date = default;
        return false;
    }

    /// <summary>The date in a JSON value; <c>null</c> when there is none.</summary>
    public static PartialDate? From(JsonElement? value) =>
        value is { ValueKind: JsonValueKind.String } text && TryParse(text.GetString(), out var date) ? date : null;

    /// <summary>A day, as exact as a day is.</summary>
    public static PartialDate Of(DateOnly day) => new(day, DatePrecision.Day);

    /// <summary>What is stored as its first day and how exact it is.</summary>
    public static PartialDate Of(DateOnly first, DatePrecision precision) => new(first, precision);

    public static implicit operator PartialDate(DateOnly day) => Of(day);

    public override string ToString() =>
        Earliest.ToString(
            Precision switch
            {
                DatePrecision.Year => "yyyy",
                DatePrecision.Month => "yyyy-MM",
                _ => "yyyy-MM-dd",
            },
            CultureInfo.InvariantCulture
        );
}

/// <summary>On the wire it is its text.</summary>
public sealed class PartialDateJson : JsonConverter<PartialDate>
{
    public override PartialDate Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && PartialDate.TryParse(reader.GetString(), out var date)
            ? date
            : throw new JsonException("Expected a date YYYY-MM-DD, YYYY-MM or YYYY.");

    public override void Write(Utf8JsonWriter writer, PartialDate value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}

/// <summary>The years in which somebody of a stated age can be born. An estimate: to be shown as such, never as a date of birth.</summary>
/// <param name="From">The earliest year.</param>
/// <param name="To">The latest year.</param>
public sealed record EstimatedBirthYear(int From, int To)
{
    /// <summary>The field in which a stated age stands: whole years <c>age</c> and the day <c>as_of</c> on which they were stated.</summary>
    public const string StatedAge = "stated_age";

    /// <summary>The estimate from a value of <see cref="StatedAge"/>; <c>null</c> when it is none.</summary>
    public static EstimatedBirthYear? FromValue(JsonElement value)
    {
        if (
            value.ValueKind != JsonValueKind.Object
            || !value.TryGetProperty("age", out var age)
            || age.ValueKind != JsonValueKind.Number
            || !age.TryGetInt32(out var years)
            || !value.TryGetProperty("as_of", out var day)
            || PartialDate.From(day)?.Day is not { } asOf
            || years < 0
            || years >= asOf.Year - 1
        )
        {
            return null;
        }

        // Her birthday of that year may lie before or after the day.
        return new EstimatedBirthYear(asOf.AddDays(1).AddYears(-years - 1).Year, asOf.AddYears(-years).Year);
    }
}
