using System.CommandLine;
using SocialRegistry.Host.Server;

namespace SocialRegistry.Host.Commands;

/// <summary>What <c>serve</c> and <c>demo</c> take: <c>--urls</c>, <c>--bootstrap</c> and <c>--Section:Key=value</c>.</summary>
internal sealed class ServerArguments
{
    private readonly Option<string?> urls = new("--urls")
    {
        Description =
            "Addresses to listen on, separated by ';' (default http://localhost:5080; port 0 takes a free one)",
    };
    private readonly Option<FileInfo?> bootstrap = new("--bootstrap")
    {
        Description =
            "A bootstrap file (schemas/bootstrap.schema.json): partners, users, fields, code lists; applying it twice changes nothing",
    };

    public void AddTo(Command command)
    {
        command.Add(urls);
        command.Add(bootstrap);
    }

    /// <summary>False, with a line on standard error, when a left-over argument is not a <c>--Section:Key=value</c> setting.</summary>
    public bool TryRead(ParseResult parsed, out ServerSettings settings)
    {
        settings = new ServerSettings
        {
            Urls = parsed.GetValue(urls),
            Bootstrap = parsed.GetValue(bootstrap)?.FullName,
        };
        var overrides = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var token in parsed.UnmatchedTokens)
        {
            var equals = token.IndexOf('=', StringComparison.Ordinal);
            if (!token.StartsWith("--", StringComparison.Ordinal) || equals < 3)
            {
                Console.Error.WriteLine(
                    $"socialregistry: unknown argument '{token}'. Settings are written --Section:Key=value; see --help."
                );
                return false;
            }

            overrides[token[2..equals]] = token[(equals + 1)..];
        }

        settings = settings with { Overrides = overrides };
        return true;
    }
}
