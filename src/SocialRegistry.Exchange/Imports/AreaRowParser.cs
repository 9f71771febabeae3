using System.Globalization;
using SocialRegistry.Contracts;
using SocialRegistry.Exchange.Csv;

namespace SocialRegistry.Exchange.Imports;

/// <summary>Turns the cells of a row into an area to import. An empty cell says nothing: it neither sets nor removes.</summary>
internal sealed class AreaRowParser(AreaColumns columns)
{
    public Outcome<AreaRow> Parse(CsvRow row)
    {
        if (row.Fault is { } fault)
        {
            return Problem.Invalid("imports.row_unreadable", "The row is not readable CSV.", fault.ToProblem());
        }

        if (row.Cells.Count != columns.Targets.Count)
        {
            return Problem.Invalid(
                "imports.row_unreadable",
                "The row has another number of cells than the header.",
                new FieldProblem(
                    "row",
                    "cell_count",
                    $"{columns.Targets.Count} cells expected, {row.Cells.Count} found."
                )
            );
        }

        var cells = new Dictionary<string, string>();
        foreach (var (index, target) in columns.Targets.Index())
        {
            var text = CsvCells.WithoutGuard(row.Cells[index].Trim());
            if (target is not null && text.Length > 0)
            {
                cells[target] = text;
            }
        }

        var wrong = new List<FieldProblem>();
        var (latitude, longitude) = (Degrees(AreaColumns.Latitude), Degrees(AreaColumns.Longitude));
        if (cells.ContainsKey(AreaColumns.Latitude) != cells.ContainsKey(AreaColumns.Longitude))
        {
            wrong.Add(new FieldProblem(AreaColumns.Latitude, "missing", "Latitude and longitude go together."));
        }

        var area = new AreaRow
        {
            Code = cells.GetValueOrDefault(AreaColumns.Code, ""),
            Parent = cells.GetValueOrDefault(AreaColumns.Parent),
            Level = Level(),
            Names = cells.Where(c => AreaColumns.IsName(c.Key)).ToDictionary(c => c.Key[^3..], c => c.Value),
            Point = latitude is { } north && longitude is { } east ? new AreaPoint(north, east) : null,
            ValidFrom = Day(AreaColumns.ValidFrom),
            ValidTo = Day(AreaColumns.ValidTo),
        };
        return wrong.Count == 0 ? area : Problem.Invalid("imports.row_invalid", "The row was left out.", wrong);

        int? Level()
        {
            if (!cells.TryGetValue(AreaColumns.Level, out var text))
            {
                return null;
            }

            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var level))
            {
                return level;
            }

            wrong.Add(new FieldProblem(AreaColumns.Level, "type", "A level is a whole number."));
            return null;
        }

        double? Degrees(string column)
        {
            if (!cells.TryGetValue(column, out var text))
            {
                return null;
            }

            const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
            if (double.TryParse(text, Style, CultureInfo.InvariantCulture, out var degrees) && double.IsFinite(degrees))
            {
                return degrees;
            }

            wrong.Add(new FieldProblem(column, "type", "Send decimal degrees with a point, such as -12.5."));
            return null;
        }

        DateOnly? Day(string column)
        {
            if (!cells.TryGetValue(column, out var text))
            {
                return null;
            }

            if (
                DateOnly.TryParseExact(
                    text,
                    "yyyy-MM-dd",
                    CultureInfo.InvariantCulture,
                    DateTimeStyles.None,
                    out var day
                )
            )
            {
                return day;
            }

            wrong.Add(new FieldProblem(column, "type", "Send a date YYYY-MM-DD."));
            return null;
        }
    }
}
