using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Areas;
using SocialRegistry.Registry.ChangeRequests;
using SocialRegistry.Registry.Disclosures;
using SocialRegistry.Registry.Documents;
using SocialRegistry.Registry.Fields;
using SocialRegistry.Registry.Groups;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;
using SocialRegistry.Registry.Search;
using SocialRegistry.Registry.Versions;

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
    HouseholdRule households,
    EditRules editRules,
    IAreaTrees areas,
    NamedVersionJoins joins,
    DisclosureLog disclosures,
    DocumentReferences references,
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

        if (rows.Any(r => r.NamedVersion is not null) && NamedVersionJoins.Refused(caller) is { } refused)
        {
            return refused;
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
            var item = await CheckAsync(index, row, run.Note, cancellationToken);
            if (item.Succeeded)
            {
                items.Add(item.Value);
            }
            else
            {
                run.Results[index] = item.Problem;
            }
        }

        items = [.. items.OrderBy(Turn)];
        if (items.Count > 0)
        {
            await RunAsync(run, items, cancellationToken);
        }

        await disclosures.WriteAsync(run.Note, cancellationToken);
        Log.Imported(
            logger,
            rows.Count,
            run.Results.Count(r => !r.Succeeded),
            dryRun,
            time.GetElapsedTime(started).TotalMilliseconds
        );
        return Outcome.Of<IReadOnlyList<Outcome<ImportedRegistrant>>>(run.Results);
    }

    private async Task<Outcome<ImportItem>> CheckAsync(
        int index,
        ImportRow row,
        ChangeNote note,
        CancellationToken cancellationToken
    )
    {
        var tree = await areas.CurrentAsync(cancellationToken);
        var item = ImportItem.Check(index, row, catalogue.Current, reader, note.Caller, note.Now, tree);
        if (!item.Succeeded)
        {
            return item;
        }

        if (catalogue.Current.Rules(row.Kind).Any(r => row.Values.ContainsKey(r.View.Id) && HasDocuments(r.View)))
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            if (await references.CheckAsync(db, row.Kind, row.Values, note.Caller, cancellationToken) is { } unknown)
            {
                return unknown;
            }
        }

        var record = CreateRegistrant.NewRecord(row.Kind, row.Values, row.Identifiers);
        var isInside = await rules.AdmitsNewAsync(record, note.Caller, cancellationToken);
        return item.Value with { IsOutside = !isInside };
    }

    private static bool HasDocuments(FieldView field) =>
        field.Type == FieldType.Document || field.Parts.Any(HasDocuments);

    /// <summary>Groups first, so that members find them whatever the order of the rows; heads next where nobody joins before them.</summary>
    private int Turn(ImportItem item) =>
        item.Row.Kind == RegistrantKinds.Group ? 0
        : households.IsStrict && !item.Kinds.Contains(Membership.Head) ? 2
        : 1;

    private async Task RunAsync(Run run, IReadOnlyList<ImportItem> items, CancellationToken cancellationToken)
    {
        if (items.Count == 1)
        {
            var item = items[0];
            run.Results[item.Index] = await work.RunAsync<ImportedRegistrant>(
                async db =>
                {
                    if (item.Draft.CatalogueVersion != catalogue.Current.View.Version)
                    {
                        var again = await CheckAsync(item.Index, item.Row, run.Note, cancellationToken);
                        if (!again.Succeeded)
                        {
                            return again.Problem;
                        }

                        item = again.Value;
                    }

                    return (await ApplyAsync(db, run, [item], cancellationToken)).Outcomes[0];
                },
                conflict => conflict == WriteConflict.Head ? GroupProblems.HeadExists : null,
                cancellationToken
            );
            return;
        }

        try
        {
            using var turn = await gate.EnterAsync(cancellationToken);
            while (items.Count > 0)
            {
                await using var db = await contexts.CreateDbContextAsync(cancellationToken);
                var applied = await ApplyAsync(db, run, items, cancellationToken);
                foreach (var (place, outcome) in applied.Outcomes.Index())
                {
                    run.Results[items[place].Index] = outcome;
                }

                if (applied.Refused.Count == 0)
                {
                    return;
                }

                // Nothing is stored yet: the others come in without these.
                items = [.. items.Except(applied.Refused)];
            }

            return;
        }
        catch (Exception e) when (WriteConflicts.Of(e) is not null)
        {
            if (WriteConflicts.Of(e) == WriteConflict.Catalogue)
            {
                await catalogue.RefreshAsync(cancellationToken);
            }

            Log.Halved(logger, items.Count);
        }

        await RunAsync(run, [.. items.Take(items.Count / 2)], cancellationToken);
        await RunAsync(run, [.. items.Skip(items.Count / 2)], cancellationToken);
    }

    private async Task<Applied> ApplyAsync(
        RegistryDbContext db,
        Run run,
        IReadOnlyList<ImportItem> items,
        CancellationToken cancellationToken
    )
    {
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        await using var joining = await ImportJoins.BeginAsync(db, joins, items, run.DryRun, cancellationToken);
        var rows = new NewRows();
        using var batch = await ImportBatch.LoadAsync(
            db,
            rows,
            store,
            items,
            run.Note,
            time,
            households,
            editRules,
            CodeWords.Of(catalogue.Current, CodeWords.MembershipKind).Unique,
            cancellationToken
        );
        var outcomes = items.Select(item => joining.Refusal(item) ?? batch.Apply(item)).ToList();
        void Refuse(IReadOnlyList<ImportItem> broken, Problem problem)
        {
            foreach (var item in broken)
            {
                outcomes[items.Index().First(i => i.Item == item).Index] = problem;
            }
        }

        var refused = batch.HeadsTaken();
        Refuse(refused, GroupProblems.HeadRequired);

        if (refused.Count == 0 && (!run.DryRun || !RowRules.IsFree(run.Note.Caller)))
        {
            await joining.AddAsync(items, outcomes, batch, rows, run.Note, cancellationToken);
            db.ChangeTracker.DetectChanges();
            await using var transaction =
                joining.Transaction ?? await db.Database.BeginTransactionAsync(cancellationToken);
            var written = RowRules.Written(db);
            await HeadOrder.ReleaseAsync(db, cancellationToken);
            await db.SaveChangesAsync(rows, cancellationToken);
            await bulk.InsertAsync(db, rows, cancellationToken);
            var outside = await rules.OutsideAsync(db, written, run.Note.Caller, cancellationToken);
            if (outside.Count > 0)
            {
                refused = batch.Writing(outside) is { Count: > 0 } some ? some : items;
                Refuse(refused, RegistrantProblems.OutsideRows);
            }
            else if (!run.DryRun)
            {
                await transaction.CommitAsync(cancellationToken);
            }
        }

        return new Applied(outcomes, refused);
    }

    /// <param name="Refused">Rows for whose sake nothing was stored.</param>
    private sealed record Applied(
        IReadOnlyList<Outcome<ImportedRegistrant>> Outcomes,
        IReadOnlyList<ImportItem> Refused
    );

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
