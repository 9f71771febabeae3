using System.Globalization;
using System.Text;
using SocialRegistry.Contracts;
using SocialRegistry.Exchange.Csv;

namespace SocialRegistry.Exchange.Imports;

/// <summary>The two files an import leaves: what became of each row, without its values; and the rows that were parked, to be mended.</summary>
public static class ImportFiles
{
    /// <summary>Header of the result file.</summary>
    public const string ResultHeader = "row,line,outcome,version,code,fields,detail\r\n";

    /// <summary>Columns in front of a parked row; an import passes over columns whose name begins with <c>#</c>.</summary>
    private static readonly string[] Remarks = ["#row", "#line", "#problems"];

    /// <summary>Lines of the result file.</summary>
    public static string Results(ImportBatch batch)
    {
        var text = new StringBuilder();
        foreach (var result in batch.Results)
        {
            text.AppendRow([
                Number(result.Row),
                Number(result.Line),
                result.Action?.ToString().ToLowerInvariant() ?? "parked",
                result.Version is { } version ? Number(version) : "",
                result.Problem?.Code ?? "",
                Fields(result.Problem),
                result.Problem is { } problem
                    ? string.Join(" ", problem.Fields.Select(f => f.Detail).Prepend(problem.Detail))
                    : "",
            ]);
        }

        return text.ToString();
    }

    /// <summary>The parked rows as they stood in the file, behind what is wrong with them; empty when there are none.</summary>
    public static string Parked(ImportBatch batch)
    {
        var text = new StringBuilder();
        foreach (var result in batch.Results.Where(r => r.Action is null))
        {
            text.AppendRow([
                Number(result.Row),
                Number(result.Line),
                $"{result.Problem?.Code} {Fields(result.Problem)}".TrimEnd(),
                .. result.Cells.Select(CsvCells.WithoutGuard),
            ]);
        }

        return text.ToString();
    }

    /// <summary>The header of the parked file: that of the import behind the remarks.</summary>
    public static string ParkedHeader(IReadOnlyList<string> headers)
    {
        var text = new StringBuilder();
        text.AppendRow([.. Remarks, .. headers.Where(h => !IsRemark(h))]);
        return text.ToString();
    }

    /// <summary>True for a column that is there for people only.</summary>
    internal static bool IsRemark(string header) => header.TrimStart().StartsWith('#');

    private static string Fields(Problem? problem) =>
        string.Join(" ", problem?.Fields.Select(f => $"{f.Field}:{f.Code}") ?? []);

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
