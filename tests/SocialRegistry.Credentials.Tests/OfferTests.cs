using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using SocialRegistry.Contracts;
using SocialRegistry.Credentials.Tests.Running;
using SocialRegistry.Storage;

namespace SocialRegistry.Credentials.Tests;

public sealed class OfferTests
{
    [Fact]
    public async Task An_offer_is_read_by_reference_without_personal_data_and_shown_as_QR_code()
    {
        await using var issuer = await RunningIssuer.StartAsync();
        var person = issuer.Register.Person(RunningIssuer.Required);
        using var made = await issuer.OfferAsync(Body(person.ToString()));
        var offer = await made.ObjectAsync();

        using var read = await issuer.Http.GetAsync($"/credentials/offers/{offer["id"]}");
        using var qr = await issuer.Http.GetAsync((string)offer["qr"]!);
        var text = await read.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        Assert.True(made.Headers.CacheControl!.NoStore);
        Assert.Matches("^[0-9]{6}$", (string)offer["tx_code"]!);
        Assert.Equal(
            "openid-credential-offer://?credential_offer_uri="
                + Uri.EscapeDataString($"{issuer.Issuer}/credentials/offers/{offer["id"]}"),
            (string)offer["offer_uri"]!
        );
        Assert.Equal(
            issuer.Clock.GetUtcNow().AddHours(24),
            (DateTimeOffset)offer["expires_at"]!,
            TimeSpan.FromSeconds(1)
        );
        Assert.True(read.Headers.CacheControl!.NoStore);
        Assert.DoesNotContain(person.ToString(), text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain((string)offer["tx_code"]!, text, StringComparison.Ordinal);
        var grant = JsonNode.Parse(text)!["grants"]![Forms.PreAuthorized]!;
        Assert.Equal(6, (int)grant["tx_code"]!["length"]!);
        Assert.Equal("numeric", (string?)grant["tx_code"]!["input_mode"]);
        Assert.Equal("image/svg+xml", qr.Content.Headers.ContentType!.MediaType);
        Assert.StartsWith("<svg", (await qr.Content.ReadAsStringAsync()).TrimStart(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_offer_that_is_unknown_used_or_expired_is_not_there()
    {
        await using var issuer = await RunningIssuer.StartAsync();
        var used = await issuer.OfferAsync([RunningIssuer.SdJwt], txCode: false);
        var expired = await issuer.OfferAsync([RunningIssuer.SdJwt]);
        using var redeemed = await issuer.Http.PostAsync("/credentials/token", Forms.Redeem(used.Code));
        issuer.Clock.Advance(TimeSpan.FromHours(24) + TimeSpan.FromSeconds(1));

        foreach (var id in (string[])[used.Id, expired.Id, "unknown", new string('a', 5000), "%00", "..%2f"])
        {
            using var answer = await issuer.Http.GetAsync("/credentials/offers/" + id);
            using var qr = await issuer.Http.GetAsync($"/credentials/offers/{id}/qr");
            Assert.True(answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.BadRequest, id);
            Assert.True(qr.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.BadRequest, id);
        }
    }

    [Fact]
    public async Task An_offer_needs_the_permission()
    {
        await using var issuer = await RunningIssuer.StartAsync();
        using var anonymous = await issuer.Http.PostAsync("/api/v1/credential-offers", Forms.Json(Body("x")));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/credential-offers")
        {
            Content = Forms.Json(Body("x")),
        };
        request.Headers.Add(TestCallers.Header, Permissions.ReadRegistrants);
        using var other = await issuer.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.Unauthorized, anonymous.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, other.StatusCode);
    }

    [Fact]
    public async Task What_cannot_be_offered_is_refused_with_its_reason()
    {
        await using var issuer = await RunningIssuer.StartAsync();
        var whole = issuer.Register.Person(RunningIssuer.Required).ToString();
        var partial = issuer.Register.Person("given_name", "surname").ToString();
        var rejected = issuer.Register.Person(RunningIssuer.Required);
        issuer.Register.State(rejected, "birth_date", AttestationStatuses.Rejected);

        await RefusedAsync(issuer, Body(Guid.NewGuid().ToString()), 404, "credentials.registrant_unknown");
        await RefusedAsync(issuer, Body("no id"), 404, "credentials.registrant_unknown");
        await RefusedAsync(issuer, Body(whole, "\"Nothing\""), 400, "credentials.configuration_unknown");
        await RefusedAsync(issuer, Body(whole, "\"Nothing\",null"), 400, null);
        await RefusedAsync(
            issuer,
            Body(whole, $"\"{RunningIssuer.SdJwt}\",\"{RunningIssuer.SdJwt}\""),
            400,
            "credentials.configuration_repeated"
        );
        var missing = await RefusedAsync(issuer, Body(partial), 409, "credentials.not_attested");
        await RefusedAsync(issuer, Body(rejected.ToString()), 409, "credentials.not_attested");
        Assert.Contains("birth_date", missing, StringComparison.Ordinal);
        Assert.DoesNotContain("given_name", missing, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bad_body_makes_no_offer()
    {
        await using var issuer = await RunningIssuer.StartAsync();
        foreach (
            var body in (string[])
                [
                    "{}",
                    "[]",
                    "null",
                    "{\"registrant\":\"x\"}",
                    "{\"registrant\":\"x\",\"configurations\":[]}",
                    "{\"registrant\":\"x\",\"configurations\":[\"SocialRegistryPerson_dc+sd-jwt\"],\"validHours\":0}",
                    "{\"registrant\":\"x\",\"configurations\":[\"SocialRegistryPerson_dc+sd-jwt\"],\"validHours\":721}",
                    "{\"registrant\":\"x\",\"configurations\":[\"SocialRegistryPerson_dc+sd-jwt\"],\"txCode\":\"yes\"}",
                    "{\"registrant\":\"x\",\"configurations\":[\"SocialRegistryPerson_dc+sd-jwt\"],\"other\":1}",
                    "{\"registrant\":\"x\",\"registrant\":\"y\",\"configurations\":[\"SocialRegistryPerson_dc+sd-jwt\"]}",
                    "{\"registrant\"",
                ]
        )
        {
            using var answer = await issuer.OfferAsync(body);
            Assert.True(answer.StatusCode == HttpStatusCode.BadRequest, body);
        }

        await using var db = issuer.Db();
        Assert.Empty(db.Set<Offers.Offer>());
    }

    [Fact]
    public async Task The_database_holds_nothing_that_opens_an_offer()
    {
        await using var issuer = await RunningIssuer.StartAsync(DatabaseProvider.Sqlite);
        var offer = await issuer.OfferAsync([RunningIssuer.SdJwt]);
        using var redeemed = await issuer.Http.PostAsync("/credentials/token", Forms.Redeem(offer.Code, offer.TxCode));
        var token = (string)(await redeemed.ObjectAsync())["access_token"]!;
        var file = issuer.Database.ConnectionString["Data Source=".Length..];

        var bytes = (await File.ReadAllBytesAsync(file)).Concat(await File.ReadAllBytesAsync(file + "-wal")).ToArray();

        // The search finds what is there, so that not finding means something.
        Assert.True(Contains(bytes, "SocialRegistryPerson_dc+sd-jwt"));
        Assert.False(Contains(bytes, offer.Id));
        Assert.False(Contains(bytes, offer.Code));
        Assert.False(Contains(bytes, token));
    }

    private static bool Contains(byte[] bytes, string text) =>
        bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0;

    private static async Task<string> RefusedAsync(RunningIssuer issuer, string body, int status, string? code)
    {
        using var answer = await issuer.OfferAsync(body);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True((int)answer.StatusCode == status, $"{answer.StatusCode} {text}");
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        if (code is not null)
        {
            Assert.Equal("urn:social-registry:problem:" + code, (string?)JsonNode.Parse(text)!["type"]);
        }

        return text;
    }

    private static string Body(string registrant, string configurations = "\"SocialRegistryPerson_dc+sd-jwt\"") =>
        $$"""{"registrant":"{{registrant}}","configurations":[{{configurations}}],"txCode":true}""";
}
