using Xunit;

namespace SocialRegistry.Contracts.Tests.Ports;

/// <summary>The suite of the port <c>IIdentifierPool</c>, and of numbers that a new record asks for.</summary>
public abstract class IdentifierPoolPortTests : PortTests
{
    [Fact]
    public async Task A_new_record_gets_the_numbers_it_asks_for()
    {
        var person = await Registrants.StoreAsync(Persons.Amira() with { Generate = ["srn"] });

        var number = Assert.Single(person.Identifiers, i => i.Type == "SRN").Value;
        Assert.Matches("^[2-9][0-9]{11}$", number);
        Assert.Equal(2, person.Identifiers.Count);
        var found = await Registrants.FindAsync(
            [new Identifier("SRN", number)],
            ReadOptions.Default,
            PortCallers.Registrar,
            Cancellation
        );
        Assert.Equal(person.Id, Assert.Single(found.Require())!.Id);
    }

    [Fact]
    public async Task A_household_gets_a_number_of_letters_and_digits()
    {
        var group = await Registrants.StoreAsync(Persons.Household() with { Generate = ["HRN"] });

        Assert.Matches(
            "^[2-9A-HJ-NP-Z][0-9A-HJ-NP-Z]{7}[0-9]{2}$",
            group.Identifiers.Single(i => i.Type == "HRN").Value
        );
    }

    [Fact]
    public async Task Writers_at_once_never_get_one_number()
    {
        var stored = await Task.WhenAll(
            Enumerable
                .Range(0, 24)
                .Select(_ => Task.Run(() => Registrants.StoreAsync(Persons.Amira() with { Generate = ["SRN"] })))
        );

        var numbers = stored.Select(s => s.Identifiers.Single(i => i.Type == "SRN").Value).ToList();
        Assert.Equal(24, numbers.Distinct().Count());
    }

    [Fact]
    public async Task The_same_request_twice_makes_one_record_with_one_number()
    {
        var asked = Persons.Amira() with { Generate = ["SRN"], IdempotencyKey = "numbers-" + Persons.Next() };

        var first = await Registrants.StoreAsync(asked);
        var again = await Registrants.StoreAsync(asked);
        var other = await Registrants.CreateAsync(asked with { Generate = [] }, PortCallers.Registrar, Cancellation);

        Assert.Equal(first.Id, again.Id);
        Assert.Equal(first.Identifiers, again.Identifiers);
        Assert.Equal("registrants.idempotency_key_reused", other.Problem?.Code);
    }

    [Fact]
    public async Task A_record_gets_a_number_later()
    {
        var person = await Registrants.StoreAsync(Persons.Amira());

        var issued = (await IssueAsync(person.Id, "SRN", 1)).Require();

        Assert.Equal(("SRN", 2L), (issued.Identifier.Type, issued.Version));
        var read = await Registrants.GetAsync(person.Id, ReadOptions.Default, PortCallers.Registrar, Cancellation);
        Assert.Contains(issued.Identifier, read.Require().Identifiers);
        Assert.Equal(person.Values.Keys.Order(), read.Require().Values.Keys.Order());
    }

    [Fact]
    public async Task A_number_is_refused_with_its_reason()
    {
        var person = await Registrants.StoreAsync(Persons.Amira());
        var household = await Registrants.StoreAsync(Persons.Household());

        Assert.Equal("registrants.changed_since", (await IssueAsync(person.Id, "SRN", 7)).Problem?.Code);
        Assert.Equal("identifiers.no_generator", (await IssueAsync(person.Id, "UIN", 1)).Problem?.Code);
        Assert.Equal("identifiers.no_generator", (await IssueAsync(person.Id, "SHOE", 1)).Problem?.Code);
        Assert.Equal("identifiers.no_generator", (await IssueAsync(household.Id, "SRN", 1)).Problem?.Code);
        Assert.Equal(
            "registrants.not_found",
            (await IssueAsync(RegistrantId.New(TimeProvider.System), "SRN", 1)).Problem?.Code
        );
        (await IssueAsync(person.Id, "SRN", 1)).Require();
        Assert.Equal("identifiers.already_carried", (await IssueAsync(person.Id, "SRN", 2)).Problem?.Code);
    }

