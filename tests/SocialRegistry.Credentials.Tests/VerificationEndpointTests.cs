using System.Net;
using SocialRegistry.Credentials.Tests.Running;

namespace SocialRegistry.Credentials.Tests;

public sealed class VerificationEndpointTests
{
    [Fact]
    public async Task What_is_no_request_is_refused_as_a_problem_and_what_is_no_credential_as_not_verified()
    {
        await using var issuer = await RunningIssuer.StartAsync();
        var deep = string.Concat(Enumerable.Repeat("{\"verifiableCredential\":", 1000)) + "1" + new string('}', 1000);

        foreach (
            var body in (string[])
                [
                    "",
                    "{}",
                    "[]",
                    "null",
                    "\"x\"",
                    "{\"verifiableCredential\":null}",
                    "{\"verifiableCredential\":1}",
                    "{\"verifiableCredential\":{}}",
                    "{\"verifiableCredential\":\"a\",\"verifiableCredential\":\"b\"}",
                    "{\"verifiableCredential\":\"a\",\"other\":1}",
                    "{\"verifiableCredential\":\"\\ud800\"}",
                    "{\"verifiableCredential\":\"a\"",
                    deep,
                ]
        )
        {
            await RefusedAsync(issuer, body, HttpStatusCode.BadRequest, "credentials.request_invalid");
        }

        await RefusedAsync(
            issuer,
            $"{{\"verifiableCredential\":\"{new string('a', 300_000)}\"}}",
            HttpStatusCode.RequestEntityTooLarge,
            "credentials.too_large"
        );
        var report = await issuer.VerifyAsync("no credential");
        Assert.False((bool)report["verified"]!);
        Assert.False(report.ContainsKey("claims"));
    }

    private static async Task RefusedAsync(RunningIssuer issuer, string body, HttpStatusCode status, string code)
    {
        using var answer = await issuer.Http.PostAsync("/credentials/verify", Forms.Json(body));
        Assert.True(answer.StatusCode == status, body[..Math.Min(80, body.Length)] + " " + answer.StatusCode);
        Assert.Equal("urn:social-registry:problem:" + code, (string?)(await answer.ObjectAsync())["type"]);
    }
}
