using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Grpc.Core;
using Grpc.Health.V1;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using SocialRegistry.Contracts;
using SocialRegistry.Grpc.Calls;
using SocialRegistry.Grpc.Client;
using SocialRegistry.Grpc.Tests.Support;
using SocialRegistry.Protection;

namespace SocialRegistry.Grpc.Tests.Calls;

/// <summary>Who calls is what the deployment's key signed, and nothing else.</summary>
public sealed class CallerTokenTests : IAsyncLifetime
{
    private RecordedRegistry registry = null!;
    private int reached;

    private GrpcServer Server => registry.Server;

    public async ValueTask InitializeAsync()
    {
        registry = await RecordedRegistry.StartAsync(new() { ["Grpc:Reflection"] = "true" });
        registry.Answer = (_, _) =>
        {
            reached++;
            return Task.FromResult<object?>(new Filled(Amount.Least, 0).Make(typeof(CatalogueView)));
        };
    }

    public ValueTask DisposeAsync() => registry.DisposeAsync();

    [Fact]
    public async Task A_token_that_stands_is_let_in()
    {
        Assert.Equal(StatusCode.OK, await CallAsync(Server.Token()));
        Assert.Equal(1, reached);
    }

    [Fact]
    public async Task Without_a_token_only_health_answers()
    {
        await RefusedAsync(null);
        var health = new Health.HealthClient(Server.Channel);
        Assert.Equal(
            HealthCheckResponse.Types.ServingStatus.Serving,
            (await health.CheckAsync(new HealthCheckRequest())).Status
        );
        Server.Services.GetRequiredService<SwitchedHealth>().Healthy = false;
        var ill = await health.CheckAsync(new HealthCheckRequest());
        Assert.Equal(new HealthCheckResponse { Status = HealthCheckResponse.Types.ServingStatus.NotServing }, ill);
    }

    [Fact]
    public void Every_endpoint_but_health_needs_the_caller_token_and_carries_the_hosts_mark()
    {
        var endpoints = Server.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).ToList();
        var open = endpoints.Where(e =>
            e.Metadata.GetMetadata<AuthorizationPolicy>()
                ?.AuthenticationSchemes.SequenceEqual([CallerAuthentication.SchemeName]) != true
        );
        Assert.True(endpoints.Count > RecordedRegistry.Methods.Count());
        Assert.Contains(endpoints, e => e.DisplayName!.Contains("Unimplemented", StringComparison.Ordinal));
        Assert.Contains(endpoints, e => e.DisplayName!.Contains("reflection", StringComparison.Ordinal));
        Assert.All(open, e => Assert.Contains("grpc.health.v1.Health", e.DisplayName!));
        Assert.All(endpoints, e => Assert.NotNull(e.Metadata.GetMetadata<Marked>()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Bearer a.b")]
    [InlineData("Bearer ..")]
    [InlineData("Basic dGVzdDp0ZXN0")]
    [InlineData("Bearer e30.e30.")]
    public async Task What_is_no_token_is_refused(string authorization) =>
        await RefusedAsync(null, GrpcServer.With(authorization));

    [Fact]
    public async Task Two_tokens_in_one_call_are_refused()
    {
        var options = Server.Signed();
        options.Headers!.Add("authorization", "Bearer " + Server.Token());
        await RefusedAsync(null, options);
    }

    [Fact]
    public async Task A_caller_forged_into_a_signed_token_is_refused()
    {
        var person = Server.Token(Nobody with { Kind = CallerKind.Person });
        var parts = person.Split('.');
        var payload = Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(parts[1]));
        var forged = payload.Replace("\"person\"", "\"system\"", StringComparison.Ordinal);
        Assert.NotEqual(payload, forged);
        parts[1] = System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(forged));
        await RefusedAsync(string.Join('.', parts));
    }

    [Fact]
    public async Task Another_deployments_key_is_refused()
    {
        await RefusedAsync(new CallerTokens(new TestKeyRing(), Server.Time).Mint(Nobody).Require());
        // Also when it claims to be ours.
        var ours = Server.Keys.Signer(KeyPurpose.InternalCalls).KeyId;
        await RefusedAsync(Sign(new TestSigner(ours)));
    }

    [Fact]
    public async Task A_role_with_another_key_gets_nothing()
    {
        await using var stranger = Server.Role(new TestKeyRing());
        var failure = await Assert.ThrowsAsync<RemotePortException>(() =>
            stranger.GetRequiredService<IFieldCatalogue>().GetAsync(TestContext.Current.CancellationToken)
        );
        Assert.Equal("grpc.Unauthenticated", failure.Code);
        Assert.Equal(0, reached);
    }

