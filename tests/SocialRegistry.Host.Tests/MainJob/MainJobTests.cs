using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using SocialRegistry.Contracts;
using SocialRegistry.Host.Demo;
using SocialRegistry.Storage;

namespace SocialRegistry.Host.Tests.MainJob;

/// <summary>Records come in by CSV, fields are attested, a programme finds the person, a wallet fetches a credential, anybody verifies it.</summary>
public abstract class MainJobTests(DatabaseProvider provider)
{
    private const string Csv =
        "UIN,given_name,surname,sex,birth_date\n5360481001,Amara,Tolvane,2,1991-04-17\n5360481002,Ben,Tolvane,1,1988-01-02\n";

    [Fact]
    public async Task The_whole_job_is_done_through_the_real_doors()
    {
        await using var registry = await RunningRegistry.StartAsync(provider);
        using var client = await registry.SignedInAsync();
        await ImportAsync(client, Csv);
        var person = await FindAsync(client, "5360481001");
        await AttestAsync(client, person);

        var record = await DciAsync(client, RunningRegistry.Everything, "5360481001");
        var credentials = await FetchAsync(registry, client, person);

        Assert.Contains("Amara", record.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(2, credentials.Count);
        foreach (var credential in credentials)
        {
            Assert.True((bool)(await VerifyAsync(registry, credential))["verified"]!);
            foreach (var place in (double[])[0.05, 0.3, 0.5, 0.7, 0.95])
            {
                var tampered = Tamper(credential, (int)(credential.Length * place));
                Assert.False((bool)(await VerifyAsync(registry, tampered))["verified"]!);
            }
        }
    }

    [Fact]
    public async Task A_programme_receives_only_the_attributes_of_its_list()
    {
        await using var registry = await RunningRegistry.StartAsync(provider);
        using var client = await registry.SignedInAsync();
        using var narrow = await registry.SignedInAsync(RunningRegistry.Narrow, "registry.search");
        await ImportAsync(client, Csv);

        var record = (await DciAsync(narrow, RunningRegistry.Narrow, "5360481001")).ToJsonString();

        Assert.Contains("Amara", record, StringComparison.Ordinal);
        Assert.DoesNotContain("Tolvane", record, StringComparison.Ordinal);
        Assert.DoesNotContain("5360481001", record, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_credential_over_fields_that_nobody_attested_is_not_offered()
    {
        await using var registry = await RunningRegistry.StartAsync(provider);
        using var client = await registry.SignedInAsync();
        await ImportAsync(client, Csv);
        var person = await FindAsync(client, "5360481002");

        using var offer = await client.SendAsync(
            HttpMethod.Post,
            "/api/v1/credential-offers",
            $$"""{"registrant":"{{person}}","configurations":["SocialRegistryPerson_dc+sd-jwt"],"txCode":true}"""
        );

        Assert.Equal(HttpStatusCode.Conflict, offer.StatusCode);
    }

    private static async Task ImportAsync(HttpClient client, string csv)
    {
        using var form = new MultipartFormDataContent();
        var file = new ByteArrayContent(Encoding.UTF8.GetBytes(csv));
        file.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        form.Add(file, "file", "persons.csv");
        form.Add(new StringContent(RegistrantKinds.Individual), "kind");
        using var accepted = await client.PostAsync("/api/v1/imports", form);
        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
        JsonObject job;
        do
        {
            await Task.Delay(50);
            using var answer = await client.GetAsync(accepted.Headers.Location);
            job = await answer.ObjectAsync();
        } while ((string?)job["state"] is "queued" or "running");

        Assert.Equal("completed", (string?)job["state"]);
        Assert.Equal(0, (int)job["summary"]!["parked"]!);
    }

    private static async Task<string> FindAsync(HttpClient client, string uin)
    {
        using var found = await client.SendAsync(
            HttpMethod.Post,
            "/api/v1/registrants/search",
            $$$$"""{"query":{"identifier":{"type":"UIN","value":"{{{{uin}}}}"}}}"""
        );
        return (string)(await found.ObjectAsync())["items"]![0]!["id"]!;
    }

    private static async Task AttestAsync(HttpClient client, string person)
    {
        foreach (var field in (string[])["given_name", "surname", "sex", "birth_date"])
        {
            using var answer = await client.SendAsync(
                HttpMethod.Put,
                $"/api/v1/registrants/{person}/attestations/{field}",
                """{"status":"ATTESTED","method":"document"}"""
            );
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }

    private static async Task<JsonNode> DciAsync(HttpClient client, string sender, string uin)
    {
        var request = DciSearch.Request(sender, new Identifier("UIN", uin));
        using var answer = await client.SendAsync(HttpMethod.Post, "/registry/sync/search", request.ToJsonString());
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var item = (await answer.ObjectAsync())["message"]!["search_response"]![0]!;
        Assert.Equal("succ", (string?)item["status"]);
        return Assert.Single(item["data"]!["reg_records"]!.AsArray())!;
    }

    private static async Task<IReadOnlyList<string>> FetchAsync(
        RunningRegistry registry,
        HttpClient client,
        string person
    )
    {
        using var answer = await client.SendAsync(
            HttpMethod.Post,
            "/api/v1/credential-offers",
            $$"""
            {"registrant":"{{person}}",
             "configurations":["SocialRegistryPerson_dc+sd-jwt","SocialRegistryPerson_jwt_vc_json"],
             "txCode":true}
            """
        );
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var offer = await answer.ObjectAsync();
        using var wallet = new TestWallet(new HttpClient { Timeout = TimeSpan.FromSeconds(30) });
        return await wallet.AcceptAsync((string)offer["offer_uri"]!, (string)offer["tx_code"]!, CancellationToken.None);
    }

    private static async Task<JsonObject> VerifyAsync(RunningRegistry registry, string credential)
    {
        using var answer = await registry.Http.SendAsync(
            HttpMethod.Post,
            "/credentials/verify",
            new JsonObject { ["verifiableCredential"] = credential }.ToJsonString()
        );
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.ObjectAsync();
    }

    /// <summary>Another character of the alphabet at this place, far from the last of a part, whose spare bits say nothing.</summary>
    private static string Tamper(string credential, int at)
    {
        while (!char.IsAsciiLetterOrDigit(credential[at]) || !char.IsAsciiLetterOrDigit(credential[at + 1]))
        {
            at--;
        }

        return credential[..at] + (credential[at] == 'B' ? 'C' : 'B') + credential[(at + 1)..];
    }
}

/// <summary>On the embedded database.</summary>
public sealed class MainJobOnSqliteTests() : MainJobTests(DatabaseProvider.Sqlite);

/// <summary>On PostgreSQL.</summary>
public sealed class MainJobOnPostgresTests() : MainJobTests(DatabaseProvider.Postgres);
