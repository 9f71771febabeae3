using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using SocialRegistry.Credentials.Offers;
using SocialRegistry.Credentials.Tests.Running;
using SocialRegistry.Storage;

namespace SocialRegistry.Credentials.Tests;

/// <summary>Codes, tx_codes and tokens.</summary>
public abstract class TokenTests(DatabaseProvider provider)
{
    private const string Path = "/credentials/token";

    [Fact]
    public async Task A_code_is_good_once_and_the_answer_is_not_stored_on_the_way()
    {
        await using var issuer = await RunningIssuer.StartAsync(provider);
        var offer = await issuer.OfferAsync([RunningIssuer.SdJwt]);

        using var first = await issuer.Http.PostAsync(Path, Forms.Redeem(offer.Code, offer.TxCode));
        using var second = await issuer.Http.PostAsync(Path, Forms.Redeem(offer.Code, offer.TxCode));

        var grant = await first.ObjectAsync();
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.True(first.Headers.CacheControl!.NoStore);
        Assert.Equal("Bearer", (string?)grant["token_type"]);
        Assert.Equal(1800, (int)grant["expires_in"]!);
        Assert.NotNull(grant["c_nonce"]);
        Assert.False(grant.ContainsKey("authorization_details"));
        await second.RefusedAsync("invalid_grant");
    }

    [Fact]
    public async Task Five_wrong_tx_codes_burn_the_offer()
    {
        await using var issuer = await RunningIssuer.StartAsync(provider);
        var offer = await issuer.OfferAsync([RunningIssuer.SdJwt]);

        for (var i = 0; i < 5; i++)
        {
            using var wrong = await issuer.Http.PostAsync(Path, Forms.Redeem(offer.Code, Wrong(offer.TxCode!)));
            await wrong.RefusedAsync("invalid_grant");
        }

        using var right = await issuer.Http.PostAsync(Path, Forms.Redeem(offer.Code, offer.TxCode));
        using var read = await issuer.Http.GetAsync("/credentials/offers/" + offer.Id);
        await right.RefusedAsync("invalid_grant");
        Assert.Equal(HttpStatusCode.NotFound, read.StatusCode);
    }

    [Fact]
    public async Task Four_wrong_tx_codes_do_not()
    {
        await using var issuer = await RunningIssuer.StartAsync(provider);
        var offer = await issuer.OfferAsync([RunningIssuer.SdJwt]);
        for (var i = 0; i < 4; i++)
        {
            using var wrong = await issuer.Http.PostAsync(Path, Forms.Redeem(offer.Code, Wrong(offer.TxCode!)));
            await wrong.RefusedAsync("invalid_grant");
        }

        using var right = await issuer.Http.PostAsync(Path, Forms.Redeem(offer.Code, offer.TxCode));

        Assert.Equal(HttpStatusCode.OK, right.StatusCode);
    }

