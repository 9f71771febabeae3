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

    /// <summary>The open named version that the records of the file join, changed or not; of persons and groups only.</summary>
    public string? NamedVersion { get; init; }

    /// <summary>Rows that an earlier run has dealt with already.</summary>
    public long SkipRows { get; init; }
}

/// <summary>What the rows of a file are.</summary>
public static class ImportKinds
{
    public const string Individual = RegistrantKinds.Individual;
    public const string Group = RegistrantKinds.Group;

    /// <summary>The seed's ParentInfo, one child a row.</summary>
    public const string Parents = "parents";

    /// <summary>The seed's table of spouses, one couple a row.</summary>
    public const string Spouses = "spouses";

    /// <summary>Administrative areas.</summary>
    public const string Areas = "areas";

    public static IReadOnlyList<string> All { get; } = [Individual, Group, Areas, Parents, Spouses];
}

/// <summary>What became of one row.</summary>
/// <param name="Row">1 for the first row after the header; blank rows are not counted.</param>
/// <param name="Line">The line of the file it begins on.</param>
/// <param name="Action">What was done; absent when the row was parked.</param>
/// <param name="Version">The version of the record, or the revision of the relationship, after it.</param>
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

/// <summary>Brings a CSV file of persons, groups, areas, parents or spouses into the registry, a batch of rows at a time. A bad row never stops the others.</summary>
public sealed class CsvImport(
    IRegistrants registrants,
    IFieldCatalogue catalogue,
    IRelationships relationships,
    IAreas areas
)
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
        var header = await CsvHeader.ReadAsync(content, cancellationToken);
        if (!header.Succeeded)
        {
            return header.Problem;
        }

        var headers = header.Value.Headers;
        return request.Kind switch
        {
            ImportKinds.Areas => AreaColumns.From(headers, request.Mapping).Map(_ => headers),
            ImportKinds.Parents or ImportKinds.Spouses => TableColumns
                .From(headers, request.Kind, request.Mapping)
                .Map(_ => headers),
            _ => ColumnPlan
                .From(headers, request.Kind, await catalogue.GetAsync(cancellationToken), request.Mapping)
                .Map(_ => headers),
        };
    }

    /// <summary>Imports the file. The stream is read once, from its beginning.</summary>
    /// <exception cref="ImportFailedException">The file as a whole, or the registry, refused.</exception>
    public IAsyncEnumerable<ImportBatch> RunAsync(
        CsvImportRequest request,
        Stream content,
        Caller caller,
        CancellationToken cancellationToken
    ) =>
        request.Kind switch
        {
            ImportKinds.Areas => new AreaImport(areas).RunAsync(request, content, caller, cancellationToken),
            ImportKinds.Parents or ImportKinds.Spouses => new RelationshipImport(relationships).RunAsync(
                request,
                content,
                caller,
                cancellationToken
            ),
            _ => RunRecordsAsync(request, content, caller, cancellationToken),
        };

    private async IAsyncEnumerable<ImportBatch> RunRecordsAsync(
        CsvImportRequest request,
        Stream content,
        Caller caller,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var view = await catalogue.GetAsync(cancellationToken);
        var counted = new CountingStream(content);
        var header = await CsvHeader.ReadAsync(counted, cancellationToken);
        var planned = header.Succeeded
            ? ColumnPlan.From(header.Value.Headers, request.Kind, view, request.Mapping)
            : header.Problem;
        if (!planned.Succeeded)
        {
            throw new ImportFailedException(planned.Problem);
        }

        var plan = planned.Value;
        var parser = new RowParser(plan, request.Kind, view);
        var seen = new SeenRows(view);
        var batch = new PendingBatch<ImportRow>(BatchRows);
        while (await header.Value!.Reader.ReadAsync(cancellationToken) is { } read)
        {
            var row = read with { Cells = plan.Kept(read.Cells) };

            // Rows dealt with already are read too: a later row may repeat one of them.
            var parsed = seen.Check(row, parser.Parse(row));
            if (row.Number <= request.SkipRows)
            {
                continue;
            }

            batch.Add(row, parsed.Map(r => r with { NamedVersion = request.NamedVersion }));
            if (batch.IsFull)
            {
                yield return await FlushAsync(batch, request, counted, caller, cancellationToken);
                batch = new PendingBatch<ImportRow>(BatchRows);
            }
        }

        if (batch.Count > 0)
        {
            yield return await FlushAsync(batch, request, counted, caller, cancellationToken);
        }
    }

    private async Task<ImportBatch> FlushAsync(
        PendingBatch<ImportRow> batch,
        CsvImportRequest request,
        CountingStream counted,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        if (batch.Rows.Count == 0)
        {
            return new ImportBatch(batch.Results<ImportedRegistrant>([], Done), counted.Count);
        }

        var outcome = await registrants.ImportAsync(batch.Rows, request.DryRun, caller, cancellationToken);
        return outcome.Succeeded
            ? new ImportBatch(batch.Results(outcome.Value, Done), counted.Count)
            : throw new ImportFailedException(outcome.Problem);
    }

    private static RowResult Done(RowResult row, ImportedRegistrant done) =>
        row with
        {
            Action = done.Action,
            Version = done.Version,
            Id = done.Id,
        };
}
