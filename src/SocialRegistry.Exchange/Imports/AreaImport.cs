using System.Runtime.CompilerServices;
using SocialRegistry.Contracts;
using SocialRegistry.Exchange.Csv;

namespace SocialRegistry.Exchange.Imports;

/// <summary>
/// Brings a CSV file of areas into the tree. The whole file is read first: a row may name an area above it that comes later. Its rows
/// are then dealt with from the top down, and told of in that order.
/// </summary>
internal sealed class AreaImport(IAreas areas)
{
    /// <summary>Rows of a file.</summary>
    private const int MaxRows = 200_000;

    private static readonly Problem TooManyRows = new(
        "imports.areas_too_many",
        ProblemKind.TooLarge,
        $"A file of areas has at most {MaxRows} rows; split it."
    );

    public async IAsyncEnumerable<ImportBatch> RunAsync(
        CsvImportRequest request,
        Stream content,
        Caller caller,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var counted = new CountingStream(content);
        var header = await CsvHeader.ReadAsync(counted, cancellationToken);
        var columns = header.Succeeded ? AreaColumns.From(header.Value.Headers, request.Mapping) : header.Problem;
        if (!columns.Succeeded)
        {
            throw new ImportFailedException(columns.Problem);
        }

        var file = await ReadAsync(columns.Value, header.Value!.Reader, cancellationToken);
        foreach (var batch in file.InOrder().Skip((int)request.SkipRows).Chunk(CsvImport.BatchRows))
        {
            var outcomes = await ImportAsync(batch, request.DryRun, caller, cancellationToken);
            var results = new List<RowResult>(batch.Length);
            foreach (var entry in batch)
            {
                var outcome = entry.Problem is { } problem ? problem : outcomes[entry];
                results.Add(
                    outcome.Succeeded
                        ? new RowResult(
                            entry.Row.Number,
                            entry.Row.Line,
                            outcome.Value.Action,
                            outcome.Value.Version,
                            null,
                            []
                        )
                        : new RowResult(
                            entry.Row.Number,
                            entry.Row.Line,
                            null,
                            null,
                            outcome.Problem,
                            columns.Value.CellsOf(entry.Row)
                        )
                );
            }

            yield return new ImportBatch(results, counted.Count);
        }
    }

    private static async Task<AreaFile> ReadAsync(
        AreaColumns columns,
        CsvReader reader,
        CancellationToken cancellationToken
    )
    {
        var parser = new AreaRowParser(columns);
        var file = new AreaFile();
        while (await reader.ReadAsync(cancellationToken) is { } row)
        {
            if (file.Count == MaxRows)
            {
                throw new ImportFailedException(TooManyRows);
            }

            file.Add(row, parser.Parse(row));
        }

        return file;
    }

    /// <summary>A dry run has stored nothing of the rows before, so the areas above the first go along with it.</summary>
    private async Task<Dictionary<AreaFile.Entry, Outcome<ImportedArea>>> ImportAsync(
        AreaFile.Entry[] batch,
        bool dryRun,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var rows = batch.Where(e => e.Problem is null).ToList();
        if (rows.Count == 0)
        {
            return [];
        }

        if (dryRun)
        {
            var there = rows.ToHashSet();
            rows = [.. rows.SelectMany(AreaFile.Above).Where(there.Add), .. rows];
        }

        var outcome = await areas.ImportAsync([.. rows.Select(r => r.Area!)], dryRun, caller, cancellationToken);
        return outcome.Succeeded
            ? rows.Zip(outcome.Value).ToDictionary(pair => pair.First, pair => pair.Second)
            : throw new ImportFailedException(outcome.Problem);
    }
}
