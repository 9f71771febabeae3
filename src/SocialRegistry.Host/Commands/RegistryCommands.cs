using System.CommandLine;

namespace SocialRegistry.Host.Commands;

/// <summary>The command line: <c>socialregistry COMMAND</c>; without a command name the command is <c>serve</c>.</summary>
internal static class RegistryCommands
{
    /// <returns>0 only on success.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        var root = new RootCommand(
            "Social Registry: persons and households, the gateway to them, and credentials over attested data."
        )
        {
            ServeCommand.Create(),
            DemoCommand.Create(),
            ImportCommand.Create(),
            ExportCommand.Create(),
            VerifyCommand.Create(),
            VerifyLogCommand.Create(),
            KeysCommand.Create(),
            BackupCommand.Create(),
            BenchCommand.Create(),
            HealthCommand.Create(),
            OpenApiCommand.Create(),
            FieldsCommand.Create(),
        };
        return await root.Parse(WithDefaultCommand(args)).InvokeAsync();
    }

    private static string[] WithDefaultCommand(string[] args) =>
        args is [] || (args[0].StartsWith('-') && args[0] is not ("--help" or "-h" or "-?" or "--version"))
            ? ["serve", .. args]
            : args;
}
