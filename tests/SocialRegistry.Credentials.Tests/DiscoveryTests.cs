using System.Net;
using System.Text.Json.Nodes;
using SocialRegistry.Credentials.Issuer;
using SocialRegistry.Credentials.Tests.Running;
using SocialRegistry.Host.Demo;

namespace SocialRegistry.Credentials.Tests;

public sealed class DiscoveryTests
{
    [Theory]
    [InlineData("https://registry.example.org", "did:web:registry.example.org", "")]
    [InlineData("https://registry.example.org/", "did:web:registry.example.org", "")]
    [InlineData("http://localhost:5080", "did:web:localhost%3A5080", "")]
    [InlineData("https://example.org/a/b", "did:web:example.org:a:b", "/a/b")]
    [InlineData("https://example.org:8443/a", "did:web:example.org%3A8443:a", "/a")]
    [InlineData("http://[::1]:5080", "did:web:%5B%3A%3A1%5D%3A5080", "")]
    public void The_did_is_that_of_the_public_address(string url, string did, string path)
    {
        var issuer = IssuerIdentity.From(url);

        Assert.Equal(did, issuer.Did);
        Assert.Equal(path, issuer.Path);
    }

    [Theory]
    [InlineData("")]
    [InlineData("registry.example.org")]
    [InlineData("ftp://example.org")]
    [InlineData("https://example.org/?a")]
    [InlineData("https://example.org/#a")]
    public void What_is_no_address_is_no_issuer(string url) =>
        Assert.Throws<ArgumentException>(() => IssuerIdentity.From(url));

    [Fact]
    public async Task The_metadata_tell_what_can_be_fetched_and_how()
    {
        await using var issuer = await RunningIssuer.StartAsync();
        var metadata = await ReadAsync(issuer, "/.well-known/openid-credential-issuer");
        var server = await ReadAsync(issuer, "/.well-known/oauth-authorization-server");

        Assert.Equal(issuer.Issuer, (string?)metadata["credential_issuer"]);
        Assert.Equal(issuer.Issuer + "/credentials/credential", (string?)metadata["credential_endpoint"]);
        Assert.Equal(issuer.Issuer + "/credentials/nonce", (string?)metadata["nonce_endpoint"]);
        Assert.Equal(10, (int)metadata["batch_credential_issuance"]!["batch_size"]!);
        var configurations = metadata["credential_configurations_supported"]!.AsObject();
        Assert.Equal(
            [RunningIssuer.SdJwt, RunningIssuer.JwtVc, RunningIssuer.JwtVcEs256],
            configurations.Select(c => c.Key)
        );
        Assert.All(configurations, c => Assert.NotNull(c.Value!["credential_metadata"]));
        var sdJwt = configurations[RunningIssuer.SdJwt]!;
        Assert.Equal("dc+sd-jwt", (string?)sdJwt["format"]);
        Assert.Equal(issuer.Issuer + "/credentials/types/SocialRegistryPerson", (string?)sdJwt["vct"]);
        Assert.Equal("""["given_name"]""", sdJwt["credential_metadata"]!["claims"]![0]!["path"]!.ToJsonString());
        Assert.Equal(
            """[{"name":"given_name","locale":"en"},{"name":"fr given_name","locale":"fr"}]""",
            sdJwt["credential_metadata"]!["claims"]![0]!["display"]!.ToJsonString()
        );
        Assert.Equal(
            """["credentialSubject","given_name"]""",
            configurations[RunningIssuer.JwtVc]!["credential_metadata"]!["claims"]![0]!["path"]!.ToJsonString()
        );
        Assert.Equal(issuer.Issuer, (string?)server["issuer"]);
        Assert.Equal(issuer.Issuer + "/credentials/token", (string?)server["token_endpoint"]);
        Assert.True((bool)server["pre-authorized_grant_anonymous_access_supported"]!);
    }

    [Fact]
    public async Task An_issuer_with_a_path_is_found_at_both_well_known_places_and_serves_wallets()
    {
        await using var issuer = await RunningIssuer.StartAsync(path: "/tenant/a");
        foreach (var name in (string[])["openid-credential-issuer", "oauth-authorization-server", "jwt-vc-issuer"])
        {
            var inserted = await ReadAsync(issuer, $"/.well-known/{name}/tenant/a");
            var appended = await ReadAsync(issuer, $"/tenant/a/.well-known/{name}");
            Assert.Equal(inserted.ToJsonString(), appended.ToJsonString());
            Assert.Equal(issuer.Issuer, (string?)(inserted["issuer"] ?? inserted["credential_issuer"]));
        }

        var did = await ReadAsync(issuer, "/tenant/a/did.json", "application/did+json");
        Assert.EndsWith(":tenant:a", (string?)did["id"], StringComparison.Ordinal);

        var offer = await issuer.OfferAsync([RunningIssuer.SdJwt, RunningIssuer.JwtVc]);
        using var wallet = new TestWallet(new HttpClient());
        foreach (var credential in await wallet.AcceptAsync(offer.Uri, offer.TxCode!, CancellationToken.None))
        {
            Assert.True((bool)(await issuer.VerifyAsync(credential))["verified"]!);
        }
    }

