using Microsoft.EntityFrameworkCore;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Sealing;

namespace SocialRegistry.Registry.Verification;

/// <summary>Finds whether anything that was recorded was altered, removed, inserted or put in another order: the command <c>verify-log</c>.</summary>
public sealed class LogVerification
{
    private readonly IDbContextFactory<RegistryDbContext> contexts;
    private readonly ISealStore store;
    private readonly LogKeys ownKeys;
    private readonly ChainedLogs chained;

    internal LogVerification(
        IDbContextFactory<RegistryDbContext> contexts,
        ISealStore store,
        LogKeys ownKeys,
        ChainedLogs chained
    )
    {
        this.contexts = contexts;
        this.store = store;
        this.ownKeys = ownKeys;
        this.chained = chained;
    }

    /// <summary>
    /// The database: the change log of each record, the rows it names, disclosures, the catalogue's and the areas' logs, the Merkle tree
    /// and all checkpoints, as of one moment. The registry may go on working.
    /// </summary>
    /// <exception cref="FormatException">A key is not of the form <c>name+id+key</c>.</exception>
    public async Task<LogReport> VerifyAsync(
        LogQuestion question,
        IProgress<LogProgress>? progress,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(question);
        var findings = new Findings(progress);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        db.Database.SetCommandTimeout(TimeSpan.FromHours(1));
        await using var transaction = await store.BeginReadingAsync(db, cancellationToken);
        var state = await db
            .LogStates.AsNoTracking()
            .SingleOrDefaultAsync(s => s.Id == LogState.OnlyId, cancellationToken);
        var keys = question.Keys.Count > 0 ? Keys(question) : ownKeys.Verifiers(state?.Origin ?? "");
        await new VerifyRecords(db, findings, cancellationToken).RunAsync();
        await new VerifyDisclosures(db, findings, cancellationToken).RunAsync();
        await new VerifyOwnLogs(db, findings, cancellationToken).RunAsync();
        await new VerifyDerived(db, findings, cancellationToken).RunAsync();
        await new VerifyChainedLogs(db, chained, findings, cancellationToken).RunAsync();
        var kept = new KeptCheckpoint(question.Checkpoint, keys, findings);
        await new VerifyTree(db, keys, kept, findings, cancellationToken).RunAsync();
        return findings.Report();
    }

    /// <summary>A file that <c>IChangeLog.EntriesAsync</c> wrote: whatever can be seen without contents and rows.</summary>
    /// <param name="question">Must name the keys: those in the file prove nothing.</param>
    /// <exception cref="FormatException">A key is not of the form <c>name+id+key</c>.</exception>
    public static async Task<LogReport> VerifyFileAsync(
        Stream export,
        LogQuestion question,
        IProgress<LogProgress>? progress,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(export);
        ArgumentNullException.ThrowIfNull(question);
        var findings = new Findings(progress);
        var keys = Keys(question);
        var kept = new KeptCheckpoint(question.Checkpoint, keys, findings);
        await new VerifyExport(keys, kept, findings).RunAsync(export, cancellationToken);
        return findings.Report();
    }

    private static List<VerifierKey> Keys(LogQuestion question) =>
        [
            .. question.Keys.Select(text =>
                VerifierKey.Parse(text) ?? throw new FormatException("A key is written name+id+key.")
            ),
        ];
}
