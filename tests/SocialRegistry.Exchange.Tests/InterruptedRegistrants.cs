using SocialRegistry.Contracts;

namespace SocialRegistry.Exchange.Tests;

/// <summary>The real port, with trouble at one call of the import.</summary>
internal sealed class InterruptedRegistrants(IRegistrants inner, int atCall, InterruptedRegistrants.Trouble trouble)
    : IRegistrants
{
    private int calls;

    public enum Trouble
    {
        /// <summary>The batch is stored, then nothing comes back any more, as when the process is killed.</summary>
        HangAfter,

        /// <summary>The connection breaks once; the batch is not stored.</summary>
        BreakOnce,

        /// <summary>It breaks from then on.</summary>
        BreakFromThen,
    }

    /// <summary>Ends when the trouble is reached.</summary>
    public TaskCompletionSource Reached { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public async Task<Outcome<IReadOnlyList<Outcome<ImportedRegistrant>>>> ImportAsync(
        IReadOnlyList<ImportRow> rows,
        bool dryRun,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var call = Interlocked.Increment(ref calls);
        if ((trouble == Trouble.BreakOnce && call == atCall) || (trouble == Trouble.BreakFromThen && call >= atCall))
        {
            Reached.TrySetResult();
            throw new IOException("Surname Lorimar could not be written.");
        }

        var outcome = await inner.ImportAsync(rows, dryRun, caller, cancellationToken);
        if (trouble == Trouble.HangAfter && call == atCall)
        {
            Reached.TrySetResult();
            await new TaskCompletionSource().Task;
        }

        return outcome;
    }

    public Task<Outcome<RegistrantView>> ChangeStatusAsync(
        RegistrantId id,
        StatusChange change,
        Caller caller,
        CancellationToken cancellationToken
    ) => inner.ChangeStatusAsync(id, change, caller, cancellationToken);

    public Task<Outcome<RegistrantView>> CreateAsync(
        NewRegistrant registrant,
        Caller caller,
        CancellationToken cancellationToken
    ) => inner.CreateAsync(registrant, caller, cancellationToken);

    public Task<Outcome<RegistrantView>> GetAsync(
        RegistrantId id,
        ReadOptions options,
        Caller caller,
        CancellationToken cancellationToken
    ) => inner.GetAsync(id, options, caller, cancellationToken);

    public Task<Outcome<RegistrantView>> UpdateAsync(
        RegistrantId id,
        RegistrantPatch patch,
        Caller caller,
        CancellationToken cancellationToken
    ) => inner.UpdateAsync(id, patch, caller, cancellationToken);

    public Task<Outcome<Done>> ArchiveAsync(
        RegistrantId id,
        long expectedVersion,
        string reason,
        Caller caller,
        CancellationToken cancellationToken
    ) => inner.ArchiveAsync(id, expectedVersion, reason, caller, cancellationToken);

    public Task<Outcome<SearchPage>> SearchAsync(
        SearchRequest request,
        Caller caller,
        CancellationToken cancellationToken
    ) => inner.SearchAsync(request, caller, cancellationToken);

    public Task<Outcome<IReadOnlyList<RegistrantView?>>> FindAsync(
        IReadOnlyList<Identifier> identifiers,
        ReadOptions options,
        Caller caller,
        CancellationToken cancellationToken
    ) => inner.FindAsync(identifiers, options, caller, cancellationToken);

    public Task<Outcome<IReadOnlyList<RegistrantView?>>> GetManyAsync(
        IReadOnlyList<RegistrantId> ids,
        ReadOptions options,
        Caller caller,
        CancellationToken cancellationToken
    ) => inner.GetManyAsync(ids, options, caller, cancellationToken);
}
