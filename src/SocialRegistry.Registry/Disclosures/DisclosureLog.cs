using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;

namespace SocialRegistry.Registry.Disclosures;

/// <summary>
/// Makes disclosures durable before answers leave. Requests that come while a batch is being written share the next one: one commit
/// for many answers (group commit). How much waits, and for how long, is bounded; what cannot wait is not shown.
/// </summary>
internal sealed partial class DisclosureLog(
    IDbContextFactory<RegistryDbContext> contexts,
    IDisclosureInsert insert,
    WriteGate gate,
    DisclosureOptions options,
    RegistryOptions registry,
    TimeProvider time,
    ILogger<DisclosureLog> logger
)
{
    /// <summary>Rows of one transaction; a single answer may have more.</summary>
    private const int BatchRows = 5_000;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private static readonly Problem Busy = new(
        "disclosures.busy",
        ProblemKind.Unavailable,
        "More is being read just now than can be written down, so nothing is shown. Try again."
    );

    private readonly Lock sync = new();
    private readonly Queue<Waiting> waiting = [];
    private int waitingRows;
    private bool writing;

    /// <summary>Rows that wait to be taken into a batch.</summary>
    public int WaitingRows
    {
        get
        {
            lock (sync)
            {
                return waitingRows;
            }
        }
    }

    /// <summary>One row per record shown.</summary>
    public Disclosure Row(ReadGate gate, Guid registrant, IReadOnlyCollection<string> fields) =>
        Row(gate.Caller, registrant, fields, gate.Consent, gate.BreakGlass);

    /// <summary>One row per record shown.</summary>
    /// <param name="consent">Ids of the consents that cover it, separated by spaces.</param>
    public Disclosure Row(
        Caller caller,
        Guid registrant,
        IReadOnlyCollection<string> fields,
        string? consent = null,
        bool breakGlass = false
    )
    {
        var now = ChangeNote.Moment(time);
        return new Disclosure
        {
            RegistrantId = registrant,
            Id = Guid.CreateVersion7(now),
            At = now,
            ShownToKind = caller.Kind.ToString().ToLowerInvariant(),
            ShownTo = caller.Id,
            Channel = caller.Channel,
            Purpose = caller.Purpose,
            LegalGround = caller.LegalGround,
            RequestId = ChangeNote.RequestId(caller),
            Fields = JsonSerializer.Serialize(fields),
            Institution =
                caller.Institution
                ?? (caller.Kind == CallerKind.Partner ? caller.Id : options.Institution ?? registry.Tenant),
            Consent = consent,
            BreakGlass = breakGlass,
        };
    }

    /// <summary>Logs what a change was held against unseen, once it is over: refused, stored or tried.</summary>
    public Task WriteAsync(ChangeNote note, CancellationToken cancellationToken) =>
        WriteAsync([.. note.Compared.Unseen.Select(u => Row(note.Caller, u.Key, u.Value))], cancellationToken);

    /// <summary>Returns once the rows are on disk.</summary>
    /// <exception cref="BusyException">Too much waits already, or it took too long.</exception>
    public async Task WriteAsync(IReadOnlyList<Disclosure> rows, CancellationToken cancellationToken)
    {
        if (rows.Count == 0)
        {
            return;
        }

        var mine = new Waiting(rows, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        lock (sync)
        {
            // One answer alone always fits.
            if (waitingRows > 0 && waitingRows + rows.Count > options.MostWaiting)
            {
                throw new BusyException(Busy);
            }

            waiting.Enqueue(mine);
            waitingRows += rows.Count;
            if (!writing)
            {
                writing = true;
                _ = Task.Run(DrainAsync, CancellationToken.None);
            }
        }

        try
        {
            await mine.Done.Task.WaitAsync(options.LongestWait, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw new BusyException(Busy);
        }
        finally
        {
            mine.IsGone = true;
        }
    }

    private async Task DrainAsync()
    {
        while (true)
        {
            var batch = new List<Waiting>();
            lock (sync)
            {
                var rows = 0;
                while (waiting.TryPeek(out var next) && (rows == 0 || rows + next.Rows.Count <= BatchRows))
                {
                    waiting.Dequeue();
                    waitingRows -= next.Rows.Count;
                    // Who has gone away was shown nothing.
                    if (!next.IsGone)
                    {
                        batch.Add(next);
                        rows += next.Rows.Count;
                    }
                }

                if (batch.Count == 0)
                {
                    writing = false;
                    return;
                }
            }

            await WriteAsync(batch);
        }
    }

    private async Task WriteAsync(List<Waiting> batch)
    {
        try
        {
            using var limit = new CancellationTokenSource(Limit);
            using var turn = await gate.EnterAsync(limit.Token);
            await using var db = await contexts.CreateDbContextAsync(limit.Token);
            var rows = batch.SelectMany(b => b.Rows).ToList();
            await insert.InsertAsync(db, rows, DisclosureBatch.Of(db.Model, rows), limit.Token);
            batch.ForEach(b => b.Done.SetResult());
        }
        catch (Exception e)
        {
            // Nobody of this batch may answer: what is not logged is not shown.
            Log.NotWritten(logger, batch.Sum(b => b.Rows.Count), e);
            batch.ForEach(b => b.Done.SetException(e));
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            EventId = 1003,
            Level = LogLevel.Error,
            Message = "{Rows} disclosures could not be stored; their answers are withheld"
        )]
        public static partial void NotWritten(ILogger logger, int rows, Exception exception);
    }

    private sealed record Waiting(IReadOnlyList<Disclosure> Rows, TaskCompletionSource Done)
    {
        public volatile bool IsGone;
    }
}

/// <summary>Writes many disclosures and their batch in one transaction, the batch also to be sealed; each database has its own quick way.</summary>
internal interface IDisclosureInsert
{
    Task InsertAsync(
        RegistryDbContext db,
        IReadOnlyList<Disclosure> rows,
        DisclosureBatch batch,
        CancellationToken cancellationToken
    );
}
