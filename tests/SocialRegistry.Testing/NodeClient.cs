using System.Diagnostics;
using System.Text.Json;
using Xunit;

namespace SocialRegistry.Testing;

/// <summary>Runs <c>node/client.mjs</c> of a test project: a client that others wrote. Its packages come by the committed lock file into the test's output folder, once.</summary>
public static class NodeClient
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "node");

    /// <summary>What the client printed. Skips the test on a machine without Node.js.</summary>
    public static async Task<JsonElement> RunAsync(object settings, CancellationToken cancellationToken)
    {
        Assert.SkipUnless(IsThere("node") && IsThere("npm"), "node and npm are not on this machine.");
        var installed = Path.Combine(Folder, "node_modules", ".package-lock.json");
        var wanted = Path.Combine(Folder, "package-lock.json");
        if (!File.Exists(installed) || File.GetLastWriteTimeUtc(installed) < File.GetLastWriteTimeUtc(wanted))
        {
            await StartAsync("npm", ["ci"], cancellationToken);
            File.SetLastWriteTimeUtc(installed, DateTime.UtcNow);
        }

        var printed = await StartAsync("node", ["client.mjs", JsonSerializer.Serialize(settings)], cancellationToken);
        return JsonDocument.Parse(printed).RootElement;
    }

    private static bool IsThere(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(folder => (string[])[Path.Combine(folder, program), Path.Combine(folder, program + ".cmd")])
            .Any(File.Exists);

    private static async Task<string> StartAsync(
        string program,
        string[] arguments,
        CancellationToken cancellationToken
    )
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        using var process = Process.Start(
            new ProcessStartInfo(program, arguments)
            {
                WorkingDirectory = Folder,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(patience.Token);
            var errors = process.StandardError.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            Assert.True(process.ExitCode == 0, $"{program} ended with {process.ExitCode}: {await errors}");
            return await output;
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }
}
