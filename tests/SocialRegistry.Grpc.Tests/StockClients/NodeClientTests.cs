using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using SocialRegistry.Contracts;
using SocialRegistry.Grpc.Tests.Support;
using SocialRegistry.Testing;

namespace SocialRegistry.Grpc.Tests.StockClients;

/// <summary>A stock client of another language (<c>@grpc/grpc-js</c>) calls the real server with what stands in <c>proto/</c>.</summary>
public sealed class NodeClientTests
{
    [Fact]
    public async Task Grpc_js_does_the_main_job_and_understands_every_refusal()
    {
        var cancelled = 0;
        var (partners, slow) = RecordingPort.Create<IPartners>();
        slow.Answer = async (_, arguments) =>
        {
            try
            {
                await Task.Delay(Timeout.Infinite, (CancellationToken)arguments[^1]!);
            }
            finally
            {
                Interlocked.Increment(ref cancelled);
            }

            return null;
        };
        await using var registry = await RealRegistry.StartAsync(more: services => services.AddSingleton(partners));
        const string uin = "5360488217";

        var results = await NodeClient.RunAsync(
            new
            {
                address = registry.Server.Address.Authority,
                proto = Path.Combine(Specs.Root, "proto"),
                token = registry.Server.Token(),
                nobody = "0000000000",
                create = new
                {
                    kind = "individual",
                    values = new
                    {
                        given_name = "\"Asha\"",
                        surname = "\"Öztürk\"",
                        birth_date = "\"1990-02-28\"",
                    },
                    identifiers = new[] { new { type = "UIN", value = uin } },
                    reason = "test",
                },
                update = new { values = new { surname = "\"Demir\"" }, reason = "married" },
            },
            TestContext.Current.CancellationToken
        );

        Assert.True(results.GetProperty("health").GetProperty("serving").GetBoolean());
        var fields = Answer(results, "catalogue").GetProperty("fields").EnumerateArray().ToList();
        Assert.Contains(fields, f => f.GetProperty("id").GetString() == "given_name");
        var created = Answer(results, "created").GetProperty("registrant");
        Assert.Equal("1", created.GetProperty("version").GetString());
        var found = results.GetProperty("found").GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(2, found.Count);
        Assert.Equal(
            created.GetProperty("id").GetString(),
            found[0].GetProperty("registrant").GetProperty("id").GetString()
        );
        Assert.False(found[1].TryGetProperty("registrant", out _));
        Assert.Equal("Öztürk", Value(results, "read", "surname"));
        Assert.Equal("Demir", Value(results, "changed", "surname"));

        Refused(results, "stale", "ABORTED", hasDetails: true);
        Assert.Equal("2", results.GetProperty("stale").GetProperty("version").GetString());
        Refused(results, "missing", "NOT_FOUND", hasDetails: true);
        Refused(results, "invalid", "INVALID_ARGUMENT", hasDetails: true);
        Refused(results, "notAnId", "INVALID_ARGUMENT", hasDetails: true);
        Refused(results, "notJson", "INVALID_ARGUMENT", hasDetails: true);
        Refused(results, "unsigned", "UNAUTHENTICATED");
        Refused(results, "forged", "UNAUTHENTICATED");
        Refused(results, "late", "DEADLINE_EXCEEDED");
        Refused(results, "cancelled", "CANCELLED");
        Refused(results, "unknownMethod", "UNIMPLEMENTED");
        Refused(results, "unknownService", "UNIMPLEMENTED");
        Refused(results, "tooLarge", "RESOURCE_EXHAUSTED");
        SpinWait.SpinUntil(() => Volatile.Read(ref cancelled) == 2, TimeSpan.FromSeconds(20));
        Assert.Equal(2, cancelled);
    }

    private static JsonElement Answer(JsonElement results, string call)
    {
        var result = results.GetProperty(call);
        Assert.True(result.GetProperty("status").GetString() == "OK", $"{call}: {result}");
        return result.GetProperty("answer");
    }

    /// <summary>A value out of its JSON text.</summary>
    private static string? Value(JsonElement results, string call, string field)
    {
        var values = Answer(results, call).GetProperty("registrant").GetProperty("values");
        return JsonSerializer.Deserialize<string>(values.GetProperty(field).GetString()!);
    }

    private static void Refused(JsonElement results, string call, string status, bool hasDetails = false)
    {
        var result = results.GetProperty(call);
        Assert.True(result.GetProperty("status").GetString() == status, $"{call}: {result}");
        Assert.NotEmpty(result.GetProperty("detail").GetString()!);
        Assert.Equal(hasDetails, result.GetProperty("details").GetInt32() > 0);
        Assert.Equal(hasDetails, result.TryGetProperty("problem", out _));
    }
}
