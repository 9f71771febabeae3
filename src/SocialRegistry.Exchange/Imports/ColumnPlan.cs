using SocialRegistry.Contracts;

namespace SocialRegistry.Exchange.Imports;

/// <summary>The columns of one file.</summary>
internal sealed record ColumnPlan
{
    private const int MaxHeader = 200;

    private readonly HashSet<int> remarks;

    private ColumnPlan(IReadOnlyList<Column> columns, HashSet<int> remarks)
    {
        Columns = columns;
        this.remarks = remarks;
    }

    /// <summary>In order, without the columns that are there for people only.</summary>
    public IReadOnlyList<Column> Columns { get; }

    /// <summary>The cells of <see cref="Columns"/>.</summary>
    public IReadOnlyList<string> Kept(IReadOnlyList<string> cells) =>
        remarks.Count == 0 ? cells : [.. cells.Where((_, index) => !remarks.Contains(index))];

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
        var trimmed = headers.Select(h => h.Trim()).ToList();
        var remarks = trimmed.Index().Where(h => ImportFiles.IsRemark(h.Item)).Select(h => h.Index).ToHashSet();
        var columns = new List<Column>();
        var wrong = new List<FieldProblem>();
        wrong.AddRange(
            mapping
                .Keys.Where(name => !trimmed.Contains(name.Trim()))
                .Select(name => new FieldProblem(
                    Shown(name, 0),
                    "missing",
                    "The mapping names a column that the file does not have."
                ))
        );
        var targets = mapping.ToLookup(m => m.Key.Trim(), m => m.Value.Trim());
        foreach (var (index, header) in trimmed.Index().Where(h => !remarks.Contains(h.Index)))
        {
            var name = targets[header].FirstOrDefault() ?? header;
            if (name.Length == 0 && header.Length > 0)
            {
                columns.Add(new Column.Ignored(header));
            }
            else if (name.Length is 0 or > MaxHeader)
            {
                wrong.Add(
                    new FieldProblem(
                        Shown(header, index),
                        "unknown",
                        "Each column needs a name of 1 to 200 characters."
                    )
                );
            }
            else if (names.Find(name, header) is { } column)
            {
                columns.Add(column);
            }
            else
            {
                wrong.Add(new FieldProblem(Shown(name, index), "unknown", Advice(names, name)));
            }
        }

        // A file without a header begins with somebody's data, which no answer repeats.
        if (columns.Count == 0)
        {
            return ImportProblems.NoColumnKnown(names.Known);
        }

        wrong.AddRange(FilledTwice(columns));
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

        return wrong.Count == 0 ? new ColumnPlan(columns, remarks) : ImportProblems.Header(wrong, names.Known);
    }

    private static IEnumerable<FieldProblem> FilledTwice(List<Column> columns) =>
        columns
            .OfType<Column.Value>()
            .GroupBy(c => c.Field.Id)
            .Where(g => g.Count() > 1 && g.Any(c => c.IsList))
            .Select(g => new FieldProblem(
                g.Key,
                "duplicate",
                "Fill the field by one list column or by numbered columns, not by both."
            ))
            .Concat(
                columns
                    .Where(c => c is not Column.Ignored)
                    .GroupBy(c => c.Target)
                    .Where(g => g.Count() > 1)
                    .Select(g => new FieldProblem(g.Key, "duplicate", "Two columns fill the same."))
            );

    private static string Advice(ColumnNames names, string name) =>
        names.Nearest(name) is { } nearest
            ? $"There is no such column. Did you mean '{nearest}'?"
            : "There is no such column. Correct its name, leave it out, or give a mapping.";

    /// <summary>The name when it looks like one, else the number of the column: what is no name may be somebody's data.</summary>
    private static string Shown(string header, int index) =>
        header.Length is > 0 and <= 60
        && header.All(c => char.IsLetterOrDigit(c) || c is ' ' or '_' or '-' or '.' or '[' or ']' or '(' or ')' or '/')
        && header.Count(char.IsAsciiDigit) <= 3
            ? header
            : $"column {index + 1}";
}
