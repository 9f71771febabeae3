using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using SocialRegistry.Contracts;
using SocialRegistry.Host.Demo;
using SocialRegistry.Storage;
using SocialRegistry.Testing;
using Xunit;

namespace SocialRegistry.Exchange.Tests.Sample;

/// <summary>The fictional country, and that the registry takes all of it.</summary>
public sealed class SampleCountryTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("sample-").FullName;

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.Postgres)]
    public async Task All_of_it_is_taken_and_the_first_person_has_something_to_attest_in_each_core_field(
        DatabaseProvider provider
    )
    {
        var sample = SampleCountry.Write(folder, 20260101, 250);
        await using var server = await ExchangeServer.StartAsync(provider);

        var areas = await server.ImportAsync("areas", await File.ReadAllTextAsync(sample.AreasFile));
        var households = await server.ImportAsync("group", await File.ReadAllTextAsync(sample.HouseholdsFile));
        var persons = await server.ImportAsync("individual", await File.ReadAllTextAsync(sample.PersonsFile));

        Imports.ImportTests.AssertCounts(areas, rows: 28, created: 28);
        Imports.ImportTests.AssertCounts(households, rows: 250, created: 250);
        Imports.ImportTests.AssertCounts(persons, rows: 1000, created: 1000);
        var person = (await server.FindAsync(sample.PersonIdentifier))[0]!;
        var catalogue = await server
            .App.Services.GetRequiredService<IFieldCatalogue>()
            .GetAsync(CancellationToken.None);
        Assert.Equal(
            ["death_date", "disability_info"],
            catalogue
                .Fields.Where(f => f is { Kind: RegistrantKinds.Individual, Attestable: true })
                .Select(f => f.Id)
                .Except(person.Values.Keys)
                .Order()
        );
        Assert.Equal(["head"], person.Memberships.Single().Kinds);
    }

    [Fact]
    public void The_same_seed_gives_the_same_bytes_on_every_machine()
    {
        var sample = SampleCountry.Write(folder, 20260101, 250);

        Assert.Equal(
            "D0337D3FF679F80B57DE99DEAAEDA652336ED33F5BDEA02445DCC2665870E707",
            Convert.ToHexString(
                SHA256.HashData([.. File.ReadAllBytes(sample.HouseholdsFile), .. File.ReadAllBytes(sample.PersonsFile)])
            )
        );
        SampleCountry.Write(folder, 1, 250);
        Assert.NotEqual(sample.PersonIdentifier, SampleCountry.Write(folder, 1, 250).PersonIdentifier);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(250)]
    public void Households_have_four_persons_on_average_one_head_each_and_plausible_ages(int households)
    {
        var sample = SampleCountry.Write(folder, 7, households);
        var rows = File.ReadLines(sample.PersonsFile).Skip(1).Select(line => line.Split(',')).ToList();

        Assert.Equal((households, households * 4), (sample.Households, sample.Persons));
        Assert.Equal(households * 4, rows.Count);
        Assert.Equal(rows.Count, rows.Select(r => r[0]).Distinct().Count());
        Assert.All(rows, r => Assert.True(SampleCountryUin.IsValid(r[0])));
        foreach (var household in rows.GroupBy(r => r[1]))
        {
            Assert.Single(household, r => r[2] == "head");
            Assert.InRange(household.Count(), 1, 7);
            var head = Born(household.Single(r => r[2] == "head"));
            Assert.InRange(head, new DateOnly(1950, 1, 1), new DateOnly(2002, 1, 1));
            var adults = household.Where(r => r[2] is "head" or "spouse").Select(Born).ToList();
            Assert.All(
                household.Where(r => r[2] == "child"),
                r => Assert.InRange(Born(r), adults.Min().AddYears(17), new DateOnly(2026, 1, 1))
            );
            Assert.All(household.Where(r => r[2] == "parent"), r => Assert.True(Born(r) < head.AddYears(-18)));
        }
    }

    [Fact]
    public void Names_stand_in_two_scripts()
    {
        var sample = SampleCountry.Write(folder, 20260101, 250);
        var surnames = File.ReadLines(sample.PersonsFile).Skip(1).Select(line => line.Split(',')[5]).ToList();

        Assert.InRange(surnames.Count(name => name[0] is >= 'А' and <= 'я'), 200, 450);
        Assert.InRange(surnames.Count(name => char.IsAsciiLetter(name[0])), 550, 800);
    }

    [Fact]
    public void The_check_digit_is_Verhoeffs()
    {
        Assert.True(SampleCountryUin.IsValid("2363"));
        Assert.False(SampleCountryUin.IsValid("3263"));
        Assert.False(SampleCountryUin.IsValid("2364"));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static DateOnly Born(string[] row) => DateOnly.ParseExact(row[8], "yyyy-MM-dd");
}
