using SocialRegistry.Contracts;

namespace SocialRegistry.Exchange.Imports;

/// <summary>The columns of one file, in order.</summary>
internal sealed record ColumnPlan(IReadOnlyList<Column> Columns)
{
    private const int MaxHeader = 200;

    /// <summary>Finds out what each column fills.</summary>
    /// <param name="mapping">Field by column name, for columns whose name says nothing; a column mapped to the empty text is left out.</param>
    public static Outcome<ColumnPlan> From(
        IReadOnlyList<string> headers,
        string kind,
        CatalogueView catalogue,
        IReadOnlyDictionary<string, string> mapping
    )
    {
        var names = new ColumnNames(catalogue, kind);
        var columns = new List<Column>();
        var wrong = new List<FieldProblem>();
        wrong.AddRange(
            mapping
                .Keys.Except(headers.Select(h => h.Trim()))
                .Select(h => new FieldProblem(
                    Shown(h),
                    "missing",
                    "The mapping names a column that the file does not have."
                ))
        );
        foreach (var header in headers.Select(h => h.Trim()))
        {
            var name = mapping.GetValueOrDefault(header, header);
            if (name.Length == 0 && header.Length > 0)
            {
                columns.Add(new Column.Ignored(header));
            }
            else if (name.Length is 0 or > MaxHeader)
            {
                wrong.Add(
                    new FieldProblem(Shown(header), "unknown", "Each column needs a name of 1 to 200 characters.")
                );
            }
            else if (names.Find(name, header) is { } column)
            {
                columns.Add(column);
            }
            else
            {
                wrong.Add(new FieldProblem(Shown(name), "unknown", Advice(names, name)));
            }
        }

        foreach (
            var twice in columns
                .OfType<Column.Value>()
                .GroupBy(c => c.Field.Id)
                .Where(g => g.Count() > 1 && g.Any(c => c.IsList))
        )
        {
            wrong.Add(
                new FieldProblem(
                    Shown(twice.Key),
                    "duplicate",
                    "Fill the field by one list column or by numbered columns, not by both."
                )
            );
        }

        foreach (
            var twice in columns.Where(c => c is not Column.Ignored).GroupBy(c => c.Target).Where(g => g.Count() > 1)
        )
        {
            wrong.Add(new FieldProblem(Shown(twice.Last().Header), "duplicate", "Two columns fill the same field."));
        }

        if (wrong.Count == 0 && !columns.OfType<Column.OwnIdentifier>().Any())
        {
            wrong.Add(
                new FieldProblem(
                    string.Join(", ", catalogue.IdentifierTypes.Where(t => t.Kind == kind).Select(t => t.Id)),
                    "missing",
                    "One column must be an identifier: by it a row is found again."
                )
            );
        }

        return wrong.Count == 0 ? new ColumnPlan(columns) : ImportProblems.Header(wrong);
    }

    private static string Advice(ColumnNames names, string name) =>
        names.Nearest(name) is { } nearest
            ? $"Did you mean '{nearest}'?"
            : "Known columns: " + string.Join(", ", names.Known) + ". Or give a mapping.";

    private static string Shown(string header) => header.Length <= MaxHeader ? header : header[..MaxHeader] + "…";
}
