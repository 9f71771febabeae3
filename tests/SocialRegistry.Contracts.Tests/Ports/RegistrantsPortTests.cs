using Xunit;

namespace SocialRegistry.Contracts.Tests.Ports;

/// <summary>The suite of the port <c>IRegistrants</c>.</summary>
public abstract partial class RegistrantsPortTests : PortTests
{
    [Fact]
    public async Task A_stored_record_is_read_back_as_it_was_sent()
    {
        var sent = Persons.Amira();
        var stored = await Registrants.StoreAsync(sent);

        var read = (
            await Registrants.GetAsync(stored.Id, ReadOptions.Default, PortCallers.Registrar, Cancellation)
        ).Require();

        Assert.Equal(1, read.Version);
        Assert.Equal("active", read.Status);
        Assert.Equal(sent.Values.Keys.Order(), read.Values.Keys.Order());
        Assert.All(sent.Values, v => Assert.True(System.Text.Json.JsonElement.DeepEquals(v.Value, read.Values[v.Key])));
        Assert.Equal(sent.Identifiers, read.Identifiers);
    }

    [Fact]
    public async Task A_record_is_found_by_its_identifier_however_it_is_written()
    {
        var uin = Persons.NewUin();
        var stored = await Registrants.StoreAsync(Persons.Amira(uin));
        var spaced = new Identifier("uin", string.Join(' ', uin.Value.Chunk(3).Select(c => new string(c))));

        var found = (
            await Registrants.FindAsync(
                [new Identifier("UIN", "0000000000"), spaced],
                ReadOptions.Default,
                PortCallers.Registrar,
                Cancellation
            )
        ).Require();

        Assert.Null(found[0]);
        Assert.Equal(stored.Id, found[1]?.Id);
    }
}
