using SocialRegistry.Contracts;

namespace SocialRegistry.Exchange.Imports;

/// <summary>The columns of a file of parents or spouses: those of the seed, in any order and either spelling.</summary>
internal sealed class TableColumns
{
    public const string Child = "PersonId";
    public const string Since = "Since";

    /// <summary>The seed's columns, as exports write them.</summary>
    public static IReadOnlyList<string> OfParents { get; } =
    [Child, "Parent1Id", "Parent2Id", "IsAdopted", "GaurdianId"];

    public static IReadOnlyList<string> OfSpouses { get; } =
    ["Person1Id", "Person2Id", "IsMarried", "MarriedOn", "IsSeperated", "SeperatedOn"];

    private static readonly Dictionary<string, string> Corrected = new(StringComparer.OrdinalIgnoreCase)
    {
        ["GuardianId"] = "GaurdianId",
        ["IsSeparated"] = "IsSeperated",
        ["SeparatedOn"] = "SeperatedOn",
    };

    private readonly List<string?> targets;
    private readonly HashSet<int> remarks;

    private TableColumns(List<string?> targets, HashSet<int> remarks)
    {
        this.targets = targets;
        this.remarks = remarks;
    }

    public int Count => targets.Count;

    /// <summary>The cells without those that are there for people only.</summary>
    public IReadOnlyList<string> Kept(IReadOnlyList<string> cells) =>
        remarks.Count == 0 ? cells : [.. cells.Where((_, index) => !remarks.Contains(index))];

    /// <summary>Cells by the seed's column name; empty ones are left out: they say nothing.</summary>
    public Dictionary<string, string> Named(IReadOnlyList<string> cells) =>
        targets
            .Zip(cells, (target, cell) => (Target: target, Text: Csv.CsvCells.WithoutGuard(cell.Trim())))
            .Where(c => c.Target is not null && c.Text.Length > 0)
            .ToDictionary(c => c.Target!, c => c.Text);

    /// <summary>Finds out what each column is.</summary>
    /// <param name="mapping">Column of the table by column of the file; the empty text leaves one out.</param>
    public static Outcome<TableColumns> From(
        IReadOnlyList<string> headers,
        string kind,
        IReadOnlyDictionary<string, string> mapping
    )
    {
        IReadOnlyList<string> needed =
            kind == ImportKinds.Parents ? OfParents.Take(1).ToList() : [.. OfSpouses.Take(2)];
        IReadOnlyList<string> known = kind == ImportKinds.Parents ? [.. OfParents, Since] : OfSpouses;
        var trimmed = headers.Select(h => h.Trim()).ToList();
        var wrong = mapping
            .Keys.Where(name => !trimmed.Contains(name.Trim()))
            .Select(_ => new FieldProblem("mapping", "missing", "It names a column that the file does not have."))
            .ToList();
        var names = mapping.ToLookup(m => m.Key.Trim(), m => m.Value.Trim());
        var remarks = trimmed.Index().Where(h => ImportFiles.IsRemark(h.Item)).Select(h => h.Index).ToHashSet();
        var targets = new List<string?>();
        foreach (var (index, header) in trimmed.Index().Where(h => !remarks.Contains(h.Index)))
        {
            var name = names[header].FirstOrDefault() ?? header;
            var corrected = Corrected.GetValueOrDefault(name, name);
            var target = known.FirstOrDefault(k => string.Equals(k, corrected, StringComparison.OrdinalIgnoreCase));
            targets.Add(target);
            if (target is null && !(name.Length == 0 && header.Length > 0))
            {
                // A file without a header begins with somebody's data, which no answer repeats.
                wrong.Add(new FieldProblem($"column {index + 1}", "unknown", "There is no such column."));
            }
        }

        wrong.AddRange(
            targets
                .OfType<string>()
                .GroupBy(t => t)
                .Where(g => g.Count() > 1)
                .Select(g => new FieldProblem(g.Key, "duplicate", "Two columns fill the same."))
        );
        wrong.AddRange(
            needed.Except(targets).Select(n => new FieldProblem(n!, "missing", "The file needs this column."))
        );
        return wrong.Count == 0 ? new TableColumns(targets, remarks) : ImportProblems.Header(wrong, known);
    }
}
