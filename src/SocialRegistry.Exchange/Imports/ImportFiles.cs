using System.Globalization;
using System.Text;
using SocialRegistry.Exchange.Csv;

namespace SocialRegistry.Exchange.Imports;

/// <summary>The two files an import leaves: what became of each row, without its values; and the rows that were parked, to be mended.</summary>
public static class ImportFiles
{
    /// <summary>Header of the result file.</summary>
    public const string ResultHeader = "row,line,outcome,version,code,fields,detail\r\n";

    /// <summary>Lines of the result file.</summary>
    public static string Results(ImportBatch batch)
    {
        var text = new StringBuilder();
        foreach (var result in batch.Results)
        {
            text.AppendRow(
                [
                    result.Row.ToString(CultureInfo.InvariantCulture),
                    result.Line.ToString(CultureInfo.InvariantCulture),
                    result.Action?.ToString().ToLowerInvariant() ?? "parked",
                    result.Version?.ToString(CultureInfo.InvariantCulture) ?? "",
                    result.Problem?.Code ?? "",
                    string.Join(" ", result.Problem?.Fields.Select(f => $"{f.Field}:{f.Code}") ?? []),
                    result.Problem is { } problem
                        ? string.Join(" ", problem.Fields.Select(f => f.Detail).Prepend(problem.Detail))
                        : "",
                ],
                forSpreadsheets: true
            );
        }

        return text.ToString();
    }

    /// <summary>The parked rows as they stood in the file; empty when there are none.</summary>
    public static string Parked(ImportBatch batch)
    {
        var text = new StringBuilder();
        foreach (var result in batch.Results.Where(r => r.Action is null))
        {
            text.AppendRow(result.Cells, forSpreadsheets: false);
        }

        return text.ToString();
    }

    /// <summary>The header of the parked file: that of the import.</summary>
    public static string ParkedHeader(IReadOnlyList<string> headers)
    {
        var text = new StringBuilder();
        text.AppendRow(headers, forSpreadsheets: false);
        return text.ToString();
    }
}
