using System.CommandLine;
using SocialRegistry.Host.Server;
using SocialRegistry.Protection;

namespace SocialRegistry.Host.Commands;

/// <summary><c>keys</c>: the sealed copy of the key folder, which no backup holds.</summary>
internal static class KeysCommand
{
    public static Command Create()
    {
        var command = new Command(
            "keys",
            "The deployment's keys. A backup never contains them: keep an export apart from it."
        );
        command.Add(Export());
        command.Add(Import());
        return command;
    }

    private static Command Export()
    {
        var output = new Argument<FileInfo>("FILE") { Description = "File to write; it must not exist" };
        var secret = Secret();
        var arguments = new ServerArguments();
        var command = new Command(
            "export",
            """
            Write one sealed file with all keys.

            Example:
              socialregistry keys export keys-2026.sealed --passphrase-file export.txt --Keys:PassphraseFile=/run/secrets/keys
            """
        )
        {
            TreatUnmatchedTokensAsErrors = false,
        };
        command.Add(output);
        command.Add(secret);
        command.SetAction(
            (parsed, cancellationToken) =>
                Failures.ReportAsync(async () =>
                {
                    if (!arguments.TryRead(parsed, out var settings))
                    {
                        return 2;
                    }

                    await using var app = RegistryServer.Build(settings with { RoutesOnly = true });
                    var ring = app.Services.GetRequiredService<FileKeyRing>();
                    var passphrase = await Passphrases.ReadAsync(
                        parsed.GetValue(secret),
                        "Passphrase of the export: ",
                        cancellationToken
                    );
                    var target = parsed.GetRequiredValue(output);
                    using var content = new MemoryStream();
                    ring.Export(content, passphrase);
                    await using var file = PrivateFiles.Create(target.FullName);
                    await file.WriteAsync(content.GetBuffer().AsMemory(0, (int)content.Length), cancellationToken);
                    Console.WriteLine(
                        $"Sealed copy of all keys written to {target.FullName}. Keep it and its passphrase apart."
                    );
                    return 0;
                })
        );
        return command;
    }

    private static Command Import()
    {
        var input = new Argument<FileInfo>("FILE") { Description = "The sealed file" };
        var secret = Secret();
        var arguments = new ServerArguments();
        var command = new Command("import", "Restore keys from a sealed file into an empty key folder (Keys:Path).")
        {
            TreatUnmatchedTokensAsErrors = false,
        };
        command.Add(input);
        command.Add(secret);
        command.SetAction(
            (parsed, cancellationToken) =>
                Failures.ReportAsync(async () =>
                {
                    if (!arguments.TryRead(parsed, out var settings))
                    {
                        return 2;
                    }

                    await using var app = RegistryServer.Build(settings with { RoutesOnly = true });
                    var options = app.Services.GetRequiredService<KeyStoreOptions>();
                    var passphrase = await Passphrases.ReadAsync(
                        parsed.GetValue(secret),
                        "Passphrase of the export: ",
                        cancellationToken
                    );
                    await using var file = parsed.GetRequiredValue(input).OpenRead();
                    KeyExport.Import(file, passphrase, options);
                    Console.WriteLine($"Keys restored into {options.Path}.");
                    return 0;
                })
        );
        return command;
    }

    private static Option<FileInfo?> Secret() =>
        new("--passphrase-file")
        {
            Description = "File with the passphrase of the sealed file; asked for on a terminal when absent",
        };
}
