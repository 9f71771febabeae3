using Spectre.Console;

namespace SocialRegistry.Host.Commands;

/// <summary>Takes a passphrase from a file or the terminal, never from the command line.</summary>
internal static class Passphrases
{
    private const int MinLength = 12;

    /// <exception cref="OperatorException">None given, or shorter than 12 characters.</exception>
    public static async Task<string> ReadAsync(FileInfo? file, string prompt, CancellationToken cancellationToken)
    {
        string passphrase;
        if (file is not null)
        {
            passphrase = (await File.ReadAllTextAsync(file.FullName, cancellationToken)).TrimEnd('\r', '\n');
        }
        else if (!Console.IsInputRedirected)
        {
            passphrase = await new TextPrompt<string>(prompt)
                .Secret()
                .ShowAsync(AnsiConsole.Console, cancellationToken);
        }
        else
        {
            throw new OperatorException("Give the passphrase in a file: --passphrase-file FILE.");
        }

        return passphrase.Length >= MinLength
            ? passphrase
            : throw new OperatorException($"A passphrase has at least {MinLength} characters.");
    }
}
