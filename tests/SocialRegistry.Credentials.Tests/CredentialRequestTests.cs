using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using SocialRegistry.Credentials.Tests.Running;
using SocialRegistry.Credentials.Tokens;
using SocialRegistry.Storage;

namespace SocialRegistry.Credentials.Tests;

/// <summary>Bad proofs, nonces and bodies.</summary>
public abstract class CredentialRequestTests(DatabaseProvider provider)
{
    [Fact]
    public async Task A_nonce_works_once_also_when_it_is_used_at_once()
    {
        await using var issuer = await RunningIssuer.StartAsync(provider);
        using var holder = Holder.P256();
        var token = await issuer.TokenAsync(RunningIssuer.SdJwt);
        var nonce = await issuer.NonceAsync();

        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 6)
                .Select(_ =>
                    issuer.CredentialAsync(
                        token,
                        RunningIssuer.SdJwt,
                        holder.Prove(issuer.Issuer, nonce, issuer.Clock.GetUtcNow())
                    )
                )
        );
        using var later = await issuer.CredentialAsync(
            token,
            RunningIssuer.SdJwt,
            holder.Prove(issuer.Issuer, nonce, issuer.Clock.GetUtcNow())
        );

        Assert.Single(answers, answer => answer.IsSuccessStatusCode);
        foreach (var replay in answers.Where(answer => !answer.IsSuccessStatusCode))
        {
            await replay.RefusedAsync("invalid_nonce");
        }

        var refusal = await later.RefusedAsync("invalid_nonce");
        Assert.NotNull(refusal["c_nonce"]);
        Array.ForEach(answers, answer => answer.Dispose());
    }

    [Fact]
    public async Task A_nonce_that_is_foreign_forged_or_too_old_is_refused()
    {
        await using var issuer = await RunningIssuer.StartAsync(provider);
        await using var other = await RunningIssuer.StartAsync(provider);
        using var holder = Holder.P256();
        var token = await issuer.TokenAsync(RunningIssuer.SdJwt);
        var nonce = await issuer.NonceAsync();
        var forged = nonce[..^4] + (nonce.EndsWith("AAAA", StringComparison.Ordinal) ? "BBBB" : "AAAA");

        foreach (var bad in (string[])[await other.NonceAsync(), forged, nonce + "A", "", "nonce", "ü"])
        {
            using var answer = await AskAsync(issuer, token, holder, bad);
            await answer.RefusedAsync("invalid_nonce");
        }

        issuer.Clock.Advance(TimeSpan.FromMinutes(5));
        using var late = await AskAsync(issuer, token, holder, nonce);
        await late.RefusedAsync("invalid_nonce");
    }

    [Fact]
    public async Task Nothing_but_a_whole_proof_for_this_issuer_is_taken()
    {
        await using var issuer = await RunningIssuer.StartAsync(provider);
        using var holder = Holder.P256();
        using var thief = Holder.P256();
        var token = await issuer.TokenAsync(RunningIssuer.SdJwt);
        var nonce = await issuer.NonceAsync();
        var now = issuer.Clock.GetUtcNow();
        var seconds = now.ToUnixTimeSeconds();
        string Bad(Action<JsonObject, JsonObject> change) => holder.Prove(issuer.Issuer, nonce, now, change);

        var good = holder.Prove(issuer.Issuer, nonce, now);
        var parts = good.Split('.');
        var deep = string.Concat(Enumerable.Repeat("[", 1000)) + string.Concat(Enumerable.Repeat("]", 1000));
        var bad = new Dictionary<string, string>
        {
            ["alg none"] = Holder.Encode("""{"alg":"none","typ":"openid4vci-proof+jwt"}""") + "." + parts[1] + ".",
            ["alg none, signed"] = Bad((header, _) => header["alg"] = "none"),
            ["alg HS256"] = Bad((header, _) => header["alg"] = "HS256"),
            ["alg of another key type"] = Bad((header, _) => header["alg"] = "EdDSA"),
            ["alg not listed"] = Bad((header, _) => header["alg"] = "ES384"),
            ["alg missing"] = Bad((header, _) => header.Remove("alg")),
            ["typ JWT"] = Bad((header, _) => header["typ"] = "JWT"),
            ["typ missing"] = Bad((header, _) => header.Remove("typ")),
            ["crit"] = Bad((header, _) => header["crit"] = new JsonArray("b64")),
            ["another's key"] = Bad((header, _) => header["jwk"] = thief.Jwk()),
            ["no key"] = Bad((header, _) => header.Remove("jwk")),
            ["two keys"] = Bad((header, _) => header["kid"] = holder.DidKeyUrl),
            ["private key"] = Bad((header, _) => header["jwk"]!["d"] = holder.Parts.X),
            ["symmetric key"] = Bad((header, _) => header["jwk"] = new JsonObject { ["kty"] = "oct", ["k"] = "AAAA" }),
            ["point off the curve"] = Bad((header, _) => header["jwk"]!["y"] = holder.Parts.X),
            ["x5c"] = Bad((header, _) => header["x5c"] = new JsonArray("MIIB")),
            ["unknown kid"] = Bad(
                (header, _) =>
                {
                    header.Remove("jwk");
                    header["kid"] = "did:web:evil.example#1";
                }
            ),
            ["kid without key"] = Bad(
                (header, _) =>
                {
                    header.Remove("jwk");
                    header["kid"] = "key-1";
                }
            ),
            ["aud of another"] = Bad((_, claims) => claims["aud"] = "https://other.example"),
            ["aud with a slash"] = Bad((_, claims) => claims["aud"] = issuer.Issuer + "/"),
            ["two audiences"] = Bad(
                (_, claims) => claims["aud"] = new JsonArray(issuer.Issuer, "https://other.example")
            ),
            ["aud missing"] = Bad((_, claims) => claims.Remove("aud")),
            ["iat missing"] = Bad((_, claims) => claims.Remove("iat")),
            ["iat a text"] = Bad((_, claims) => claims["iat"] = seconds.ToString()),
            ["iat too old"] = Bad((_, claims) => claims["iat"] = seconds - 301),
            ["iat in the future"] = Bad((_, claims) => claims["iat"] = seconds + 61),
            ["iat absurd"] = Bad((_, claims) => claims["iat"] = 1e300),
            ["expired"] = Bad((_, claims) => claims["exp"] = seconds - 61),
            ["not yet"] = Bad((_, claims) => claims["nbf"] = seconds + 61),
            ["nonce missing"] = Bad((_, claims) => claims.Remove("nonce")),
            ["nonce a number"] = Bad((_, claims) => claims["nonce"] = 1),
            ["payload changed"] = parts[0] + "." + Holder.Encode("{\"aud\":\"x\"}") + "." + parts[2],
            ["signature cut"] = good[..^2],
            ["not a JWT"] = "abc",
            ["empty"] = "",
            ["padding"] = good + "=",
            ["payload an array"] = parts[0] + "." + Holder.Encode("[]") + "." + parts[2],
            ["payload deep"] = parts[0] + "." + Holder.Encode(deep) + "." + parts[2],
            ["header deep"] = Holder.Encode(deep) + "." + parts[1] + "." + parts[2],
            ["header member twice"] =
                Holder.Encode("""{"alg":"ES256","alg":"ES256"}""") + "." + parts[1] + "." + parts[2],
            ["too long"] = Bad((_, claims) => claims["filler"] = new string('a', 9000)),
        };

        foreach (var (name, proof) in bad)
        {
            using var answer = await issuer.CredentialAsync(token, RunningIssuer.SdJwt, proof);
            var text = await answer.Content.ReadAsStringAsync();
            Assert.True(text.Contains("\"invalid_proof\"", StringComparison.Ordinal), name + ": " + text);
            await answer.RefusedAsync("invalid_proof");
        }

        // None of them used up the nonce.
        using var right = await issuer.CredentialAsync(token, RunningIssuer.SdJwt, good);
        Assert.Equal(HttpStatusCode.OK, right.StatusCode);
    }

    [Fact]
    public async Task A_request_that_is_no_such_request_is_refused_with_its_code()
    {
        await using var issuer = await RunningIssuer.StartAsync(provider);
        using var holder = Holder.P256();
        var token = await issuer.TokenAsync(RunningIssuer.SdJwt);
        var proof = holder.Prove(issuer.Issuer, await issuer.NonceAsync(), issuer.Clock.GetUtcNow());

        const string Id = "\"credential_configuration_id\":\"SocialRegistryPerson_dc+sd-jwt\"";
        var deep = string.Concat(Enumerable.Repeat("{\"a\":", 1000)) + "1" + new string('}', 1000);

        await RefusedAsync("", "invalid_credential_request");
        await RefusedAsync("[]", "invalid_credential_request");
        await RefusedAsync("{", "invalid_credential_request");
        await RefusedAsync(deep, "invalid_credential_request");
        await RefusedAsync("""{<id>,<id>,"proofs":<proofs>}""", "invalid_credential_request");
        await RefusedAsync("""{"proofs":<proofs>}""", "invalid_credential_request");
        await RefusedAsync("""{"credential_configuration_id":1,"proofs":<proofs>}""", "invalid_credential_request");
        await RefusedAsync("""{<id>,"credential_identifier":"x","proofs":<proofs>}""", "invalid_credential_request");
        await RefusedAsync(
            """{<id>,"proof":{"proof_type":"jwt","jwt":"<proof>"},"proofs":<proofs>}""",
            "invalid_credential_request"
        );
        await RefusedAsync(
            """{"credential_configuration_id":"Unknown","proofs":<proofs>}""",
            "unknown_credential_configuration"
        );
        await RefusedAsync(
            """{"credential_configuration_id":"SocialRegistryPerson_jwt_vc_json","proofs":<proofs>}""",
            "unknown_credential_configuration"
        );
        await RefusedAsync(
            """{"credential_identifier":"SocialRegistryPerson_dc+sd-jwt/1","proofs":<proofs>}""",
            "unknown_credential_identifier"
        );
        await RefusedAsync("""{"format":"mso_mdoc","proofs":<proofs>}""", "unsupported_credential_format");
        await RefusedAsync("""{<id>}""", "invalid_proof");
        await RefusedAsync("""{<id>,"proofs":{}}""", "invalid_proof");
        await RefusedAsync("""{<id>,"proofs":{"jwt":[]}}""", "invalid_proof");
        await RefusedAsync("""{<id>,"proofs":{"jwt":[1]}}""", "invalid_proof");
        await RefusedAsync("""{<id>,"proofs":{"jwt":["\ud800"]}}""", "invalid_proof");
        await RefusedAsync("""{<id>,"proofs":{"jwt":["<proof>"],"attestation":[]}}""", "invalid_proof");
        await RefusedAsync("""{<id>,"proof":{"proof_type":"cwt","cwt":"x"}}""", "invalid_proof");
        await RefusedAsync(
            """{<id>,"credential_response_encryption":{},"proofs":<proofs>}""",
            "invalid_encryption_parameters"
        );

        using var large = await issuer.CredentialAsync(token, Forms.Json($"{{\"a\":\"{new string('a', 200_000)}\"}}"));
        await large.RefusedAsync("invalid_credential_request", HttpStatusCode.RequestEntityTooLarge);
        using var form = await issuer.CredentialAsync(token, Forms.Redeem("x"));
        await form.RefusedAsync("invalid_credential_request");
        using var encrypted = await issuer.CredentialAsync(
            token,
            new StringContent("a.b.c.d.e", Encoding.ASCII, "application/jwt")
        );
        await encrypted.RefusedAsync("invalid_encryption_parameters");

        async Task RefusedAsync(string body, string error)
        {
            var text = body.Replace("<id>", Id, StringComparison.Ordinal)
                .Replace("<proofs>", """{"jwt":["<proof>"]}""", StringComparison.Ordinal)
                .Replace("<proof>", proof, StringComparison.Ordinal);
            using var answer = await issuer.CredentialAsync(token, Forms.Json(text));
            await answer.RefusedAsync(error);
        }
    }

    [Fact]
    public async Task A_token_does_not_give_credentials_without_end()
    {
        await using var issuer = await RunningIssuer.StartAsync(provider);
        using var holder = Holder.P256();
        var token = await issuer.TokenAsync(RunningIssuer.SdJwt);
        await using (var db = issuer.Db())
        {
            await db.Set<Grant>().ExecuteUpdateAsync(set => set.SetProperty(grant => grant.Issued, 99));
        }

        using var last = await AskAsync(issuer, token, holder, await issuer.NonceAsync());
        using var over = await AskAsync(issuer, token, holder, await issuer.NonceAsync());

        Assert.Equal(HttpStatusCode.OK, last.StatusCode);
        await over.RefusedAsync("credential_request_denied");
    }

    private static Task<HttpResponseMessage> AskAsync(
        RunningIssuer issuer,
        string token,
        Holder holder,
        string nonce
    ) =>
        issuer.CredentialAsync(
            token,
            RunningIssuer.SdJwt,
            holder.Prove(issuer.Issuer, nonce, issuer.Clock.GetUtcNow())
        );
}

/// <summary>On the embedded database.</summary>
public sealed class CredentialRequestsOnSqliteTests() : CredentialRequestTests(DatabaseProvider.Sqlite);

/// <summary>On PostgreSQL.</summary>
public sealed class CredentialRequestsOnPostgresTests() : CredentialRequestTests(DatabaseProvider.Postgres);
