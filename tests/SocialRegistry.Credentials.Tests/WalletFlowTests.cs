using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using SocialRegistry.Contracts;
using SocialRegistry.Credentials.Issuing;
using SocialRegistry.Credentials.Tests.Running;
using SocialRegistry.Host.Demo;
using SocialRegistry.Storage;

namespace SocialRegistry.Credentials.Tests;

/// <summary>From the offer to the verified credential.</summary>
public abstract class WalletFlowTests(DatabaseProvider provider)
{
    [Fact]
    public async Task A_wallet_accepts_an_offer_and_its_credentials_verify()
    {
        await using var issuer = await RunningIssuer.StartAsync(provider);
        var offer = await issuer.OfferAsync(
            [RunningIssuer.SdJwt, RunningIssuer.JwtVc, RunningIssuer.JwtVcEs256],
            txCode: true,
            "is_disabled",
            "address",
            "odd",
            "notes"
        );
        using var wallet = new TestWallet(new HttpClient());

        var credentials = await wallet.AcceptAsync(offer.Uri, offer.TxCode!, CancellationToken.None);

        Assert.Equal(3, credentials.Count);
        foreach (var (index, credential) in credentials.Index())
        {
            var report = await issuer.VerifyAsync(credential);
            Assert.True((bool)report["verified"]!, report.ToJsonString());
            var claims = report["claims"]!.AsObject();
            Assert.Equal("Amara", (string?)claims["given_name"]);
            Assert.Equal("Tolvane", (string?)claims["family_name"]);
            Assert.Equal("1991-04-17", (string?)claims["birthdate"]);
            Assert.Equal("""{"locality":"Nyota"}""", claims["address"]!.ToJsonString());
            // Not attested, without a claim name, or with a reserved one.
            Assert.False(
                claims.ContainsKey("phone_number") || claims.ContainsKey("notes") || claims.ContainsKey("iss")
            );
            // Sensitive fields only where they can be disclosed alone.
            Assert.Equal(index == 0, claims.ContainsKey("is_disabled"));
            var evidence = Assert.Single(report["evidence"]!.AsArray())!;
            Assert.Equal("office-7", (string?)evidence["attestedBy"]);
            Assert.Equal("document", (string?)evidence["method"]);
            Assert.Equal("2026-01-02T03:04:05Z", (string?)evidence["attestedAt"]);
            Assert.DoesNotContain("remark", report.ToJsonString(), StringComparison.Ordinal);
        }

        await using var db = issuer.Db();
        var issued = await db.Issued.ToListAsync();
        Assert.Equal(3, issued.Count);
        Assert.All(issued, row => Assert.Equal(offer.Person.Value, row.Registrant));
        Assert.Single(issued.Select(row => row.HolderKey).Distinct());
    }

    [Fact]
    public async Task The_register_is_read_with_the_narrowest_scope_and_a_stated_purpose()
    {
        await using var issuer = await RunningIssuer.StartAsync(provider);
        var offer = await issuer.OfferAsync([RunningIssuer.JwtVc]);
        using var wallet = new TestWallet(new HttpClient());
        await wallet.AcceptAsync(offer.Uri, offer.TxCode!, CancellationToken.None);

        var (caller, options) = Assert.Single(issuer.Register.Reads);
        Assert.Equal([Permissions.ReadRegistrants], caller.Permissions);
        Assert.Equal("credentials", caller.Channel);
        Assert.Equal("credential issuance", caller.Purpose);
        Assert.False(caller.Fields.IsAll || caller.Fields.Contains("notes") || caller.Fields.Contains("is_disabled"));
        Assert.DoesNotContain("notes", options.Fields!);
    }

    [Fact]
    public async Task A_field_that_lost_its_attestation_since_the_offer_is_not_issued()
    {
        await using var issuer = await RunningIssuer.StartAsync(provider);
        var (token, offer) = await RedeemedAsync(issuer);
        issuer.Register.State(offer.Person, "surname", AttestationStatuses.New);

        using var answer = await AskAsync(issuer, token);

        await answer.RefusedAsync("credential_request_denied");
    }

