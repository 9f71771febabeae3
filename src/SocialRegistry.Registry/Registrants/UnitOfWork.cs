using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Fields;
using SocialRegistry.Registry.Persistence;

namespace SocialRegistry.Registry.Registrants;

/// <summary>Carries changes out: reads, decides, saves in one transaction; begins again when another writer was first.</summary>
internal sealed partial class UnitOfWork(
    IDbContextFactory<RegistryDbContext> contexts,
    WriteGate gate,
    FieldCatalogue catalogue,
    ILogger<UnitOfWork> logger
)
{
    /// <summary>Attempts before the caller is told to come back.</summary>
    private const int MostAttempts = 12;

    private static readonly AsyncLocal<Func<RegistryDbContext, CancellationToken, Task<Problem?>>?> companion = new();

    /// <summary>
    /// Runs a change with something else in its transaction: <paramref name="before"/> tracks what the change's own save then stores, or
    /// refuses the change. It is called again with each attempt, and goes with the first unit of work of <paramref name="change"/> only.
    /// </summary>
    public static async Task<T> TogetherAsync<T>(
        Func<RegistryDbContext, CancellationToken, Task<Problem?>> before,
        Func<Task<T>> change
    )
    {
        // Seen by what is awaited here, and by nobody else.
        companion.Value = before;
        return await change();
    }

    /// <summary>Runs <paramref name="attempt"/> on a fresh context until it ends without a clash.</summary>
    /// <param name="attempt">Reads, tracks changes and saves through the given context; called again after a clash.</param>
    /// <param name="refused">The answer to a clash that another attempt would meet again; <c>null</c> to try again.</param>
    public async Task<Outcome<T>> RunAsync<T>(
        Func<RegistryDbContext, Task<Outcome<T>>> attempt,
        Func<WriteConflict, Problem?> refused,
        CancellationToken cancellationToken
    )
    {
        var before = companion.Value;
        companion.Value = null;
        for (var i = 0; i < MostAttempts; i++)
        {
            try
            {
                using var turn = await gate.EnterAsync(cancellationToken);
                await using var db = await contexts.CreateDbContextAsync(cancellationToken);
                return before is not null && await before(db, cancellationToken) is { } refusal
                    ? refusal
                    : await attempt(db);
            }
            catch (Exception e) when (WriteConflicts.Of(e) is not null)
            {
                var conflict = WriteConflicts.Of(e)!.Value;
                if (conflict == WriteConflict.Catalogue)
                {
                    // Another process has published: the next attempt checks against what stands.
                    await catalogue.RefreshAsync(cancellationToken);
                }
                else if (refused(conflict) is { } problem)
                {
                    return problem;
                }
            }

            await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(1, 5 * (i + 1))), cancellationToken);
        }

        Log.GaveUp(logger, MostAttempts);
        return RegistrantProblems.Busy;
    }

    private static partial class Log
    {
        [LoggerMessage(
            EventId = 1004,
            Level = LogLevel.Warning,
            Message = "A change met other writers {Attempts} times and was given up"
        )]
        public static partial void GaveUp(ILogger logger, int attempts);
    }
}
