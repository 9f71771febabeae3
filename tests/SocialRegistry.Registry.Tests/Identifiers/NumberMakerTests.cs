using SocialRegistry.Contracts;
using SocialRegistry.Registry.Fields;
using SocialRegistry.Registry.Identifiers;
using Xunit;

namespace SocialRegistry.Registry.Tests.Identifiers;

/// <summary>Check rules against published examples, and the filters one by one.</summary>
public sealed class NumberMakerTests
{
    [Theory]
    [InlineData(CheckDigits.Verhoeff, "236", "3")]
    [InlineData(CheckDigits.Verhoeff, "12345", "1")]
    [InlineData(CheckDigits.Verhoeff, "142857", "0")]
    [InlineData(CheckDigits.Luhn, "7992739871", "3")]
    [InlineData(CheckDigits.Luhn, "453201511283036", "6")]
    [InlineData(CheckDigits.Mod97, "794", "44")]
    [InlineData(CheckDigits.Mod97, "5493001KJTIIGC8Y1R", "12")]
    public void Check_characters_are_those_of_the_published_examples(string rule, string payload, string check)
    {
        Assert.Equal(check, CheckDigit.Compute(rule, payload));
        Assert.True(CheckDigit.Fits(rule, payload + check));
    }

    [Theory]
    [InlineData(CheckDigits.Verhoeff, "0123456789")]
    [InlineData(CheckDigits.Luhn, "0123456789")]
    [InlineData(CheckDigits.Mod97, "0123456789")]
    public void Every_single_wrong_digit_is_found(string rule, string digits)
    {
        const string payload = "70425183960";
        var number = payload + CheckDigit.Compute(rule, payload);
        for (var i = 0; i < number.Length; i++)
        {
            foreach (var digit in digits.Where(d => d != number[i]))
            {
                Assert.False(CheckDigit.Fits(rule, number[..i] + digit + number[(i + 1)..]));
            }
        }
    }

    [Theory]
    [InlineData(CheckDigits.Verhoeff)]
    [InlineData(CheckDigits.Mod97)]
    public void Every_swap_of_neighbours_is_found(string rule)
    {
        const string payload = "70425183960";
        var number = payload + CheckDigit.Compute(rule, payload);
        for (var i = 1; i < number.Length; i++)
        {
            var swapped = number[..(i - 1)] + number[i] + number[i - 1] + number[(i + 1)..];
            Assert.Equal(swapped == number, CheckDigit.Fits(rule, swapped));
        }
    }

    [Fact]
    public void Characters_that_a_rule_does_not_know_fit_nothing()
    {
        Assert.False(CheckDigit.Fits(CheckDigits.Verhoeff, "A123"));
        Assert.False(CheckDigit.Fits(CheckDigits.Luhn, "É1"));
        Assert.False(CheckDigit.Fits(CheckDigits.Mod97, "44"));
    }

    [Theory]
    [InlineData("0462739518", false)]
    [InlineData("1462739518", false)]
    [InlineData("9462739518", true)]
    [InlineData("9466639518", false)]
    [InlineData("9466739518", true)]
    [InlineData("9456739518", false)]
    [InlineData("9876539214", false)]
    [InlineData("9427739427", false)]
    [InlineData("9462839518", false)]
    [InlineData("9478635218", false)]
    [InlineData("9351840537", true)]
    [InlineData("9351815396", true)]
    [InlineData("9351893518", false)]
    [InlineData("9351881539", false)]
    public void A_number_passes_every_filter_or_is_not_given(string number, bool allowed) =>
        Assert.Equal(
            allowed,
            NumberFilter.Allows(
                new IdentifierGeneratorView
                {
                    Length = 10,
                    MaxEvenRun = 3,
                    DifferentEnds = 5,
                    Forbidden = ["786"],
                },
                number
            )
        );

    [Fact]
    public void Thousands_of_numbers_obey_their_type()
    {
        var catalogue = new Catalogue(CatalogueFile.Read(null));
        foreach (var id in (string[])["SRN", "HRN"])
        {
            var type = catalogue.IdentifierType(id)!;
            for (var i = 0; i < 2_000; i++)
            {
                var number = NumberMaker.Make(type.View, n => type.Normalise(n) == n)!;
                Assert.Equal(number, type.Normalise(number));
                Assert.True(NumberFilter.Allows(type.View.Generator!, number));
                Assert.True(CheckDigit.Fits(type.View.CheckDigit!, number));
            }
        }
    }

    [Theory]
    [InlineData("""{"length":3}""", "verhoeff", "digits")]
    [InlineData("""{"length":33}""", "verhoeff", "digits")]
    [InlineData("""{"length":10,"alphabet":"letters"}""", "luhn", "digits")]
    [InlineData("""{"length":10,"alphabet":"alphanumeric"}""", "verhoeff", "alphanumeric")]
    [InlineData("""{"length":10,"alphabet":"alphanumeric"}""", "luhn", "digits")]
    [InlineData("""{"length":10,"maxRun":-1}""", "luhn", "digits")]
    [InlineData("""{"length":10,"poolSize":100001}""", "luhn", "digits")]
    [InlineData("""{"length":10,"forbidden":[""]}""", "luhn", "digits")]
    [InlineData("""{"length":11}""", "luhn", "digits")]
    [InlineData("""{"length":10,"forbidden":["2","3","4","5","6","7","8","9"]}""", "luhn", "digits")]
    [InlineData("""{"length":10}""", "crc", "digits")]
    [InlineData("""{"length":10}""", "luhn", "text")]
    public void A_generator_that_cannot_work_stops_the_start(string generator, string check, string normalisation)
    {
        var view = CatalogueFile.Read(null);
        var type = new IdentifierTypeView
        {
            Id = "NEW",
            Kind = "individual",
            Labels = new Dictionary<string, string> { ["eng"] = "New" },
            Pattern = "^.{10}$",
            Normalisation = normalisation,
            CheckDigit = check,
            Generator = System.Text.Json.JsonSerializer.Deserialize<IdentifierGeneratorView>(
                generator,
                System.Text.Json.JsonSerializerOptions.Web
            ),
        };

        var e = Assert.Throws<InvalidOperationException>(() =>
            new Catalogue(view with { IdentifierTypes = [.. view.IdentifierTypes, type] })
        );
        Assert.Contains("NEW", e.Message, StringComparison.Ordinal);
    }
}
