namespace SocialRegistry.Host.Benchmarks;

/// <summary>
/// The product's own statements, as they were tapped, run straight on the database: prepared once a client, with the parameters of many
/// calls in turn.
/// </summary>
internal sealed class RawReads : IAsyncDisposable
{
    private readonly List<RawStatement> statements = [];
    private readonly List<object?[]> calls;
    private readonly int[] next;

    private RawReads(IEnumerable<TappedStatement> calls, int clients)
    {
        this.calls = [.. calls.Select(c => c.Parameters.Select(p => p.Value).ToArray())];
        next = [.. Enumerable.Range(0, clients).Select(i => i * 7)];
    }

    /// <param name="calls">Calls of the same statement.</param>
    public static async Task<RawReads> OpenAsync(
        RawDatabase database,
        IReadOnlyList<TappedStatement> calls,
        int clients,
        CancellationToken cancellationToken
    )
    {
        if (calls.Select(c => c.Text).Distinct().Count() != 1)
        {
            throw new InvalidOperationException("The calls did not send one and the same statement.");
        }

        var reads = new RawReads(calls, clients);
        for (var i = 0; i < clients; i++)
        {
            reads.statements.Add(await database.PrepareAsync(calls[0].Text, calls[0].Parameters, cancellationToken));
        }

        return reads;
    }

    public async Task RunAsync(int client, CancellationToken cancellationToken)
    {
        next[client] = (next[client] + 1) % calls.Count;
        if (await statements[client].ReadAsync(calls[next[client]], cancellationToken) == 0)
        {
            throw new InvalidOperationException("A limit's statement found nothing.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var statement in statements)
        {
            await statement.DisposeAsync();
        }
    }
}
