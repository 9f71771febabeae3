using System.CommandLine;
using SocialRegistry.Host.Server;

namespace SocialRegistry.Host.Commands;

/// <summary><c>serve</c>: runs the registry until it is told to stop.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var options = new ServerArguments();
        var command = new Command(
            "serve",
            """
            Run the registry.

            Examples:
              socialregistry serve --urls http://+:5080 --Keys:PassphraseFile=/run/secrets/keys
              socialregistry serve --bootstrap partners.json --ConnectionStrings:Registry="Host=db;Database=registry;Username=registry"
            """
        )
        {
            TreatUnmatchedTokensAsErrors = false,
        };
        options.AddTo(command);
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                if (!options.TryRead(parsed, out var settings))
                {
                    return 2;
                }

                return await Failures.ReportAsync(async () =>
                {
                    await using var app = RegistryServer.Build(settings);
                    await RegistryServer.PrepareAsync(app, settings, cancellationToken);
                    await app.StartAsync(cancellationToken);
                    RegistryServer.PrintAddresses(app);
                    await app.WaitForShutdownAsync(cancellationToken);
                    return 0;
                });
            }
        );
        return command;
    }
}
