using System.Diagnostics;
using System.Text;

namespace SocialRegistry.Host.Tests.Commands;

/// <summary>The program as a user starts it: a process of its own, in a folder of its own.</summary>
internal sealed class RegistryProcess : IDisposable
{
    private readonly Process process;
    private readonly StringBuilder output = new();

    private RegistryProcess(Process process) => this.process = process;

    /// <summary>What it printed so far, both streams.</summary>
    public string Output
    {
        get
        {
            lock (output)
            {
                return output.ToString();
            }
        }
    }

    public static RegistryProcess Start(
        string folder,
        IReadOnlyDictionary<string, string>? environment = null,
        params string[] arguments
    )
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "socialregistry.dll"));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        start.Environment.Remove("ConnectionStrings__Registry");
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        var run = new RegistryProcess(new Process { StartInfo = start });
        run.process.OutputDataReceived += (_, line) => run.Append(line.Data);
        run.process.ErrorDataReceived += (_, line) => run.Append(line.Data);
        run.process.Start();
        run.process.BeginOutputReadLine();
        run.process.BeginErrorReadLine();
        return run;
    }

    public static async Task<(int Status, string Output)> RunAsync(
        string folder,
        IReadOnlyDictionary<string, string>? environment = null,
        params string[] arguments
    )
    {
        using var run = Start(folder, environment, arguments);
        return (await run.ExitAsync(), run.Output);
    }

    public async Task<int> ExitAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        await process.WaitForExitAsync(limit.Token);
        process.WaitForExit();
        return process.ExitCode;
    }

    /// <summary>Waits until a printed line begins with this text and gives the rest of it.</summary>
    public async Task<string> WaitForLineAsync(string beginning)
    {
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < TimeSpan.FromMinutes(2); await Task.Delay(50))
        {
            var line = Output.Split('\n').FirstOrDefault(l => l.StartsWith(beginning, StringComparison.Ordinal));
            if (line is not null)
            {
                return line[beginning.Length..].Trim();
            }

            Assert.False(process.HasExited, "The process ended early:\n" + Output);
        }

        throw new TimeoutException("No line begins with '" + beginning + "':\n" + Output);
    }

    /// <summary>Ends it as a power cut would.</summary>
    public async Task KillAsync()
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }

        process.Dispose();
    }

    private void Append(string? line)
    {
        if (line is not null)
        {
            lock (output)
            {
                output.Append(line).Append('\n');
            }
        }
    }
}