    [Fact]
    public async Task The_key_of_another_purpose_is_refused() =>
        await RefusedAsync(Sign(Server.Keys.Signer(KeyPurpose.TokenSigning)));

    [Fact]
    public async Task An_expired_token_is_refused()
    {
        var token = Server.Token();
        Server.Time.Advance(CallerTokens.Lifetime - TimeSpan.FromSeconds(1));
        Assert.Equal(StatusCode.OK, await CallAsync(token));
        Server.Time.Advance(TimeSpan.FromSeconds(1));
        reached = 0;
        await RefusedAsync(token);
    }

    [Theory]
    [InlineData("alg", "none")]
    [InlineData("alg", "HS256")]
    [InlineData("typ", "at+jwt")]
    [InlineData("typ", "JWT")]
    [InlineData("typ", null)]
    [InlineData("kid", null)]
    public async Task Another_header_is_refused(string name, string? value) =>
        await RefusedAsync(Sign(Signer, header => header[name] = value));

    [Fact]
    public async Task A_token_without_signature_is_refused()
    {
        var parts = Server.Token().Split('.');
        var none = System.Buffers.Text.Base64Url.EncodeToString("""{"alg":"none","typ":"caller+jwt"}"""u8);
        await RefusedAsync($"{none}.{parts[1]}.");
        await RefusedAsync($"{parts[0]}.{parts[1]}.");
    }

    [Theory]
    [InlineData("aud", "\"https://registry.example.org\"")]
    [InlineData("aud", "[\"socialregistry.v1\"]")]
    [InlineData("exp", "\"1767225660\"")]
    [InlineData("exp", "99999999999")]
    [InlineData("iat", "1767229200")]
    [InlineData("kind", "\"root\"")]
    [InlineData("sub", "\"\"")]
    [InlineData("sub", "null")]
    [InlineData("permissions", "null")]
    [InlineData("permissions", "[null]")]
    [InlineData("fields", "null")]
    [InlineData("fields", "{\"all\":false,\"ids\":[null]}")]
    [InlineData("self", "\"me\"")]
    [InlineData("masked", "{\"all\":false,\"ids\":[null]}")]
    [InlineData("masked", "{\"all\":false,\"ids\":null}")]
    [InlineData("rows", "{}")]
    [InlineData("rows", "{\"population\":\"{}\"}")]
    [InlineData("rows", "{\"population\":\"everybody\"}")]
    [InlineData("rows", "{\"areas\":[null]}")]
    [InlineData("rows", "{\"area\":[\"A\"]}")]
    [InlineData("tomorrowsRestriction", "true")]
    public async Task Other_claims_are_refused(string name, string value) =>
        await RefusedAsync(Sign(Signer, claims: claims => claims[name] = JsonNode.Parse(value)));

    [Theory]
    [InlineData("aud")]
    [InlineData("exp")]
    [InlineData("iat")]
    [InlineData("kind")]
    [InlineData("sub")]
    [InlineData("permissions")]
    [InlineData("fields")]
    [InlineData("filters")]
    public async Task A_missing_claim_is_refused(string name) =>
        await RefusedAsync(Sign(Signer, claims: claims => claims.Remove(name)));

    [Fact]
    public async Task The_untouched_claims_of_these_tests_are_let_in() =>
        Assert.Equal(StatusCode.OK, await CallAsync(Sign(Signer)));

    [Fact]
    public async Task Claims_that_stand_twice_are_refused()
    {
        var twice = Encoding
            .UTF8.GetString(Payload())
            .Replace("{\"aud\"", "{\"kind\":\"system\",\"aud\"", StringComparison.Ordinal);
        Assert.NotEqual(Payload().Length, twice.Length);
        var header = new JsonObject { ["typ"] = CallerTokens.Type, ["kid"] = Signer.KeyId };
        await RefusedAsync(Jws.Sign(Signer, header, Encoding.UTF8.GetBytes(twice)));
    }

    [Fact]
    public async Task Unknown_methods_and_services_are_told_from_known_ones_only_with_a_token()
    {
        foreach (var path in (string[])["socialregistry.v1.Registrants/Delete", "socialregistry.v9.Registrants/Get"])
        {
            Assert.Equal(StatusCode.Unauthenticated, await UnknownAsync(path, GrpcServer.With(null)));
            Assert.Equal(StatusCode.Unimplemented, await UnknownAsync(path, Server.Signed()));
        }
    }

