using Spectre.Console;

namespace SocialRegistry.Host.Commands;

/// <summary>How far an import is: a bar on a terminal, else a line now and then on standard error.</summary>
internal sealed class ImportProgress
{
    private static readonly TimeSpan LineEvery = TimeSpan.FromSeconds(10);

    private readonly bool silent;

    private ImportProgress(bool silent) => this.silent = silent;

    public static ImportProgress Silent() => new(silent: true);

    public static ImportProgress ForTerminal() => new(silent: false);

    /// <param name="total">Bytes of the file.</param>
    /// <param name="work">Is given what to call with the bytes read so far.</param>
    public async Task RunAsync(long total, Func<Action<long, ImportCounts>, Task> work)
    {
        if (silent)
        {
            await work((_, _) => { });
            return;
        }

        if (Console.IsErrorRedirected || Console.IsOutputRedirected)
        {
            var last = TimeProvider.System.GetTimestamp();
            await work(
                (read, counts) =>
                {
                    if (TimeProvider.System.GetElapsedTime(last) >= LineEvery)
                    {
                        last = TimeProvider.System.GetTimestamp();
                        Console.Error.WriteLine(
                            $"{100 * read / Math.Max(total, 1)} %: {counts.Rows:N0} rows, {counts.Parked:N0} parked"
                        );
                    }
                }
            );
            return;
        }

        await AnsiConsole
            .Progress()
            .Columns(
                new TaskDescriptionColumn(),
                new ProgressBarColumn(),
                new PercentageColumn(),
                new RemainingTimeColumn()
            )
            .StartAsync(async context =>
            {
                var bar = context.AddTask("Import", maxValue: Math.Max(total, 1));
                await work(
                    (read, counts) =>
                    {
                        bar.Value = read;
                        bar.Description = $"{counts.Rows:N0} rows, {counts.Parked:N0} parked";
                    }
                );
                bar.Value = bar.MaxValue;
            });
    }
}