    [Fact]
    public async Task Keys_are_published_in_every_form_and_without_private_members()
    {
        await using var issuer = await RunningIssuer.StartAsync();
        var set = await ReadAsync(issuer, "/.well-known/jwks.json");
        var did = await ReadAsync(issuer, "/.well-known/did.json", "application/did+json");
        var vc = await ReadAsync(issuer, "/.well-known/jwt-vc-issuer");

        var keys = set["keys"]!.AsArray();
        Assert.Equal(4, keys.Count);
        Assert.Equal(4, keys.Select(key => (string?)key!["kid"]).Distinct().Count());
        Assert.All(keys, key => Assert.False(key!.AsObject().ContainsKey("d")));
        Assert.Equal((string?)keys[0]!["kid"], (string?)vc["jwks"]!["keys"]![0]!["kid"]);
        Assert.Equal("https://www.w3.org/ns/did/v1", (string?)did["@context"]![0]);
        Assert.Equal(IssuerIdentity.From(issuer.Issuer).Did, (string?)did["id"]);
        var methods = did["verificationMethod"]!.AsArray();
        Assert.Equal(
            ["Ed25519VerificationKey2020", "JsonWebKey2020", "Multikey"],
            methods.Select(method => (string)method!["type"]!).Distinct().Order()
        );
        Assert.Equal(methods.Count, methods.Select(method => (string)method!["id"]!).Distinct().Count());
        Assert.Equal(
            methods.Select(method => (string)method!["id"]!),
            did["assertionMethod"]!.AsArray().Select(id => (string)id!)
        );

        var token = await issuer.TokenAsync(RunningIssuer.JwtVc);
        using var holder = Holder.P256();
        using var answer = await issuer.CredentialAsync(
            token,
            RunningIssuer.JwtVc,
            holder.Prove(issuer.Issuer, await issuer.NonceAsync(), issuer.Clock.GetUtcNow())
        );
        var credential = (string)(await answer.ObjectAsync())["credentials"]![0]!["credential"]!;
        Assert.Contains(
            Holder.Part(credential, 0).GetProperty("kid").GetString(),
            methods.Select(m => (string)m!["id"]!)
        );
    }

    [Fact]
    public async Task The_type_of_a_credential_is_described_at_its_vct()
    {
        await using var issuer = await RunningIssuer.StartAsync();
        var type = await ReadAsync(issuer, "/credentials/types/SocialRegistryPerson");
        using var unknown = await issuer.Http.GetAsync("/credentials/types/Nothing");

        Assert.Equal(issuer.Issuer + "/credentials/types/SocialRegistryPerson", (string?)type["vct"]);
        Assert.Contains(type["claims"]!.AsArray(), claim => (string?)claim!["path"]![0] == "family_name");
        Assert.All(type["claims"]!.AsArray(), claim => Assert.Equal("always", (string?)claim!["sd"]));
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    [Fact]
    public async Task Wallets_in_browsers_may_call()
    {
        await using var issuer = await RunningIssuer.StartAsync();
        foreach (
            var (method, path) in ((string, string)[])
                [
                    ("GET", "/.well-known/openid-credential-issuer"),
                    ("POST", "/credentials/token"),
                    ("POST", "/credentials/nonce"),
                    ("POST", "/credentials/credential"),
                    ("POST", "/credentials/verify"),
                ]
        )
        {
            using var preflight = new HttpRequestMessage(HttpMethod.Options, path);
            preflight.Headers.Add("Origin", "https://wallet.example");
            preflight.Headers.Add("Access-Control-Request-Method", method);
            preflight.Headers.Add("Access-Control-Request-Headers", "authorization,content-type");
            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            request.Headers.Add("Origin", "https://wallet.example");

            using var allowed = await issuer.Http.SendAsync(preflight);
            using var answer = await issuer.Http.SendAsync(request);

            Assert.Equal(HttpStatusCode.NoContent, allowed.StatusCode);
            Assert.Equal("*", Assert.Single(allowed.Headers.GetValues("Access-Control-Allow-Origin")));
            Assert.Equal("*", Assert.Single(answer.Headers.GetValues("Access-Control-Allow-Origin")));
        }
    }

    [Fact]
    public async Task Our_own_API_is_not_open_to_other_sites()
    {
        await using var issuer = await RunningIssuer.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/credential-offers");
        request.Headers.Add("Origin", "https://wallet.example");

        using var answer = await issuer.Http.SendAsync(request);

        Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
    }

    private static async Task<JsonObject> ReadAsync(
        RunningIssuer issuer,
        string path,
        string mediaType = "application/json"
    )
    {
        using var answer = await issuer.Http.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(mediaType, answer.Content.Headers.ContentType!.MediaType);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.AsObject();
    }
}
