using System.CommandLine;

namespace SocialRegistry.Host.Commands;

/// <summary><c>health</c>: asks a running server whether it is ready; for container health checks.</summary>
internal static class HealthCommand
{
    public static Command Create()
    {
        var url = new Option<string>("--url")
        {
            Description = "Where the server listens",
            DefaultValueFactory = _ => "http://localhost:5080",
        };
        var command = new Command("health", "Ask a running server whether it is ready (exit status 0 when it is).")
        {
            url,
        };
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
                try
                {
                    using var answer = await http.GetAsync(
                        parsed.GetValue(url)!.TrimEnd('/') + "/health/ready",
                        cancellationToken
                    );
                    Console.WriteLine(answer.IsSuccessStatusCode ? "ready" : $"not ready: {(int)answer.StatusCode}");
                    return answer.IsSuccessStatusCode ? 0 : 1;
                }
                catch (Exception e) when (e is HttpRequestException or TaskCanceledException or UriFormatException)
                {
                    await Console.Error.WriteLineAsync("socialregistry: no answer from " + parsed.GetValue(url));
                    return 1;
                }
            }
        );
        return command;
    }
}
