using System.Text.Json.Nodes;
using SocialRegistry.Credentials.Tests.Running;
using SocialRegistry.Testing;

namespace SocialRegistry.Credentials.Tests.StockClients;

/// <summary>A wallet and a verifier written by others complete the flow against the running server.</summary>
public sealed class NodeClientTests
{
    [Fact]
    public async Task Openid4vc_fetches_what_jose_and_sd_jwt_js_verify()
    {
        await using var issuer = await RunningIssuer.StartAsync();
        var offer = await issuer.OfferAsync(
            [RunningIssuer.SdJwt, RunningIssuer.JwtVc, RunningIssuer.JwtVcEs256],
            txCode: true,
            "address"
        );

        var found = JsonObject.Create(
            await NodeClient.RunAsync(
                new { offer = offer.Uri, txCode = offer.TxCode },
                TestContext.Current.CancellationToken
            )
        )!;

        Assert.Equal("V1", (string?)found["version"]);
        Assert.Equal(issuer.Issuer, (string?)found["issuer"]);
        Assert.Equal("Amara", (string?)found["claims"]!["given_name"]);
        Assert.Equal("Nyota", (string?)found["claims"]!["address"]!["locality"]);
        Assert.Equal("office-7", (string?)found["claims"]!["evidence"]![0]!["attestedBy"]);
        Assert.Equal(["EdDSA", "ES256"], found["jwtVcs"]!.AsArray().Select(vc => (string)vc!["alg"]!));
        Assert.All(found["jwtVcs"]!.AsArray(), vc => Assert.Equal("Tolvane", (string?)vc!["subject"]!["family_name"]));
        Assert.Equal("Amara", (string?)found["presented"]!["given_name"]);
        Assert.False(found["presented"]!.AsObject().ContainsKey("family_name"));

        // And what their holder presents is good here too.
        var report = await issuer.VerifyAsync((string)found["presentation"]!);
        Assert.True((bool)report["verified"]!, report.ToJsonString());
        Assert.Equal("given_name", Assert.Single(report["claims"]!.AsObject()).Key);
    }
}
