using SocialRegistry.Registry.Verification;
using Spectre.Console;

namespace SocialRegistry.Host.Commands;

/// <summary>How far a verification is: bars on a terminal, nothing elsewhere.</summary>
internal static class VerifyProgress
{
    public static async Task<LogReport> RunAsync(bool silent, Func<IProgress<LogProgress>?, Task<LogReport>> work)
    {
        if (silent || Console.IsErrorRedirected || Console.IsOutputRedirected)
        {
            return await work(null);
        }

        return await AnsiConsole
            .Progress()
            .Columns(
                new TaskDescriptionColumn(),
                new ProgressBarColumn(),
                new PercentageColumn(),
                new RemainingTimeColumn()
            )
            .StartAsync(context => work(new Bars(context)));
    }

    private sealed class Bars(ProgressContext context) : IProgress<LogProgress>
    {
        private readonly Dictionary<string, ProgressTask> bars = [];

        public void Report(LogProgress value)
        {
            if (!bars.TryGetValue(value.Step, out var bar))
            {
                bars[value.Step] = bar = context.AddTask(value.Step);
            }

            bar.MaxValue = Math.Max(value.Total, 1);
            bar.Value = value.Total == 0 ? 1 : value.Done;
        }
    }
}
