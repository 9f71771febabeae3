using SocialRegistry.Contracts;
using SocialRegistry.Exchange.Csv;

namespace SocialRegistry.Exchange.Imports;

/// <summary>Rows that wait to be handed to the registry together, with those among them that cannot be.</summary>
internal sealed class PendingBatch
{
    /// <summary>Characters after which a batch is full, so that it fits into one message when the core runs elsewhere.</summary>
    private const int MaxCharacters = 512 * 1024;

    private readonly List<(CsvRow Row, Problem? Problem)> read = [];
    private int characters;

    public List<ImportRow> Rows { get; } = [];

    public int Count => read.Count;

    public bool IsFull => Count >= CsvImport.BatchRows || characters >= MaxCharacters;

    public void Add(CsvRow row, Outcome<ImportRow> parsed)
    {
        read.Add((row, parsed.Problem));
        characters += row.Cells.Sum(cell => cell.Length);
        if (parsed.Succeeded)
        {
            Rows.Add(parsed.Value);
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
                    {
                        Id = outcome.Value.Id,
                    }
                    : new RowResult(row.Number, row.Line, null, null, outcome.Problem, row.Cells)
            );
        }

        return results;
    }
}