    [Fact]
    public async Task An_attestation_that_ran_out_counts_no_more()
    {
        await using var issuer = await RunningIssuer.StartAsync(provider);
        var (token, offer) = await RedeemedAsync(issuer);
        var today = DateOnly.FromDateTime(issuer.Clock.GetUtcNow().UtcDateTime);
        issuer.Register.State(offer.Person, "phone_number", AttestationStatuses.Attested, today.AddDays(-1));
        issuer.Register.State(offer.Person, "is_disabled", AttestationStatuses.Attested, today);

        using var answer = await AskAsync(issuer, token);
        var credential = (string)(await answer.ObjectAsync())["credentials"]![0]!["credential"]!;
        var claims = (await issuer.VerifyAsync(credential))["claims"]!.AsObject();

        Assert.False(claims.ContainsKey("phone_number"));
        Assert.True(claims.ContainsKey("is_disabled"));
    }

    [Fact]
    public async Task Holders_may_prove_keys_of_both_kinds_by_all_listed_names()
    {
        await using var issuer = await RunningIssuer.StartAsync(provider);
        var token = await issuer.TokenAsync(RunningIssuer.SdJwt, RunningIssuer.JwtVc);
        foreach (var p256 in (bool[])[true, false])
        {
            foreach (var binding in (string[])["did:key", "did:jwk", "jwk"])
            {
                using var holder = p256 ? Holder.P256() : Holder.OfEd25519();
                var sdJwt = await FetchAsync(issuer, token, RunningIssuer.SdJwt, holder, binding);
                var jwtVc = await FetchAsync(issuer, token, RunningIssuer.JwtVc, holder, binding);

                var bound = Holder.Part(sdJwt, 1).GetProperty("cnf").GetProperty("jwk");
                Assert.Equal(holder.Parts.X, bound.GetProperty("x").GetString());
                Assert.Equal(
                    (binding == "did:key" ? holder.DidKeyUrl : holder.DidJwkUrl).Split('#')[0],
                    Holder.Part(jwtVc, 1).GetProperty("sub").GetString()
                );
            }
        }
    }

    [Fact]
    public async Task A_batch_has_one_credential_for_each_key_and_not_more_than_advertised()
    {
        await using var issuer = await RunningIssuer.StartAsync(provider);
        var token = await issuer.TokenAsync(RunningIssuer.SdJwt);
        var nonce = await issuer.NonceAsync();
        var holders = Enumerable.Range(0, 11).Select(_ => Holder.P256()).ToList();
        string[] proofs = [.. holders.Select(h => h.Prove(issuer.Issuer, nonce, issuer.Clock.GetUtcNow()))];

        using var many = await issuer.CredentialAsync(token, RunningIssuer.SdJwt, proofs);
        using var same = await issuer.CredentialAsync(token, RunningIssuer.SdJwt, proofs[0], proofs[0]);
        using var good = await issuer.CredentialAsync(token, RunningIssuer.SdJwt, proofs[..10]);

        await many.RefusedAsync("invalid_credential_request");
        await same.RefusedAsync("invalid_proof");
        var credentials = (await good.ObjectAsync())["credentials"]!.AsArray();
        Assert.Equal(10, credentials.Count);
        for (var i = 0; i < 10; i++)
        {
            var bound = Holder.Part((string)credentials[i]!["credential"]!, 1).GetProperty("cnf").GetProperty("jwk");
            Assert.Equal(holders[i].Parts.X, bound.GetProperty("x").GetString());
        }

        Assert.Equal(
            10,
            credentials
                .Select(c => Holder.Part((string)c!["credential"]!, 1).GetProperty("_sd")[0].GetString())
                .Distinct()
                .Count()
        );
        holders.ForEach(holder => holder.Dispose());
    }

