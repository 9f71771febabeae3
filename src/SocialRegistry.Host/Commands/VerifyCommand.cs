using System.CommandLine;
using System.Net.Http.Json;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using SocialRegistry.Credentials.Verification;
using SocialRegistry.Host.Server;
using SocialRegistry.Protection;

namespace SocialRegistry.Host.Commands;

/// <summary><c>verify</c>: says whether a credential of this deployment is good.</summary>
internal static class VerifyCommand
{
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static Command Create()
    {
        var file = new Argument<string>("FILE")
        {
            Description = "File with the credential in its compact form; - reads it from standard input",
        };
        var url = new Option<string?>("--url")
        {
            Description =
                "Ask this running server (POST /credentials/verify); absent: check with this deployment's own keys (Keys:Path, PublicUrl)",
        };
        var json = new Option<bool>("--json") { Description = "Print the report as JSON" };
        var arguments = new ServerArguments();
        var command = new Command(
            "verify",
            """
            Check a credential's signature, issuer and dates. Exit status 0 only when it is good.

            Examples:
              socialregistry verify credential.txt --url http://localhost:5080
              socialregistry verify credential.txt --json --PublicUrl=https://registry.example.org
            """
        )
        {
            TreatUnmatchedTokensAsErrors = false,
        };
        command.Add(file);
        command.Add(url);
        command.Add(json);
        command.SetAction(
            (parsed, cancellationToken) =>
                Failures.ReportAsync(async () =>
                {
                    if (!arguments.TryRead(parsed, out var settings))
                    {
                        return 2;
                    }

                    var credential = await ReadAsync(parsed.GetRequiredValue(file), cancellationToken);
                    var report = parsed.GetValue(url) is { } address
                        ? await AskAsync(address, credential, cancellationToken)
                        : await CheckAsync(settings, credential);
                    Print(report, parsed.GetValue(json));
                    return report.Verified ? 0 : 1;
                })
        );
        return command;
    }

    /// <summary>At most a little more than a credential may have: the check itself refuses the rest.</summary>
    private static async Task<string> ReadAsync(string file, CancellationToken cancellationToken)
    {
        await using var input = file == "-" ? Console.OpenStandardInput() : File.OpenRead(file);
        var buffer = new byte[CredentialVerifier.MaxLength + 1];
        var length = await input.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        var text = Encoding.UTF8.GetString(buffer, 0, length).Trim();
        return text.Length > 0 ? text : throw new OperatorException($"{file} is empty.");
    }

    private static async Task<VerificationReport> AskAsync(
        string address,
        string credential,
        CancellationToken cancellationToken
    )
    {
        if (
            !Uri.TryCreate(address.TrimEnd('/') + "/credentials/verify", UriKind.Absolute, out var uri)
            || uri.Scheme is not ("http" or "https")
        )
        {
            throw new OperatorException("--url must be an address such as http://localhost:5080.");
        }

        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(30) };
        try
        {
            using var answer = await http.PostAsJsonAsync(
                uri,
                new VerificationRequest { VerifiableCredential = credential },
                cancellationToken
            );
            return answer.IsSuccessStatusCode
                ? (await answer.Content.ReadFromJsonAsync<VerificationReport>(cancellationToken))!
                : throw new OperatorException($"{uri} answered {(int)answer.StatusCode}.");
        }
        catch (Exception e) when (e is HttpRequestException or JsonException)
        {
            throw new OperatorException($"No answer that could be read from {uri}.");
        }
    }

    private static async Task<VerificationReport> CheckAsync(ServerSettings settings, string credential)
    {
        // Public keys are looked at only, so keys without a passphrase do as well.
        await using var app = RegistryServer.Build(settings with { RoutesOnly = true, Demo = true });
        var keys = app.Services.GetRequiredService<KeyStoreOptions>();
        if (!Directory.Exists(keys.Path) || !Directory.EnumerateFiles(keys.Path).Any())
        {
            throw new OperatorException(
                $"There are no keys of a deployment in {keys.Path}. Set Keys:Path, or ask a running server with --url."
            );
        }

        return app.Services.GetRequiredService<CredentialVerifier>().Verify(credential);
    }

    private static void Print(VerificationReport report, bool json)
    {
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(report, Indented));
            return;
        }

        foreach (var check in report.Checks)
        {
            Console.WriteLine($"{(check.Ok ? "ok    " : "FAILED")} {check.Check, -12} {check.Detail}");
        }

        if (report.Verified)
        {
            foreach (var (name, value) in report.Claims ?? new Dictionary<string, JsonElement>())
            {
                Console.WriteLine($"       {name} = {Printable(value.ToString())}");
            }
        }

        Console.WriteLine(report.Verified ? "verified" : "not verified");
    }

    /// <summary>A claim must not steer the terminal.</summary>
    private static string Printable(string text) => new([.. text.Select(c => char.IsControl(c) ? '?' : c)]);
}
