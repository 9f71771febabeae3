using System.Runtime.CompilerServices;
using SocialRegistry.Contracts;
using SocialRegistry.Exchange.Csv;

namespace SocialRegistry.Exchange.Imports;

/// <summary>What is to be imported.</summary>
public sealed record CsvImportRequest
{
    /// <summary><see cref="ImportKinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>Field ids (of areas: columns) by column name, for columns whose name says nothing.</summary>
    public IReadOnlyDictionary<string, string> Mapping { get; init; } = new Dictionary<string, string>();

    /// <summary>Check everything, store nothing.</summary>
    public bool DryRun { get; init; }

    /// <summary>Rows that an earlier run has dealt with already.</summary>
    public long SkipRows { get; init; }
}

/// <summary>What a file holds.</summary>
public static class ImportKinds
{
    public const string Individual = RegistrantKinds.Individual;
    public const string Group = RegistrantKinds.Group;

    /// <summary>Administrative areas.</summary>
    public const string Areas = "areas";

    public static IReadOnlyList<string> All { get; } = [Individual, Group, Areas];
}

/// <summary>What became of one row.</summary>
/// <param name="Row">1 for the first row after the header; blank rows are not counted.</param>
/// <param name="Line">The line of the file it begins on.</param>
/// <param name="Action">What was done; absent when the row was parked.</param>
/// <param name="Version">The record's version after it.</param>
/// <param name="Problem">Why it was parked; names fields, never values.</param>
/// <param name="Cells">The cells of a parked row, so that it can be mended; empty when they could not be told apart.</param>
public sealed record RowResult(
    long Row,
    long Line,
    ImportAction? Action,
    long? Version,
    Problem? Problem,
    IReadOnlyList<string> Cells
)
{
    /// <summary>The record, for the job's own book-keeping; it stands in no file.</summary>
    internal RegistrantId? Id { get; init; }
}

/// <summary>A number of rows that were dealt with together.</summary>
/// <param name="Results">In the order of the file.</param>
/// <param name="BytesRead">How far the file was read, in bytes, rounded up to what was buffered.</param>
public sealed record ImportBatch(IReadOnlyList<RowResult> Results, long BytesRead);

/// <summary>Brings a CSV file of persons, groups or areas into the registry, a batch of rows at a time. A bad row never stops the others.</summary>
public sealed class CsvImport(IRegistrants registrants, IFieldCatalogue catalogue, IAreas areas)
{
    /// <summary>Most rows handed to the registry at once.</summary>
    public const int BatchRows = 500;

    /// <summary>Checks the header row; nothing is stored.</summary>
    /// <returns>The column names as they stand in the file.</returns>
    public async Task<Outcome<IReadOnlyList<string>>> CheckHeaderAsync(
        CsvImportRequest request,
        Stream content,
        CancellationToken cancellationToken
    )
    {
        var opened = await OpenAsync(content, cancellationToken);
        if (!opened.Succeeded)
        {
            return opened.Problem;
        }

        var header = opened.Value.Header;
        var problem =
            request.Kind == ImportKinds.Areas
                ? AreaImport.CheckHeader(request, header).Problem
                : Plan(request, header, await catalogue.GetAsync(cancellationToken)).Problem;
        return problem is null ? Outcome.Of(header.Cells) : problem;
    }

    /// <summary>Imports the file. The stream is read once, from its beginning.</summary>
    /// <exception cref="ImportFailedException">The file as a whole, or the registry, refused.</exception>
    public async IAsyncEnumerable<ImportBatch> RunAsync(
        CsvImportRequest request,
        Stream content,
        Caller caller,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var counted = new CountingStream(content);
        var opened = await OpenAsync(counted, cancellationToken);
        if (!opened.Succeeded)
        {
            throw new ImportFailedException(opened.Problem);
        }

        var (reader, header) = opened.Value;
        var batches =
            request.Kind == ImportKinds.Areas
                ? new AreaImport(areas).RunAsync(request, reader, header, counted, caller, cancellationToken)
                : RunAsync(request, reader, header, counted, caller, cancellationToken);
        await foreach (var batch in batches)
        {
            yield return batch;
        }
    }

    private async IAsyncEnumerable<ImportBatch> RunAsync(
        CsvImportRequest request,
        CsvReader reader,
        CsvRow header,
        CountingStream counted,
        Caller caller,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var view = await catalogue.GetAsync(cancellationToken);
        var plan = Plan(request, header, view);
        if (!plan.Succeeded)
        {
            throw new ImportFailedException(plan.Problem);
        }

        var parser = new RowParser(plan.Value, request.Kind, view);
        var seen = new SeenRows(view);
        var batch = new PendingBatch();
        while (await reader.ReadAsync(cancellationToken) is { } read)
        {
            var row = read with { Cells = plan.Value.Kept(read.Cells) };

            // Rows dealt with already are read too: a later row may repeat one of them.
            var parsed = seen.Check(row, parser.Parse(row));
            if (row.Number <= request.SkipRows)
            {
                continue;
            }

            batch.Add(row, parsed);
            if (batch.IsFull)
            {
                yield return await FlushAsync(batch, request, counted, caller, cancellationToken);
                batch = new PendingBatch();
            }
        }

        if (batch.Count > 0)
        {
            yield return await FlushAsync(batch, request, counted, caller, cancellationToken);
        }
    }

    private async Task<ImportBatch> FlushAsync(
        PendingBatch batch,
        CsvImportRequest request,
        CountingStream counted,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        if (batch.Rows.Count == 0)
        {
            return new ImportBatch(batch.Results([]), counted.Count);
        }

        var outcome = await registrants.ImportAsync(batch.Rows, request.DryRun, caller, cancellationToken);
        return outcome.Succeeded
            ? new ImportBatch(batch.Results(outcome.Value), counted.Count)
            : throw new ImportFailedException(outcome.Problem);
    }

    private static Outcome<ColumnPlan> Plan(CsvImportRequest request, CsvRow header, CatalogueView catalogue) =>
        ColumnPlan.From(header.Cells, request.Kind, catalogue, request.Mapping);

    private static async Task<Outcome<(CsvReader Reader, CsvRow Header)>> OpenAsync(
        Stream content,
        CancellationToken cancellationToken
    )
    {
        var reader = new CsvReader(await CsvText.OpenAsync(content, cancellationToken));
        return await reader.ReadAsync(cancellationToken) switch
        {
            null => ImportProblems.Empty,
            { Fault: CsvFault.Encoding or CsvFault.NulCharacter } => ImportProblems.NotText,
            { Fault: { } fault } => ImportProblems.HeaderUnreadable(fault),
            var header => (reader, header),
        };
    }
}
