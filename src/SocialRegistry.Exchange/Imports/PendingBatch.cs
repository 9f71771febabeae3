using SocialRegistry.Contracts;
using SocialRegistry.Exchange.Csv;

namespace SocialRegistry.Exchange.Imports;

/// <summary>Rows that wait to be handed to the registry together, with those among them that cannot be.</summary>
/// <param name="most">Rows after which a batch is full.</param>
internal sealed class PendingBatch<T>(int most)
{
    /// <summary>Characters after which a batch is full, so that it fits into one message when the core runs elsewhere.</summary>
    private const int MaxCharacters = 512 * 1024;

    private readonly List<(CsvRow Row, Problem? Problem)> read = [];
    private int characters;

    public List<T> Rows { get; } = [];

    public int Count => read.Count;

    public bool IsFull => Count >= most || characters >= MaxCharacters;

    public void Add(CsvRow row, Outcome<T> parsed)
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
    /// <param name="done">Adds what was done to the result of a row.</param>
    public IReadOnlyList<RowResult> Results<TDone>(
        IReadOnlyList<Outcome<TDone>> outcomes,
        Func<RowResult, TDone, RowResult> done
    )
    {
        var results = new List<RowResult>(read.Count);
        var next = 0;
        foreach (var (row, problem) in read)
        {
            var outcome = problem is null ? outcomes[next++] : problem;
            results.Add(
                outcome.Succeeded
                    ? done(new RowResult(row.Number, row.Line, null, null, null, []), outcome.Value)
                    : new RowResult(row.Number, row.Line, null, null, outcome.Problem, row.Cells)
            );
        }

        return results;
    }
}
