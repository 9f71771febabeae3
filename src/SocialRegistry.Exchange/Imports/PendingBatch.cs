using SocialRegistry.Contracts;
using SocialRegistry.Exchange.Csv;

namespace SocialRegistry.Exchange.Imports;

/// <summary>Rows that wait to be handed to the registry together, with those among them that cannot be.</summary>
internal sealed class PendingBatch
{
    private readonly List<(CsvRow Row, Problem? Problem)> read = [];
    private readonly HashSet<(string Type, string Value)> identifiers = [];

    public List<ImportRow> Rows { get; } = [];

    public int Count => read.Count;

    public bool IsFull => Count >= CsvImport.BatchRows;

    /// <summary>True when an earlier row of the batch carries one of the row's identifiers: it then waits for the next batch, so that it meets the stored record.</summary>
    public bool Knows(ImportRow row) => row.Identifiers.Any(i => identifiers.Contains((i.Type, i.Value)));

    public void Add(CsvRow row, Outcome<ImportRow> parsed)
    {
        read.Add((row, parsed.Problem));
        if (parsed.Succeeded)
        {
            Rows.Add(parsed.Value);
            identifiers.UnionWith(parsed.Value.Identifiers.Select(i => (i.Type, i.Value)));
        }
    }

    /// <summary>One result a row, in the order of the file.</summary>
    /// <param name="outcomes">Of <see cref="Rows"/>, in their order.</param>
    public IReadOnlyList<RowResult> Results(IReadOnlyList<Outcome<ImportedRegistrant>> outcomes)
    {
        var results = new List<RowResult>(read.Count);
        var next = 0;
        foreach (var (row, problem) in read)
        {
            var outcome = problem is null ? outcomes[next++] : problem;
            results.Add(
                outcome.Succeeded
                    ? new RowResult(row.Number, row.Line, outcome.Value.Action, outcome.Value.Version, null, [])
                    : new RowResult(row.Number, row.Line, null, null, outcome.Problem, row.Cells)
            );
        }

        return results;
    }
}
