using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace SocialRegistry.Contracts.Tests;

public sealed class RegistrantIdTests
{
    [Fact]
    public void An_id_is_read_back_from_its_36_characters()
    {
        var id = RegistrantId.New(TimeProvider.System);

        Assert.Equal(id, RegistrantId.Parse(id.ToString()));
        Assert.Equal(36, id.ToString().Length);
        Assert.Equal(id.ToString().ToLowerInvariant(), id.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("42")]
    [InlineData("0190f1c27a3b7c4d8e5f60718293a4b5")]
    [InlineData("{0190f1c2-7a3b-7c4d-8e5f-60718293a4b5}")]
    [InlineData("0190f1c2-7a3b-7c4d-8e5f-60718293a4b5 ")]
    public void Anything_else_is_no_id(string? text)
    {
        Assert.False(RegistrantId.TryParse(text, out _));
        Assert.Throws<FormatException>(() => RegistrantId.Parse(text!));
    }

    [Fact]
    public void Ids_sort_by_the_time_they_were_made()
    {
        var clock = new FakeTimeProvider();
        var first = RegistrantId.New(clock);
        clock.Advance(TimeSpan.FromMilliseconds(1));
        var second = RegistrantId.New(clock);

        Assert.Equal(7, first.Value.Version);
        Assert.True(string.CompareOrdinal(first.ToString(), second.ToString()) < 0);
    }
}
