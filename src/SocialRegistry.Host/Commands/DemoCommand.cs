using System.CommandLine;
using SocialRegistry.Host.Demo;

namespace SocialRegistry.Host.Commands;

/// <summary><c>demo</c>: the main job once, for real, then keeps serving.</summary>
internal static class DemoCommand
{
    public static Command Create()
    {
        var arguments = new ServerArguments();
        var once = new Option<bool>("--once")
        {
            Description = "End after the job, with exit status 0 when every step went well",
        };
        var command = new Command(
            "demo",
            """
            Load a fictional country into an embedded database under ./data and do the main job once:
            import from CSV, attest, search through DCI, offer a credential, fetch it with a wallet, verify it.
            Then keep serving and print addresses and sign-ins (also in data/demo.json).

            Examples:
              socialregistry demo
              socialregistry demo --once
              socialregistry demo --urls http://localhost:8080
            """
        )
        {
            TreatUnmatchedTokensAsErrors = false,
        };
        arguments.AddTo(command);
        command.Add(once);
        command.SetAction(
            async (parsed, cancellationToken) =>
                arguments.TryRead(parsed, out var settings)
                    ? await Failures.ReportAsync(() =>
                        DemoJob.RunAsync(settings, parsed.GetValue(once), cancellationToken)
                    )
                    : 2
        );
        return command;
    }
}
