using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace SocialRegistry.Contracts;

/// <summary>
/// A date of a query with its precision: <c>1980</c>, <c>1980-05</c> or <c>1980-05-17</c>. Stored dates are such texts too. A stored date
/// lies at its first day, and equals what covers it: <c>1980-05</c> equals <c>1980</c>, but not <c>1980-05-01</c>.
/// The bounds are texts, so that plain comparison by characters, as an index does it, gives these answers.
/// </summary>
public sealed record QueryDate
{
    private QueryDate(string text, string last)
    {
        Text = text;
        Last = last;
    }

    /// <summary>As it was sent.</summary>
    public string Text { get; }

    /// <summary>Last day that it covers.</summary>
    public string Last { get; }

    /// <summary>First text that lies at its first day: <c>1980-01-01</c> is also the first day of <c>1980-01</c> and <c>1980</c>.</summary>
    public string First
    {
        get
        {
            var text = Text;
            while (text.Length > 4 && text.EndsWith("-01", StringComparison.Ordinal))
            {
                text = text[..^3];
            }

            return text;
        }
    }

    /// <summary>True for a value that lies where the operator says.</summary>
    /// <param name="stored">A date in the same form.</param>
    public bool Compare(string stored, QueryOperator op) =>
        op switch
        {
            QueryOperator.Eq => Order(stored, Text) >= 0 && Order(stored, Last) <= 0,
            QueryOperator.Lt => Order(stored, First) < 0,
            QueryOperator.Le => Order(stored, Last) <= 0,
            QueryOperator.Gt => Order(stored, Last) > 0,
            QueryOperator.Ge => Order(stored, First) >= 0,
            _ => throw new ArgumentOutOfRangeException(nameof(op)),
        };

    public static bool TryParse(string? text, [NotNullWhen(true)] out QueryDate? date)
    {
        date = null;
        var format = text?.Length switch
        {
            4 => "yyyy",
            7 => "yyyy-MM",
            10 => "yyyy-MM-dd",
            _ => null,
        };
        if (
            format is null
            || !DateOnly.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var first)
        )
        {
            return false;
        }

        var last = text!.Length switch
        {
            4 => new DateOnly(first.Year, 12, 31),
            7 => new DateOnly(first.Year, first.Month, DateTime.DaysInMonth(first.Year, first.Month)),
            _ => first,
        };
        date = new QueryDate(text, last.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        return true;
    }

    private static int Order(string one, string other) => string.CompareOrdinal(one, other);
}