    [Fact]
    public async Task Wallets_of_the_drafts_are_understood()
    {
        await using var issuer = await RunningIssuer.StartAsync(provider);
        var offer = await issuer.OfferAsync([RunningIssuer.SdJwt, RunningIssuer.JwtVc], txCode: false);
        using var redeemed = await issuer.Http.PostAsync("/credentials/token", Forms.Redeem(offer.Code));
        var grant = await redeemed.ObjectAsync();
        using var holder = Holder.P256();
        var proof = holder.Prove(issuer.Issuer, (string)grant["c_nonce"]!, issuer.Clock.GetUtcNow());
        var first = new JsonObject
        {
            ["format"] = "vc+sd-jwt",
            ["vct"] = issuer.Issuer + "/credentials/types/SocialRegistryPerson",
            ["proof"] = new JsonObject { ["proof_type"] = "jwt", ["jwt"] = proof },
        };

        using var answer = await issuer.CredentialAsync(
            (string)grant["access_token"]!,
            Forms.Json(first.ToJsonString())
        );
        var issued = await answer.ObjectAsync();
        var second = new JsonObject
        {
            ["format"] = "jwt_vc_json",
            ["credential_definition"] = new JsonObject
            {
                ["type"] = new JsonArray("VerifiableCredential", "SocialRegistryPerson"),
            },
            ["proof"] = new JsonObject
            {
                ["proof_type"] = "jwt",
                ["jwt"] = holder.Prove(issuer.Issuer, (string)issued["c_nonce"]!, issuer.Clock.GetUtcNow()),
            },
        };
        using var next = await issuer.CredentialAsync(
            (string)grant["access_token"]!,
            Forms.Json(second.ToJsonString())
        );
        var other = await next.ObjectAsync();

        Assert.Equal((string?)issued["credential"], (string?)issued["credentials"]![0]!["credential"]);
        Assert.Equal("dc+sd-jwt", Holder.Part((string)issued["credential"]!, 0).GetProperty("typ").GetString());
        Assert.Equal("EdDSA", Holder.Part((string)other["credential"]!, 0).GetProperty("alg").GetString());
    }

    [Fact]
    public async Task A_wallet_may_ask_for_identifiers_and_name_credentials_by_them()
    {
        await using var issuer = await RunningIssuer.StartAsync(provider);
        var offer = await issuer.OfferAsync([RunningIssuer.SdJwt, RunningIssuer.JwtVc], txCode: false);
        var details = $$"""[{"type":"openid_credential","credential_configuration_id":"{{RunningIssuer.JwtVc}}"}]""";
        using var redeemed = await issuer.Http.PostAsync(
            "/credentials/token",
            Forms.Redeem(offer.Code, details: details)
        );
        var grant = await redeemed.ObjectAsync();
        var detail = Assert.Single(grant["authorization_details"]!.AsArray())!;
        using var holder = Holder.P256();
        var body = new JsonObject
        {
            ["credential_identifier"] = (string)detail["credential_identifiers"]![0]!,
            ["proofs"] = new JsonObject
            {
                ["jwt"] = new JsonArray(
                    holder.Prove(issuer.Issuer, await issuer.NonceAsync(), issuer.Clock.GetUtcNow())
                ),
            },
        };
        var token = (string)grant["access_token"]!;

        using var answer = await issuer.CredentialAsync(token, Forms.Json(body.ToJsonString()));
        using var notAsked = await AskAsync(issuer, token);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await notAsked.RefusedAsync("unknown_credential_configuration");
    }

    private static async Task<string> FetchAsync(
        RunningIssuer issuer,
        string token,
        string configuration,
        Holder holder,
        string binding
    )
    {
        var proof = holder.Prove(
            issuer.Issuer,
            await issuer.NonceAsync(),
            issuer.Clock.GetUtcNow(),
            (header, _) =>
            {
                if (binding != "jwk")
                {
                    header.Remove("jwk");
                    header["kid"] = binding == "did:key" ? holder.DidKeyUrl : holder.DidJwkUrl;
                }
            }
        );
        using var answer = await issuer.CredentialAsync(token, configuration, proof);
        return (string)(await answer.ObjectAsync())["credentials"]![0]!["credential"]!;
    }

    private static async Task<HttpResponseMessage> AskAsync(RunningIssuer issuer, string token)
    {
        using var holder = Holder.P256();
        return await issuer.CredentialAsync(
            token,
            RunningIssuer.SdJwt,
            holder.Prove(issuer.Issuer, await issuer.NonceAsync(), issuer.Clock.GetUtcNow())
        );
    }

    private static async Task<(string Token, Offered Offer)> RedeemedAsync(RunningIssuer issuer)
    {
        var offer = await issuer.OfferAsync([RunningIssuer.SdJwt], txCode: false);
        using var answer = await issuer.Http.PostAsync("/credentials/token", Forms.Redeem(offer.Code));
        return ((string)(await answer.ObjectAsync())["access_token"]!, offer);
    }
}

/// <summary>On the embedded database.</summary>
public sealed class WalletFlowOnSqliteTests() : WalletFlowTests(DatabaseProvider.Sqlite);

/// <summary>On PostgreSQL.</summary>
public sealed class WalletFlowOnPostgresTests() : WalletFlowTests(DatabaseProvider.Postgres);
