using System.Diagnostics;

namespace SocialRegistry.Host.Demo;

/// <summary>Runs the steps of the demo, one clear line each with its time.</summary>
internal sealed class DemoSteps
{
    private readonly Stopwatch total = Stopwatch.StartNew();
    private int number;

    /// <summary>Runs one step; its result is printed behind its name.</summary>
    public async Task RunAsync(string name, Func<Task<string>> step)
    {
        var clock = Stopwatch.StartNew();
        var result = await step();
        Console.WriteLine($"{++number, 2}. {name, -36} {clock.Elapsed.TotalSeconds, 6:0.00} s  {result}");
    }

    public void PrintTotal() => Console.WriteLine($"    Done in {total.Elapsed.TotalSeconds:0.0} s.");
}
