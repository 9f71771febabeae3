using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Xunit;

namespace SocialRegistry.Standards.Tests.Dci;

/// <summary>Who may come in, and what others are told.</summary>
public sealed class AccessTests(SqliteServer server) : DciTests(server), IClassFixture<SqliteServer>
{
    [Theory]
    [InlineData(null)]
    [InlineData("Bearer nonsense")]
    [InlineData("Basic dXNlcjpwYXNz")]
    public async Task Without_a_good_token_the_answer_is_401_in_DCIs_form(string? authorization)
    {
        using var client = Server.Client();
        if (authorization is not null)
        {
            client.DefaultRequestHeaders.Authorization = AuthenticationHeaderValue.Parse(authorization);
        }

        var answer = await PostAsync(client);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.Status);
        Assert.Equal("err.request.unauthorized", answer.ErrorCode());
        Assert.Equal("Bearer", Assert.Single(answer.Headers.WwwAuthenticate).Scheme);
        DciSchemas.AssertError(answer);
    }

    [Fact]
    public async Task Without_the_scope_the_answer_is_403_in_DCIs_form()
    {
        using var client = await Server.SignedInAsync(DciServer.NoSearch);

        var answer = await PostAsync(client);

        Assert.Equal(HttpStatusCode.Forbidden, answer.Status);
        Assert.Equal("err.request.forbidden", answer.ErrorCode());
        DciSchemas.AssertError(answer);
    }

    private static async Task<DciAnswer> PostAsync(HttpClient client)
    {
        using var content = new StringContent(
            Messages.Search(DciServer.NoSearch, Messages.Item()).ToJsonString(),
            Encoding.UTF8,
            "application/json"
        );
        using var answer = await client.PostAsync("/registry/sync/search", content);
        return await DciAnswer.ReadAsync(answer);
    }
}