    [Theory]
    [InlineData("UIN", "generate[0]", "generator")]
    [InlineData("HRN", "generate[0]", "generator")]
    [InlineData("SRN,srn", "generate[1]", "duplicate")]
    [InlineData("SRN,SRN,SRN,SRN,SRN,SRN", "generate", "items")]
    public async Task A_type_without_a_generator_is_refused_by_its_place(string types, string field, string code)
    {
        var outcome = await Registrants.CreateAsync(
            Persons.Amira() with
            {
                Generate = types.Split(','),
            },
            PortCallers.Registrar,
            Cancellation
        );

        Assert.Equal("registrants.invalid", outcome.Problem?.Code);
        Assert.Contains(outcome.Problem!.Fields, f => f.Field == field && f.Code == code);
    }

    [Fact]
    public async Task A_number_typed_in_obeys_the_check_rule_of_its_type()
    {
        var number = (await Registrants.StoreAsync(Persons.Amira() with { Generate = ["SRN"] }))
            .Identifiers.Single(i => i.Type == "SRN")
            .Value;
        var last = (char)('0' + (number[^1] - '0' + 1) % 10);

        var wrong = await Registrants.CreateAsync(
            Persons.Amira(new Identifier("SRN", number[..^1] + last)),
            PortCallers.Registrar,
            Cancellation
        );
        var taken = await Registrants.CreateAsync(
            Persons.Amira(new Identifier("SRN", number)),
            PortCallers.Registrar,
            Cancellation
        );
        var swapped = await Registrants.CreateAsync(
            Persons.Amira(new Identifier("SRN", "2363")),
            PortCallers.Registrar,
            Cancellation
        );

        Assert.Equal("identifiers[0].value", Assert.Single(wrong.Problem!.Fields).Field);
        Assert.Equal("registrants.identifier_taken", taken.Problem?.Code);
        Assert.Equal("identifiers[0].value", Assert.Single(swapped.Problem!.Fields).Field);
    }

    [Fact]
    public async Task Numbers_need_the_permission_to_write_and_the_type_in_the_scope()
    {
        var person = await Registrants.StoreAsync(Persons.Amira());
        var reader = PortCallers.Staff("reader", Permissions.ReadRegistrants);
        var narrow = PortCallers.Registrar with { Fields = FieldScope.Of(["given_name"]) };

        var forbidden = await Ports.Numbers.IssueAsync(person.Id, "SRN", 1, reader, Cancellation);
        var hidden = await Ports.Numbers.IssueAsync(person.Id, "SRN", 1, narrow, Cancellation);
        var asked = await Registrants.CreateAsync(
            Persons.Amira() with
            {
                Values = Persons.Values("""{"given_name":"Amira"}"""),
                Identifiers = [],
                Generate = ["SRN"],
            },
            narrow,
            Cancellation
        );
        var person2 = await Ports.Numbers.ListAsync(PortCallers.Person(person.Id), Cancellation);

        Assert.Equal(ProblemKind.Forbidden, forbidden.Problem?.Kind);
        Assert.Equal("identifiers.no_generator", hidden.Problem?.Code);
        Assert.Contains(asked.Problem!.Fields, f => f.Field == "generate[0]" && f.Code == "scope");
        Assert.Equal(ProblemKind.Forbidden, person2.Problem?.Kind);
    }

    [Fact]
    public async Task The_pools_tell_how_many_numbers_were_given()
    {
        var before = await PoolAsync("SRN");
        await Registrants.StoreAsync(Persons.Amira() with { Generate = ["SRN"] });

        var after = await PoolAsync("SRN");

        Assert.Equal((before.Issued + 1, 200), (after.Issued, after.Target));
        Assert.Equal(100, (await PoolAsync("HRN")).Target);
    }

    private async Task<IdentifierPoolView> PoolAsync(string type) =>
        (await Ports.Numbers.ListAsync(PortCallers.Registrar, Cancellation)).Require().Single(p => p.Type == type);

    private Task<Outcome<IssuedIdentifier>> IssueAsync(RegistrantId id, string type, long version) =>
        Ports.Numbers.IssueAsync(id, type, version, PortCallers.Registrar, Cancellation);
}
