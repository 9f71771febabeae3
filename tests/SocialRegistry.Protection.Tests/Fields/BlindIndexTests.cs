using System.Security.Cryptography;
using System.Text;
using SocialRegistry.Protection.Tests.Keys;
using Xunit;

namespace SocialRegistry.Protection.Tests.Fields;

public class BlindIndexTests
{
    /// <summary>RFC 4231 §4.3: HMAC-SHA-256 with the key "Jefe".</summary>
    [Fact]
    public void A_token_is_the_first_half_of_an_HMAC() =>
        Assert.Equal(
            "5bdcc146bf60754e6a042426089575c7",
            Convert.ToHexStringLower(BlindIndex.Token("Jefe"u8.ToArray(), "what do ya want for nothing?"))
        );

    [Fact]
    public void Tokens_depend_on_the_key_and_the_value()
    {
        var (first, second) = (RandomNumberGenerator.GetBytes(32), RandomNumberGenerator.GetBytes(32));
        Assert.Equal(BlindIndex.Token(first, "8941904309"), BlindIndex.Token(first, "8941904309"));
        Assert.NotEqual(BlindIndex.Token(first, "8941904309"), BlindIndex.Token(second, "8941904309"));
        Assert.NotEqual(BlindIndex.Token(first, "8941904309"), BlindIndex.Token(first, "8941904308"));
    }

    [Theory]
    [InlineData("alphanumeric", " ab-12 c/3 ", "AB12C3")]
    [InlineData("alphanumeric", "ａｂ１２", "AB12")]
    [InlineData("alphanumeric", "é-É", "ÉÉ")]
    [InlineData("alphanumeric", "e\u0301", "É")]
    [InlineData("alphanumeric", "१२३-क", "123क")]
    [InlineData("alphanumeric", "देवी", "देवी")]
    [InlineData("alphanumeric", "٣٤٥", "345")]
    [InlineData("alphanumeric", " -/ ", "")]
    [InlineData("digits", "+91 (98) 76-5x", "9198765")]
    [InlineData("digits", "៣៤", "34")]
    [InlineData("digits", "none", "")]
    [InlineData("text", "  Ａsha  DEVI ", "asha  devi")]
    [InlineData("text", "Straße", "strasse")]
    [InlineData("text", "STRASSE", "strasse")]
    [InlineData("text", "ΣΊΣΥΦΟΣ", "σίσυφοσ")]
    [InlineData("text", "σίσυφος", "σίσυφοσ")]
    [InlineData("text", "ﬁ", "fi")]
    [InlineData("text", "\u00a0Asha\u3000", "asha")]
    public void Values_are_written_one_way(string rule, string value, string normalised)
    {
        Assert.Equal(normalised, Normalisation.Apply(rule, value));
        Assert.Equal(normalised, Normalisation.Apply(rule, normalised));
        Assert.True(Normalisation.IsKnown(rule));
    }

    [Fact]
    public void Half_a_character_becomes_the_replacement_character()
    {
        Assert.Equal("a\ufffd", Normalisation.Apply("text", "A\ud800"));
        Assert.Equal("A", Normalisation.Apply("alphanumeric", "a\udc00"));
        Assert.Equal("😀a", Normalisation.Apply("text", "😀A"));
    }

    [Fact]
    public void An_unknown_rule_is_refused()
    {
        Assert.False(Normalisation.IsKnown("Digits"));
        Assert.Throws<ArgumentException>(() => Normalisation.Apply("Digits", "1"));
    }

    [Fact]
    public void A_partner_sees_a_pseudonym_of_its_own()
    {
        using var folders = new KeyFolders();
        var ring = folders.Ring();
        var (a, b) = (Pseudonyms.Key(ring, "partner-a"), Pseudonyms.Key(ring, "partner-b"));
        var (asha, other) = (Guid.CreateVersion7(), Guid.CreateVersion7());

        Assert.Equal(Pseudonyms.For(a, asha), Pseudonyms.For(Pseudonyms.Key(folders.Ring(), "partner-a"), asha));
        Assert.NotEqual(Pseudonyms.For(a, asha), Pseudonyms.For(b, asha));
        Assert.NotEqual(Pseudonyms.For(a, asha), Pseudonyms.For(a, other));
        Assert.Matches("^[A-Za-z0-9_-]{22}$", Pseudonyms.For(a, asha));
        Assert.Equal(
            Convert.ToHexString(HMACSHA256.HashData(a, Convert.FromHexString(asha.ToString("N"))))[..32],
            Convert.ToHexString(System.Buffers.Text.Base64Url.DecodeFromChars(Pseudonyms.For(a, asha)))
        );
    }
}