    [Fact]
    public async Task Tries_at_once_are_counted_like_tries_one_by_one()
    {
        await using var issuer = await RunningIssuer.StartAsync(provider);
        var offer = await issuer.OfferAsync([RunningIssuer.SdJwt]);

        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 12)
                .Select(_ => issuer.Http.PostAsync(Path, Forms.Redeem(offer.Code, Wrong(offer.TxCode!))))
        );
        var counted = 0;
        foreach (var answer in answers)
        {
            var body = await answer.RefusedAsync("invalid_grant");
            counted += ((string)body["error_description"]!).Contains("tx_code", StringComparison.Ordinal) ? 1 : 0;
            answer.Dispose();
        }

        await using var db = issuer.Db();
        Assert.Equal(0, (await db.Offers.SingleAsync()).TriesLeft);
        Assert.Equal(5, counted);
    }

    [Fact]
    public async Task Redeeming_at_once_gives_one_token()
    {
        await using var issuer = await RunningIssuer.StartAsync(provider);
        var offer = await issuer.OfferAsync([RunningIssuer.SdJwt], txCode: false);

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => issuer.Http.PostAsync(Path, Forms.Redeem(offer.Code)))
        );

        Assert.Single(answers, answer => answer.IsSuccessStatusCode);
        Array.ForEach(answers, answer => answer.Dispose());
    }

    [Fact]
    public async Task A_tx_code_is_sent_exactly_when_it_is_asked_for()
    {
        await using var issuer = await RunningIssuer.StartAsync(provider);
        var with = await issuer.OfferAsync([RunningIssuer.SdJwt]);
        var without = await issuer.OfferAsync([RunningIssuer.SdJwt], txCode: false);

        using var missing = await issuer.Http.PostAsync(Path, Forms.Redeem(with.Code));
        using var needless = await issuer.Http.PostAsync(Path, Forms.Redeem(without.Code, "123456"));
        using var ofAnother = await issuer.Http.PostAsync(Path, Forms.Redeem(with.Code, "000000000000"));

        await missing.RefusedAsync("invalid_request");
        await needless.RefusedAsync("invalid_request");
        await ofAnother.RefusedAsync("invalid_grant");
    }

    [Fact]
    public async Task An_expired_or_unknown_code_is_refused()
    {
        await using var issuer = await RunningIssuer.StartAsync(provider);
        var offer = await issuer.OfferAsync([RunningIssuer.SdJwt]);
        issuer.Clock.Advance(TimeSpan.FromHours(24));

        using var expired = await issuer.Http.PostAsync(Path, Forms.Redeem(offer.Code, offer.TxCode));
        using var unknown = await issuer.Http.PostAsync(Path, Forms.Redeem("unknown", "123456"));
        using var reference = await issuer.Http.PostAsync(Path, Forms.Redeem(offer.Id, offer.TxCode));

        await expired.RefusedAsync("invalid_grant");
        await unknown.RefusedAsync("invalid_grant");
        await reference.RefusedAsync("invalid_grant");
    }

    [Fact]
    public async Task A_token_that_is_missing_wrong_foreign_or_expired_opens_nothing()
    {
        await using var issuer = await RunningIssuer.StartAsync(provider);
        await using var other = await RunningIssuer.StartAsync(provider);
        var token = await issuer.TokenAsync(RunningIssuer.SdJwt);
        var foreign = await other.TokenAsync(RunningIssuer.SdJwt);

        foreach (var bad in (string?[])[null, "x", "", foreign, token + "x", token[..^1], new string('a', 9000)])
        {
            using var answer = await issuer.CredentialAsync(bad, Forms.Json("{}"));
            await answer.RefusedAsync("invalid_token", HttpStatusCode.Unauthorized);
            Assert.Equal("Bearer", Assert.Single(answer.Headers.WwwAuthenticate).Scheme);
        }

        using var known = await issuer.CredentialAsync(token, Forms.Json("{}"));
        issuer.Clock.Advance(TimeSpan.FromMinutes(30));
        using var late = await issuer.CredentialAsync(token, Forms.Json("{}"));
        Assert.Equal(HttpStatusCode.BadRequest, known.StatusCode);
        await late.RefusedAsync("invalid_token", HttpStatusCode.Unauthorized);
        Assert.Contains("invalid_token", late.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_request_that_is_no_such_request_is_refused_in_OAuths_form()
    {
        await using var issuer = await RunningIssuer.StartAsync(provider);
        const string Grant = "grant_type=" + "urn:ietf:params:oauth:grant-type:pre-authorized_code";
        await RefusedAsync("", "invalid_request");
        await RefusedAsync("grant_type=", "invalid_request");
        await RefusedAsync("grant_type=password&username=a&password=b", "unsupported_grant_type");
        await RefusedAsync("grant_type=client_credentials", "unsupported_grant_type");
        await RefusedAsync(Grant, "invalid_request");
        await RefusedAsync(Grant + "&pre-authorized_code=a&pre-authorized_code=b", "invalid_request");
        await RefusedAsync(Grant + "&pre-authorized_code=%00%ff", "invalid_request", "invalid_grant");
        await RefusedAsync(string.Join('&', Enumerable.Range(0, 50).Select(i => $"p{i}=1")), "invalid_request");
        await RefusedAsync(Grant + "&pre-authorized_code=" + new string('a', 9000), "invalid_request");

        using var json = await issuer.Http.PostAsync(Path, Forms.Json("{}"));
        await json.RefusedAsync("invalid_request");
        using var large = await issuer.Http.PostAsync(Path, Form("a=" + new string('a', 20_000)));
        await large.RefusedAsync("invalid_request", HttpStatusCode.RequestEntityTooLarge);

        async Task RefusedAsync(string form, params string[] errors)
        {
            using var answer = await issuer.Http.PostAsync(Path, Form(form));
            var error = (string)(await answer.ObjectAsync())["error"]!;
            Assert.Contains(error, errors);
            await answer.RefusedAsync(error);
        }
    }

    [Fact]
    public async Task Authorization_details_beyond_the_offer_are_refused_and_cost_no_try()
    {
        await using var issuer = await RunningIssuer.StartAsync(provider);
        var offer = await issuer.OfferAsync([RunningIssuer.SdJwt], txCode: false);
        foreach (
            var details in (string[])
                [
                    "x",
                    "{}",
                    "[]",
                    "[1]",
                    """[{"type":"other"}]""",
                    """[{"type":"openid_credential"}]""",
                    """[{"type":"openid_credential","credential_configuration_id":"SocialRegistryPerson_jwt_vc_json"}]""",
                ]
        )
        {
            using var answer = await issuer.Http.PostAsync(Path, Forms.Redeem(offer.Code, details: details));
            await answer.RefusedAsync("invalid_authorization_details");
        }

        using var good = await issuer.Http.PostAsync(Path, Forms.Redeem(offer.Code));
        Assert.Equal(HttpStatusCode.OK, good.StatusCode);
    }

    [Fact]
    public async Task What_has_run_out_is_swept_away_and_what_was_issued_stays()
    {
        await using var issuer = await RunningIssuer.StartAsync(provider);
        using var holder = Holder.P256();
        var token = await issuer.TokenAsync(RunningIssuer.SdJwt);
        using var issued = await issuer.CredentialAsync(
            token,
            RunningIssuer.SdJwt,
            holder.Prove(issuer.Issuer, await issuer.NonceAsync(), issuer.Clock.GetUtcNow())
        );
        var keeping = (Persistence.Housekeeping)issuer.App.Services.GetService(typeof(Persistence.Housekeeping))!;

        var early = await keeping.SweepAsync(CancellationToken.None);
        issuer.Clock.AdjustTime(issuer.Clock.GetUtcNow().AddDays(32));
        var late = await keeping.SweepAsync(CancellationToken.None);

        await using var db = issuer.Db();
        Assert.Equal(HttpStatusCode.OK, issued.StatusCode);
        Assert.Equal(0, early);
        Assert.Equal(3, late);
        Assert.Equal(1, await db.Set<Issuing.IssuedCredential>().CountAsync());
    }

    private static string Wrong(string txCode) => (txCode[0] == '9' ? '0' : (char)(txCode[0] + 1)) + txCode[1..];

    private static StringContent Form(string text) => new(text, Encoding.UTF8, "application/x-www-form-urlencoded");
}

/// <summary>On the embedded database.</summary>
public sealed class TokensOnSqliteTests() : TokenTests(DatabaseProvider.Sqlite);

/// <summary>On PostgreSQL.</summary>
public sealed class TokensOnPostgresTests() : TokenTests(DatabaseProvider.Postgres);
