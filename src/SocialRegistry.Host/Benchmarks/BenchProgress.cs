using Spectre.Console;

namespace SocialRegistry.Host.Benchmarks;

/// <summary>How far a measurement is: a bar on a terminal, else a line a step on standard error.</summary>
internal static class BenchProgress
{
    /// <param name="steps">How often <paramref name="work"/> tells a step.</param>
    public static async Task<T> RunAsync<T>(bool silent, int steps, Func<Action<string>, Task<T>> work)
    {
        if (silent)
        {
            return await work(_ => { });
        }

        if (Console.IsErrorRedirected || Console.IsOutputRedirected)
        {
            var done = 0;
            return await work(step => Console.Error.WriteLine($"{++done}/{steps} {step}"));
        }

        return await AnsiConsole
            .Progress()
            .Columns(new ProgressBarColumn(), new TaskDescriptionColumn(), new ElapsedTimeColumn())
            .StartAsync(async context =>
            {
                var bar = context.AddTask("Begin", maxValue: steps + 1);
                var result = await work(step =>
                {
                    bar.Increment(1);
                    bar.Description = Markup.Escape(step);
                });
                bar.Value = bar.MaxValue;
                return result;
            });
    }
}
