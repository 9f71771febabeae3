namespace SocialRegistry.Exchange.Jobs;

/// <summary>Wakes the worker of this process when a job was queued here.</summary>
internal sealed class JobSignal : IDisposable
{
    private readonly SemaphoreSlim signal = new(0, 1);

    public void Set()
    {
        try
        {
            signal.Release();
        }
        catch (SemaphoreFullException)
        {
            // The worker is awake already or about to be.
        }
    }

    public Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken) =>
        signal.WaitAsync(atMost, cancellationToken);

    public void Dispose() => signal.Dispose();
}
