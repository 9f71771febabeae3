using System.Runtime.CompilerServices;
using SocialRegistry.Contracts;
using SocialRegistry.Exchange.Csv;

namespace SocialRegistry.Exchange.Imports;

/// <summary>Brings a CSV file of parents or spouses into the registry, a batch of rows at a time.</summary>
internal sealed class RelationshipImport(IRelationships relationships)
{
    private const int BatchRows = 1_000;

    /// <inheritdoc cref="CsvImport.RunAsync"/>
    public IAsyncEnumerable<ImportBatch> RunAsync(
        CsvImportRequest request,
        Stream content,
        Caller caller,
        CancellationToken cancellationToken
    ) =>
        request.Kind == ImportKinds.Parents
            ? RunAsync(
                request,
                content,
                TableRow.Parents,
                rows => relationships.ImportParentsAsync(rows, request.DryRun, caller, cancellationToken),
                cancellationToken
            )
            : RunAsync(
                request,
                content,
                TableRow.Spouses,
                rows => relationships.ImportSpousesAsync(rows, request.DryRun, caller, cancellationToken),
                cancellationToken
            );

    private static async IAsyncEnumerable<ImportBatch> RunAsync<T>(
        CsvImportRequest request,
        Stream content,
        Func<CsvRow, TableColumns, Outcome<(T Row, string Key)>> parse,
        Func<IReadOnlyList<T>, Task<Outcome<IReadOnlyList<Outcome<ImportedRelationship>>>>> import,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var counted = new CountingStream(content);
        var header = await CsvHeader.ReadAsync(counted, cancellationToken);
        var planned = header.Succeeded
            ? TableColumns.From(header.Value.Headers, request.Kind, request.Mapping)
            : header.Problem;
        if (!planned.Succeeded)
        {
            throw new ImportFailedException(planned.Problem);
        }

        var seen = new SeenKeys();
        var batch = new PendingBatch<T>(BatchRows);
        while (await header.Value!.Reader.ReadAsync(cancellationToken) is { } read)
        {
            var row = read with { Cells = planned.Value.Kept(read.Cells) };

            // Rows dealt with already are read too: a later row may repeat one of them.
            var parsed = parse(row, planned.Value);
            var repeated = parsed.Succeeded ? seen.Check(row, [parsed.Value.Key]) : null;
            if (row.Number <= request.SkipRows)
            {
                continue;
            }

            batch.Add(row, repeated is not null ? repeated : parsed.Map(p => p.Row));
            if (batch.IsFull)
            {
                yield return await FlushAsync(batch, counted, import);
                batch = new PendingBatch<T>(BatchRows);
            }
        }

        if (batch.Count > 0)
        {
            yield return await FlushAsync(batch, counted, import);
        }
    }

    private static async Task<ImportBatch> FlushAsync<T>(
        PendingBatch<T> batch,
        CountingStream counted,
        Func<IReadOnlyList<T>, Task<Outcome<IReadOnlyList<Outcome<ImportedRelationship>>>>> import
    )
    {
        var outcome = batch.Rows.Count == 0 ? new List<Outcome<ImportedRelationship>>() : await import(batch.Rows);
        return outcome.Succeeded
            ? new ImportBatch(batch.Results(outcome.Value, Done), counted.Count)
            : throw new ImportFailedException(outcome.Problem);
    }

    private static RowResult Done(RowResult row, ImportedRelationship done) =>
        row with
        {
            Action = done.Action,
            Version = done.Revision,
        };
}