    [Fact]
    public async Task A_caller_too_large_for_metadata_is_a_problem_before_anything_is_sent()
    {
        var outcome = await registry
            .Role.GetRequiredService<IVersions>()
            .ListAsync(
                default,
                new PageRequest(),
                Nobody with
                {
                    Purpose = new string('x', 30_000),
                },
                TestContext.Current.CancellationToken
            );
        Assert.Equal(("grpc.caller_too_large", ProblemKind.TooLarge), (outcome.Problem!.Code, outcome.Problem.Kind));
        Assert.Equal(0, reached);
    }

    [Fact]
    public async Task The_largest_caller_that_is_minted_still_arrives()
    {
        var token = Server.Token(Nobody with { Purpose = new string('x', 17_900) });
        Assert.InRange(token.Length, CallerTokens.MaxLength - 500, CallerTokens.MaxLength);
        Assert.Equal(StatusCode.OK, await CallAsync(token));
    }

    [Fact]
    public void Everything_about_a_caller_is_the_same_at_the_other_end()
    {
        var caller = (Caller)new Filled(Amount.Everything, 3).Make(typeof(Caller));
        var tokens = new CallerTokens(Server.Keys, Server.Time);

        Assert.Equal(Shown.Of(caller), Shown.Of(tokens.Check(tokens.Mint(caller).Require()).Caller));
        Assert.False(caller.Rows.IsAll);
        Assert.Contains("area-", Shown.Of(caller));
    }

    [Fact]
    public void Scopes_of_rows_keep_what_they_leave_open()
    {
        var tokens = new CallerTokens(Server.Keys, Server.Time);
        foreach (
            var rows in (RowScope[])
                [
                    RowScope.All,
                    new RowScope { Areas = new HashSet<string>() },
                    new RowScope { Areas = new HashSet<string> { "A" } },
                    new RowScope { Population = new StatusQuery("active") },
                ]
        )
        {
            var arrived = tokens.Check(tokens.Mint(Nobody with { Rows = rows }).Require()).Caller!.Rows;
            Assert.Equal(rows.Population, arrived.Population);
            Assert.Equal(rows.Areas, arrived.Areas);
        }
    }

    private static Caller Nobody => RemoteCalls.Nobody;

    private ISigner Signer => Server.Keys.Signer(KeyPurpose.InternalCalls);

    private byte[] Payload() =>
        JsonSerializer.SerializeToUtf8Bytes(
            CallerClaims.Of(Nobody, CallerTokens.Audience, Server.Time.GetUtcNow(), CallerTokens.Lifetime),
            CallerClaims.Json
        );

    private string Sign(ISigner signer, Action<JsonObject>? header = null, Action<JsonObject>? claims = null)
    {
        var head = new JsonObject
        {
            ["alg"] = "ES256",
            ["typ"] = CallerTokens.Type,
            ["kid"] = signer.KeyId,
        };
        header?.Invoke(head);
        var payload = JsonNode.Parse(Payload())!.AsObject();
        claims?.Invoke(payload);
        var input =
            System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(head.ToJsonString()))
            + "."
            + System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(payload.ToJsonString()));
        return input + "." + System.Buffers.Text.Base64Url.EncodeToString(signer.Sign(Encoding.ASCII.GetBytes(input)));
    }

    private async Task RefusedAsync(string? token, CallOptions? options = null)
    {
        reached = 0;
        Assert.Equal(StatusCode.Unauthenticated, await CallAsync(token, options));
        Assert.Equal(0, reached);
    }

    private async Task<StatusCode> CallAsync(string? token, CallOptions? options = null)
    {
        var client = new V1.FieldCatalogue.FieldCatalogueClient(Server.Channel);
        try
        {
            await client.GetAsync(
                new V1.GetCatalogueRequest(),
                options ?? GrpcServer.With(token is null ? null : "Bearer " + token)
            );
            return StatusCode.OK;
        }
        catch (RpcException e)
        {
            return e.StatusCode;
        }
    }

    private async Task<StatusCode> UnknownAsync(string path, CallOptions options)
    {
        var parts = path.Split('/');
        var bytes = Marshallers.Create(b => b, b => b);
        var method = new Method<byte[], byte[]>(MethodType.Unary, parts[0], parts[1], bytes, bytes);
        var failure = await Assert.ThrowsAsync<RpcException>(() =>
            Server.Channel.CreateCallInvoker().AsyncUnaryCall(method, null, options, []).ResponseAsync
        );
        return failure.StatusCode;
    }
}
