using System.Net;
using Xunit;

namespace SocialRegistry.Standards.Tests.Dci;

/// <summary>The same message again, and another one under its id.</summary>
public sealed class MessageIdTests(SqliteServer server) : DciTests(server), IClassFixture<SqliteServer>
{
    [Fact]
    public async Task The_same_message_is_answered_again()
    {
        var message = Messages.Search(DciServer.Programme, Messages.Item());

        var first = await Server.SendAsync(message);
        var again = await Server.SendAsync(message);

        Assert.Equal(HttpStatusCode.OK, again.Status);
        DciSchemas.AssertAnswer(again);
        Assert.Equal(first.Records().ToJsonString(), again.Records().ToJsonString());
    }

    [Fact]
    public async Task Another_message_under_a_used_id_is_refused_by_its_header()
    {
        var message = Messages.Search(DciServer.Programme, Messages.Item());
        await Server.SendAsync(message);

        var other = await Server.SendAsync(message.With("message.transaction_id", "another"));

        Assert.Equal(HttpStatusCode.OK, other.Status);
        DciSchemas.AssertAnswer(other);
        Assert.Equal("rjct", (string?)other.Body["header"]!["status"]);
        Assert.Equal("rjct.message_id.duplicate", (string?)other.Body["header"]!["status_reason_code"]);
        Assert.False(other.Body.ContainsKey("message"));
    }

    [Fact]
    public async Task An_id_belongs_to_its_sender()
    {
        var message = Messages.Search(DciServer.Programme, Messages.Item());
        await Server.SendAsync(message);

        var other = await Server.SendAsync(
            message.With("header.sender_id", DciServer.Narrow).With("message.transaction_id", "another"),
            DciServer.Narrow
        );

        Assert.Equal("succ", (string?)other.Body["header"]!["status"]);
    }

    [Fact]
    public async Task A_message_that_was_refused_may_be_mended_under_its_id()
    {
        var message = Messages
            .Search(DciServer.Programme, Messages.Item())
            .With("message.search_request.0.locale", "en");
        Assert.Equal(HttpStatusCode.BadRequest, (await Server.SendAsync(message)).Status);

        var mended = await Server.SendAsync(message.With("message.search_request.0.locale", "eng"));

        Assert.Equal("succ", (string?)mended.Body["header"]!["status"]);
    }
}
