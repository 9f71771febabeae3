using System.Globalization;
using System.Text.RegularExpressions;
using SocialRegistry.Contracts;
using SocialRegistry.Exchange.Csv;

namespace SocialRegistry.Exchange.Imports;

/// <summary>
/// Turns the cells of a row into parents or spouses. A person stands in a cell by her registrant id or as <c>TYPE:value</c>, such as
/// <c>UIN:7312445601</c>.
/// </summary>
internal sealed partial class TableRow
{
    private const int MaxReference = 261;

    private readonly Dictionary<string, string> cells;
    private readonly List<FieldProblem> wrong = [];

    private TableRow(Dictionary<string, string> cells) => this.cells = cells;

    public static Outcome<(ParentsRow Row, string Key)> Parents(CsvRow read, TableColumns columns)
    {
        if (Unreadable(read, columns) is { } problem)
        {
            return problem;
        }

        var row = new TableRow(columns.Named(read.Cells));
        var parents = new ParentsRow
        {
            Child = row.Required(TableColumns.Child),
            Parent1 = row.Person("Parent1Id"),
            Parent2 = row.Person("Parent2Id"),
            IsAdopted = row.Flag("IsAdopted"),
            Guardian = row.Person("GaurdianId"),
            Since = row.Day(TableColumns.Since),
        };
        return row.wrong.Count == 0 ? (parents, row.cells[TableColumns.Child]) : Invalid(row.wrong);
    }

    public static Outcome<(SpouseRow Row, string Key)> Spouses(CsvRow read, TableColumns columns)
    {
        if (Unreadable(read, columns) is { } problem)
        {
            return problem;
        }

        var row = new TableRow(columns.Named(read.Cells));
        var spouses = new SpouseRow
        {
            Person1 = row.Required("Person1Id"),
            Person2 = row.Required("Person2Id"),
            IsMarried = row.Flag("IsMarried"),
            MarriedOn = row.Day("MarriedOn"),
            IsSeparated = row.Flag("IsSeperated"),
            SeparatedOn = row.Day("SeperatedOn"),
        };
        if (row.wrong.Count > 0)
        {
            return Invalid(row.wrong);
        }

        // The pair, whichever stands first, and the day.
        var pair = new[] { row.cells["Person1Id"], row.cells["Person2Id"] }.Order(StringComparer.Ordinal);
        return (spouses, string.Join('\u001F', pair.Append(row.cells.GetValueOrDefault("MarriedOn", ""))));
    }

    private PersonReference Required(string column)
    {
        if (!cells.ContainsKey(column))
        {
            wrong.Add(new FieldProblem(column, "required", "The row names nobody here."));
        }

        return Person(column) ?? new PersonReference();
    }

    private PersonReference? Person(string column)
    {
        if (!cells.TryGetValue(column, out var text))
        {
            return null;
        }

        if (RegistrantId.TryParse(text, out var id))
        {
            return PersonReference.Of(id);
        }

        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 1 || colon == text.Length - 1 || text.Length > MaxReference)
        {
            wrong.Add(new FieldProblem(column, "reference", "A registrant id, or an identifier as TYPE:value."));
            return null;
        }

        var value = text[(colon + 1)..].Trim();
        if (ScientificNumber().IsMatch(value))
        {
            wrong.Add(
                new FieldProblem(
                    column,
                    "scientific_notation",
                    "A spreadsheet has rounded this number; format the column as text and fill it again."
                )
            );
            return null;
        }

        return PersonReference.Of(new Identifier(text[..colon].Trim(), value));
    }

    private bool? Flag(string column)
    {
        if (!cells.TryGetValue(column, out var text))
        {
            return null;
        }

        if (CellValue.Truth(text) is { } truth)
        {
            return truth;
        }

        wrong.Add(new FieldProblem(column, "type", "true, false, yes, no, 1 or 0."));
        return null;
    }

    private DateOnly? Day(string column)
    {
        if (!cells.TryGetValue(column, out var text))
        {
            return null;
        }

        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return day;
        }

        wrong.Add(new FieldProblem(column, "type", "A date as YYYY-MM-DD."));
        return null;
    }

    private static Problem? Unreadable(CsvRow row, TableColumns columns) =>
        row.Fault is { } fault
            ? Problem.Invalid("imports.row_unreadable", "The row is not readable CSV.", fault.ToProblem())
        : row.Cells.Count != columns.Count
            ? Problem.Invalid(
                "imports.row_unreadable",
                "The row has another number of cells than the header.",
                new FieldProblem("row", "cell_count", $"{columns.Count} cells expected, {row.Cells.Count} found.")
            )
        : null;

    private static Problem Invalid(List<FieldProblem> wrong) =>
        Problem.Invalid("imports.row_invalid", "The row was left out.", wrong);

    [GeneratedRegex(@"^[0-9]+([.,][0-9]+)?[eE]\+?[0-9]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex ScientificNumber();
}
