using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Persistence;

namespace SocialRegistry.Registry.Fields.Indexes;

/// <summary>Takes up what is to be indexed or dropped, one field after another; several processes share the work.</summary>
internal sealed partial class IndexWork(
    IDbContextFactory<RegistryDbContext> contexts,
    IFieldIndexes indexes,
    FieldCatalogue catalogue,
    TimeProvider time,
    ILogger<IndexWork> logger
)
{
    /// <summary>How long one who took a field up is left alone; an index that takes longer is guarded by the database itself.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    /// <summary>Does what is due.</summary>
    /// <returns>How many fields were worked on.</returns>
    public async Task<int> RunDueAsync(CancellationToken cancellationToken)
    {
        var done = 0;
        while (await TakeAsync(cancellationToken) is { } row)
        {
            await WorkAsync(row, cancellationToken);
            done++;
        }

        return done;
    }

    private async Task<FieldIndexRow?> TakeAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        while (true)
        {
            var now = time.GetUtcNow();
            var row = await db
                .FieldIndexes.AsNoTracking()
                .Where(i => i.State != FieldIndexState.Indexed && i.DueAt <= now)
                .OrderBy(i => i.DueAt)
                .FirstOrDefaultAsync(cancellationToken);
            if (row is null)
            {
                return null;
            }

            var taken = await db
                .FieldIndexes.Where(i =>
                    i.Kind == row.Kind && i.Field == row.Field && i.Request == row.Request && i.DueAt == row.DueAt
                )
                .ExecuteUpdateAsync(
                    set =>
                        set.SetProperty(i => i.State, FieldIndexState.Indexing)
                            .SetProperty(i => i.Attempts, row.Attempts + 1)
                            .SetProperty(i => i.ChangedAt, now)
                            .SetProperty(i => i.DueAt, now + Lease),
                    cancellationToken
                );
            if (taken == 1)
            {
                row.Attempts++;
                return row;
            }
        }
    }

    private async Task WorkAsync(FieldIndexRow row, CancellationToken cancellationToken)
    {
        try
        {
            // Whoever asked may be another process: its version of the catalogue is needed here.
            await catalogue.RefreshAsync(cancellationToken);
            var field = catalogue.Current.Rule(row.Kind, row.Field)?.View;
            if (row.Wanted && field is not null && indexes.Supports(field))
            {
                if (await indexes.EnsureAsync(field, cancellationToken))
                {
                    await EndAsync(row, FieldIndexState.Indexed, null, default, cancellationToken);
                    Log.Indexed(logger, row.Kind, row.Field);
                }

                return;
            }

            await indexes.DropAsync(row.Kind, row.Field, cancellationToken);
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            await db
                .FieldIndexes.Where(i => i.Kind == row.Kind && i.Field == row.Field && i.Request == row.Request)
                .ExecuteDeleteAsync(cancellationToken);
        }
        catch (Exception e) when (e is DbException or TimeoutException or InvalidOperationException)
        {
            Log.Failed(logger, row.Kind, row.Field, row.Attempts, e.GetType().Name);
            var wait = TimeSpan.FromSeconds(10 * Math.Pow(2, Math.Min(row.Attempts, 10)));
            await EndAsync(
                row,
                FieldIndexState.Failed,
                e is TimeoutException ? "timeout" : "database",
                wait < LongestWait ? wait : LongestWait,
                cancellationToken
            );
        }
    }

    private async Task EndAsync(
        FieldIndexRow row,
        FieldIndexState state,
        string? error,
        TimeSpan wait,
        CancellationToken cancellationToken
    )
    {
        var now = time.GetUtcNow();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db
            .FieldIndexes.Where(i => i.Kind == row.Kind && i.Field == row.Field && i.Request == row.Request)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(i => i.State, state)
                        .SetProperty(i => i.Error, error)
                        .SetProperty(i => i.ChangedAt, now)
                        .SetProperty(i => i.DueAt, now + wait),
                cancellationToken
            );
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1011, Level = LogLevel.Information, Message = "Indexed {Kind}.{Field}")]
        public static partial void Indexed(ILogger logger, string kind, string field);

        [LoggerMessage(
            EventId = 1012,
            Level = LogLevel.Warning,
            Message = "The index of {Kind}.{Field} could not be made (attempt {Attempt}, {Type}); it is tried again"
        )]
        public static partial void Failed(ILogger logger, string kind, string field, int attempt, string type);
    }
}
