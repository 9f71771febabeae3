using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Fields;
using SocialRegistry.Registry.Groups;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;
using SocialRegistry.Registry.Search;

namespace SocialRegistry.Registry.Import;

/// <summary>
/// Brings rows in, all in one transaction. When another writer gets between, the rows are halved until the clash stands alone, so a
/// bad row never stops the others.
/// </summary>
internal sealed partial class ImportRegistrants(
    IDbContextFactory<RegistryDbContext> contexts,
    WriteGate gate,
    IBulkInsert bulk,
    UnitOfWork work,
    RecordStore store,
    IdentifierReader reader,
    RowRules rules,
    FieldCatalogue catalogue,
    TimeProvider time,
    ILogger<ImportRegistrants> logger
)
{
    private const int MostRows = 1_000;

    public async Task<Outcome<IReadOnlyList<Outcome<ImportedRegistrant>>>> HandleAsync(
        IReadOnlyList<ImportRow> rows,
        bool dryRun,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        if (!caller.May(Permissions.RunImports) || caller.Kind == CallerKind.Person)
        {
            return RegistrantProblems.NotAllowed(Permissions.RunImports);
        }

        if (rows.Count > MostRows)
        {
            return Problem.Invalid("import.too_many", $"At most {MostRows} rows in one call.");
        }

        var started = time.GetTimestamp();
        var run = new Run(dryRun, ChangeNote.By(caller, null, null, time), new Outcome<ImportedRegistrant>[rows.Count]);
        var items = new List<ImportItem>(rows.Count);
        foreach (var (index, row) in rows.Index())
        {
            var item = ImportItem.Check(index, row, catalogue.Current, reader, run.Note.Caller, run.Note.Now);
            if (item.Succeeded)
            {
                var record = CreateRegistrant.NewRecord(row.Kind, row.Values, row.Identifiers);
                var isInside = await rules.AdmitsNewAsync(record, caller, cancellationToken);
                items.Add(item.Value with { IsOutside = !isInside });
            }
            else
            {
                run.Results[index] = item.Problem;
            }
        }

        // Groups first, so that members find them whatever the order of the rows.
        items = [.. items.OrderBy(i => i.Row.Kind == RegistrantKinds.Group ? 0 : 1)];
        if (items.Count > 0)
        {
            await RunAsync(run, items, cancellationToken);
        }

        Log.Imported(
            logger,
            rows.Count,
            run.Results.Count(r => !r.Succeeded),
            dryRun,
            time.GetElapsedTime(started).TotalMilliseconds
        );
        return Outcome.Of<IReadOnlyList<Outcome<ImportedRegistrant>>>(run.Results);
    }

    private async Task RunAsync(Run run, IReadOnlyList<ImportItem> items, CancellationToken cancellationToken)
    {
        if (items.Count == 1)
        {
            run.Results[items[0].Index] = await work.RunAsync<ImportedRegistrant>(
                async db => (await ApplyAsync(db, run, items, cancellationToken))[0],
                conflict => conflict == WriteConflict.Head ? GroupProblems.HeadExists : null,
                cancellationToken
            );
            return;
        }

        try
        {
            using var turn = await gate.EnterAsync(cancellationToken);
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            foreach (var (place, outcome) in (await ApplyAsync(db, run, items, cancellationToken)).Index())
            {
                run.Results[items[place].Index] = outcome;
            }

            return;
        }
        catch (Exception e) when (WriteConflicts.Of(e) is not null)
        {
            Log.Halved(logger, items.Count);
        }

        await RunAsync(run, [.. items.Take(items.Count / 2)], cancellationToken);
        await RunAsync(run, [.. items.Skip(items.Count / 2)], cancellationToken);
    }

    private async Task<IReadOnlyList<Outcome<ImportedRegistrant>>> ApplyAsync(
        RegistryDbContext db,
        Run run,
        IReadOnlyList<ImportItem> items,
        CancellationToken cancellationToken
    )
    {
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        var rows = new NewRows();
        using var batch = await ImportBatch.LoadAsync(db, rows, store, items, run.Note, time, cancellationToken);
        var outcomes = items.Select(batch.Apply).ToList();
        if (!run.DryRun)
        {
            db.ChangeTracker.DetectChanges();
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
            await bulk.InsertAsync(db, rows, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        return outcomes;
    }

    private sealed record Run(bool DryRun, ChangeNote Note, Outcome<ImportedRegistrant>[] Results);

    private static partial class Log
    {
        [LoggerMessage(
            EventId = 1001,
            Level = LogLevel.Information,
            Message = "Imported {Rows} rows, {Refused} refused, dry run {DryRun}, {Milliseconds:F0} ms"
        )]
        public static partial void Imported(ILogger logger, int rows, int refused, bool dryRun, double milliseconds);

        [LoggerMessage(
            EventId = 1002,
            Level = LogLevel.Information,
            Message = "Another writer came between {Rows} rows of an import; halving them"
        )]
        public static partial void Halved(ILogger logger, int rows);
    }
}
