using System.Data.Common;
using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace SocialRegistry.Host.Benchmarks;

/// <summary>A statement as it went to the database.</summary>
internal sealed record TappedStatement(string Text, IReadOnlyList<DbParameter> Parameters);

/// <summary>What one call sent to the database through EF Core.</summary>
internal sealed class Tapped
{
    public List<TappedStatement> Statements { get; } = [];

    public int Commits { get; set; }

    /// <summary>Statements sent together are one; a begin travels with the statement that follows it.</summary>
    public int RoundTrips => Statements.Count + Commits;
}

/// <summary>Listens to what calls send to the database. Costs time, so it is not there while time is measured.</summary>
internal sealed class StatementTap
    : IObserver<DiagnosticListener>,
        IObserver<KeyValuePair<string, object?>>,
        IDisposable
{
    /// <summary>EF Core asks only so often whether somebody listens.</summary>
    private static readonly TimeSpan Heard = TimeSpan.FromSeconds(1.2);
    private static readonly AsyncLocal<Tapped?> Current = new();

    private readonly List<IDisposable> subscriptions = [];

    private StatementTap() => subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));

    public static async Task<StatementTap> OpenAsync(CancellationToken cancellationToken)
    {
        var tap = new StatementTap();
        await Task.Delay(Heard, cancellationToken);
        return tap;
    }

    /// <summary>What this one call sends, and nobody else meanwhile.</summary>
    public static async Task<Tapped> OfAsync(Func<Task> call)
    {
        var tapped = new Tapped();
        Current.Value = tapped;
        try
        {
            await call();
        }
        finally
        {
            Current.Value = null;
        }

        return tapped;
    }

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == "Microsoft.EntityFrameworkCore")
        {
            subscriptions.Add(value.Subscribe(this));
        }
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (Current.Value is not { } tapped)
        {
            return;
        }

        lock (tapped)
        {
            if (value.Key == RelationalEventId.CommandExecuting.Name && value.Value is CommandEventData data)
            {
                tapped.Statements.Add(
                    new TappedStatement(
                        data.Command.CommandText,
                        [.. data.Command.Parameters.Cast<DbParameter>().Select(Copy)]
                    )
                );
            }
            else if (value.Key == RelationalEventId.TransactionCommitting.Name)
            {
                tapped.Commits++;
            }
        }
    }

    public void OnCompleted() { }

    public void OnError(Exception error) { }

    public void Dispose() => subscriptions.ForEach(s => s.Dispose());

    private static DbParameter Copy(DbParameter parameter) =>
        parameter is NpgsqlParameter npgsql
            ? npgsql.Clone()
            : new SqliteParameter(parameter.ParameterName, parameter.Value);
}
