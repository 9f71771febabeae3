using System.Buffers.Text;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace SocialRegistry.Host.Tests.Api;

/// <summary>A connected application that has to sign what it sends, signed in.</summary>
internal sealed class SigningPartner : IDisposable
{
    private static int counter;

    private SigningPartner(string id, HttpClient client, ECDsa key)
    {
        Id = id;
        Client = client;
        Key = key;
    }

    public string Id { get; }

    public HttpClient Client { get; }

    public ECDsa Key { get; }

    /// <summary>RFC 7638: the members of an EC key in their order.</summary>
    public string Thumbprint
    {
        get
        {
            var point = Key.ExportParameters(false).Q;
            var json =
                $$"""{"crv":"P-256","kty":"EC","x":"{{Base64Url.EncodeToString(point.X)}}","y":"{{Base64Url.EncodeToString(
                    point.Y
                )}}"}""";
            return Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(json)));
        }
    }

    public static long Now => DateTimeOffset.UtcNow.ToUnixTimeSeconds();

    public static async Task<SigningPartner> CreateAsync(
        RunningRegistry registry,
        HttpClient admin,
        string[] scopes,
        string[] attributes,
        string? name = null
    )
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var point = key.ExportParameters(false).Q;
        var id = name ?? $"signer-{Interlocked.Increment(ref counter)}";
        var partner = new JsonObject
        {
            ["id"] = id,
            ["scopes"] = new JsonArray([.. scopes.Select(s => (JsonNode)s)]),
            ["attributes"] = new JsonArray([.. attributes.Select(a => (JsonNode)a)]),
            ["filters"] = new JsonArray("UIN"),
            ["purposes"] = new JsonArray("testing"),
            ["signature"] = "required",
            ["withSecret"] = true,
            ["jwks"] = new JsonObject
            {
                ["keys"] = new JsonArray(
                    new JsonObject
                    {
                        ["kty"] = "EC",
                        ["crv"] = "P-256",
                        ["x"] = Base64Url.EncodeToString(point.X),
                        ["y"] = Base64Url.EncodeToString(point.Y),
                    }
                ),
            },
        };
        using var made = await admin.SendAsync(HttpMethod.Post, "/api/v1/partners", partner.ToJsonString());
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        return new SigningPartner(
            id,
            await SignInAsync(registry, id, (string)(await made.ObjectAsync())["secret"]!),
            key
        );
    }

    /// <summary>A compact JWS over a body.</summary>
    /// <param name="key">Another one than its own.</param>
    public string Sign(string body, long? issuedAt, ECDsa? key = null)
    {
        var header = new JsonObject { ["alg"] = "ES256" };
        if (issuedAt is { } at)
        {
            header["iat"] = at;
        }

        var input =
            Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header.ToJsonString()))
            + "."
            + Base64Url.EncodeToString(Encoding.UTF8.GetBytes(body));
        var signature = (key ?? Key).SignData(Encoding.ASCII.GetBytes(input), HashAlgorithmName.SHA256);
        return input + "." + Base64Url.EncodeToString(signature);
    }

    public async Task<HttpResponseMessage> SendSignedAsync(string path, string jws)
    {
        using var content = new StringContent(jws, Encoding.ASCII, "application/jose");
        return await Client.PostAsync(path, content);
    }

    /// <summary>What must not be taken: by a stranger's key, old, from the future, undated, altered, unsigned, no JWS at all.</summary>
    /// <param name="other">Another body under the signature of this one.</param>
    public IEnumerable<string> BadForms(string body, string other)
    {
        using var stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var parts = Sign(body, Now).Split('.');
        return
        [
            Sign(body, Now, stranger),
            Sign(body, Now - 3_600),
            Sign(body, Now + 3_600),
            Sign(body, null),
            $"{parts[0]}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(other))}.{parts[2]}",
            Base64Url.EncodeToString("""{"alg":"none","iat":1}"""u8) + "." + parts[1] + ".",
            "a.b",
        ];
    }

    public void Dispose()
    {
        Client.Dispose();
        Key.Dispose();
    }

    private static async Task<HttpClient> SignInAsync(RunningRegistry registry, string partner, string secret)
    {
        using var form = new FormUrlEncodedContent(
            new Dictionary<string, string>
            {
                ["grant_type"] = "client_credentials",
                ["client_id"] = partner,
                ["client_secret"] = secret,
            }
        );
        using var answer = await registry.Http.PostAsync("/oauth2/client/token", form);
        answer.EnsureSuccessStatusCode();
        var client = new HttpClient { BaseAddress = registry.Http.BaseAddress };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Bearer",
            (string)(await answer.ObjectAsync())["access_token"]!
        );
        return client;
    }
}
