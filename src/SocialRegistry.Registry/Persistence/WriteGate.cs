using SocialRegistry.Storage;

namespace SocialRegistry.Registry.Persistence;

/// <summary>
/// Lets the writers of this process in one after the other on SQLite, which has one writer: they queue here instead of polling the
/// file's lock. On PostgreSQL it stands open.
/// </summary>
internal sealed class WriteGate(DatabaseOptions database) : IDisposable
{
    private readonly SemaphoreSlim? turn = database.Provider == DatabaseProvider.Sqlite ? new SemaphoreSlim(1) : null;

    /// <summary>Waits for the turn; dispose what comes back to end it.</summary>
    public async Task<IDisposable> EnterAsync(CancellationToken cancellationToken)
    {
        if (turn is null)
        {
            return Open.Instance;
        }

        await turn.WaitAsync(cancellationToken);
        return new Turn(turn);
    }

    public void Dispose() => turn?.Dispose();

    private sealed class Turn(SemaphoreSlim turn) : IDisposable
    {
        public void Dispose() => turn.Release();
    }

    private sealed class Open : IDisposable
    {
        public static Open Instance { get; } = new();

        public void Dispose() { }
    }
}
