using System.Text.Json;
using Xunit;

namespace SocialRegistry.Contracts.Tests.Ports;

/// <summary>The suite of the port <c>IAttestations</c>.</summary>
public abstract partial class AttestationsPortTests : PortTests
{
    private static readonly Caller Attestor = PortCallers.Staff(
        "attestor",
        Permissions.ReadRegistrants,
        Permissions.WriteAttestations
    );

    [Fact]
    public async Task Every_attestable_field_with_a_value_begins_as_NEW()
    {
        var person = await Registrants.StoreAsync(Persons.Amira());

        var states = await ListAsync(person.Id);

        Assert.Contains("birth_date", states.Keys);
        Assert.DoesNotContain("death_date", states.Keys);
        Assert.All(states.Values, s => Assert.Equal(("NEW", null), (s.Status, s.AttestedBy)));
        Assert.Equal(states.Count, states.Values.Select(s => s.ValueHash).Distinct().Count());
    }

    [Fact]
    public async Task A_statement_is_kept_with_who_when_and_how()
    {
        var person = await Registrants.StoreAsync(Persons.Amira());
        var hash = (await ListAsync(person.Id))["birth_date"].ValueHash;
        Ports.Clock.AdjustTime(Ports.Clock.GetUtcNow() + TimeSpan.FromHours(1));
        var statement = new AttestationStatement
        {
            Status = "ATTESTED",
            Comments = "Seen at the desk",
            ValueHash = hash,
            Evidence = "birth certificate",
            Method = "document",
            ValidUntil = new DateOnly(2031, 1, 1),
        };

        var answer = (await AttestAsync(person.Id, "birth_date", statement)).Require();

        Assert.Equal(
            new AttestationView
            {
                Field = "birth_date",
                Status = "ATTESTED",
                ValueHash = hash,
                AttestedBy = "attestor",
                AttestedAt = Ports.Clock.GetUtcNow(),
                Comments = "Seen at the desk",
                Evidence = "birth certificate",
                Method = "document",
                ValidUntil = new DateOnly(2031, 1, 1),
            },
            answer
        );
        Assert.Equal(answer, (await ListAsync(person.Id))["birth_date"]);
        Assert.Equal("NEW", (await ListAsync(person.Id))["surname"].Status);
    }

    [Fact]
    public async Task A_changed_value_falls_back_to_NEW_and_the_others_stay()
    {
        var person = await Registrants.StoreAsync(Persons.Amira());
        (await AttestAsync(person.Id, "birth_date")).Require();
        var kept = (await AttestAsync(person.Id, "surname")).Require();

        await PatchAsync(person.Id, 1, """{"birth_date":"1984-03-03","surname":"Solbakk"}""");
        var states = await ListAsync(person.Id);

        Assert.Equal(("NEW", null), (states["birth_date"].Status, states["birth_date"].AttestedBy));
        Assert.Equal(kept, states["surname"]);
    }

    [Fact]
    public async Task A_value_that_comes_back_is_not_attested_again_by_itself()
    {
        var person = await Registrants.StoreAsync(Persons.Amira());
        var first = (await AttestAsync(person.Id, "birth_date")).Require();

        await PatchAsync(person.Id, 1, """{"birth_date":"1984-03-03"}""");
        await PatchAsync(person.Id, 2, """{"birth_date":"1984-03-02"}""");
        var state = (await ListAsync(person.Id))["birth_date"];

        Assert.Equal(("NEW", first.ValueHash), (state.Status, state.ValueHash));
    }

    [Fact]
    public async Task A_statement_about_another_value_is_a_conflict()
    {
        var person = await Registrants.StoreAsync(Persons.Amira());
        var seen = (await ListAsync(person.Id))["surname"].ValueHash;
        await PatchAsync(person.Id, 1, """{"surname":"Vinter"}""");

        var outcome = await AttestAsync(
            person.Id,
            "surname",
            new AttestationStatement { Status = "ATTESTED", ValueHash = seen }
        );

        Assert.Equal(
            ("attestations.value_changed", ProblemKind.Conflict),
            (outcome.Problem?.Code, outcome.Problem?.Kind)
        );
        Assert.Equal("NEW", (await ListAsync(person.Id))["surname"].Status);
    }

    [Fact]
    public async Task Hashes_of_the_same_value_differ_from_person_to_person()
    {
        var one = await ListAsync((await Registrants.StoreAsync(Persons.Amira())).Id);
        var two = await ListAsync((await Registrants.StoreAsync(Persons.Amira())).Id);

        Assert.NotEqual(one["surname"].ValueHash, two["surname"].ValueHash);
    }

    [Theory]
    [InlineData("shoe_size", "attestations.field_unknown")]
    [InlineData("group_type", "attestations.field_unknown")]
    [InlineData("language_code", "attestations.not_attestable")]
    [InlineData("death_date", "attestations.no_value")]
    public async Task Only_an_attestable_field_with_a_value_is_attested(string field, string code)
    {
        var person = await Registrants.StoreAsync(Persons.Amira());

        Assert.Equal(code, (await AttestAsync(person.Id, field)).Problem?.Code);
    }

    [Fact]
    public async Task Statuses_follow_the_table_of_transitions()
    {
        var person = await Registrants.StoreAsync(Persons.Amira());

        Assert.Equal("attestations.transition", (await AttestAsync(person.Id, "sex", "NEW")).Problem?.Code);
        Assert.Equal("REJECTED", (await AttestAsync(person.Id, "sex", "REJECTED")).Require().Status);
        Assert.Equal("ATTESTED", (await AttestAsync(person.Id, "sex", "ATTESTED")).Require().Status);
        Assert.Equal("status", (await AttestAsync(person.Id, "sex", "MAYBE")).Problem?.Fields[0].Field);
    }

    [Fact]
    public async Task A_statement_is_bounded()
    {
        var person = await Registrants.StoreAsync(Persons.Amira());
        var statement = new AttestationStatement
        {
            Status = "ATTESTED",
            Comments = new string('x', 2_001),
            ValidUntil = new DateOnly(2001, 1, 1),
        };

        var problem = (await AttestAsync(person.Id, "sex", statement)).Problem!;

        Assert.Equal(["comments", "validUntil"], problem.Fields.Select(f => f.Field));
    }

    [Fact]
    public async Task An_attestor_states_nothing_about_a_field_outside_its_scope()
    {
        var person = await Registrants.StoreAsync(Persons.Amira());
        var narrow = Attestor with { Fields = FieldScope.Of(["surname"]) };
        var statement = new AttestationStatement { Status = "ATTESTED" };

        var outside = await Ports.Attestations.AttestAsync(person.Id, "sex", statement, narrow, Cancellation);
        var empty = await Ports.Attestations.AttestAsync(person.Id, "death_date", statement, Attestor, Cancellation);
        var list = (await Ports.Attestations.ListAsync(person.Id, narrow, Cancellation)).Require();

        Assert.Equal(JsonSerializer.Serialize(empty.Problem), JsonSerializer.Serialize(outside.Problem));
        Assert.Equal("surname", Assert.Single(list).Field);
    }

    [Fact]
    public async Task Attesting_does_not_move_the_version_under_an_editor()
    {
        var person = await Registrants.StoreAsync(Persons.Amira());
        (await AttestAsync(person.Id, "sex")).Require();

        Assert.Equal(2, (await PatchAsync(person.Id, 1, """{"area":"S-01"}""")).Version);
    }

    [Fact]
    public async Task Attesting_beside_editing_never_leaves_a_statement_on_another_value()
    {
        var person = await Registrants.StoreAsync(Persons.Amira());
        var seen = (await ListAsync(person.Id))["surname"].ValueHash;
        var statement = new AttestationStatement { Status = "ATTESTED", ValueHash = seen };

        await Task.WhenAll(
            Task.Run(() => AttestAsync(person.Id, "surname", statement)),
            Task.Run(() => PatchAsync(person.Id, 1, """{"surname":"Vinter"}"""))
        );
        var state = (await ListAsync(person.Id))["surname"];

        Assert.Equal("NEW", state.Status);
        Assert.NotEqual(seen, state.ValueHash);
    }

    [Fact]
    public async Task Attesting_and_listing_need_their_permissions()
    {
        var person = await Registrants.StoreAsync(Persons.Amira());
        var reader = PortCallers.Staff("reader", Permissions.ReadRegistrants);
        var statement = new AttestationStatement { Status = "ATTESTED" };

        var denied = await Ports.Attestations.AttestAsync(person.Id, "sex", statement, reader, Cancellation);
        var list = await Ports.Attestations.ListAsync(person.Id, PortCallers.Staff("nobody"), Cancellation);

        Assert.Equal(ProblemKind.Forbidden, denied.Problem?.Kind);
        Assert.Equal(ProblemKind.Forbidden, list.Problem?.Kind);
    }

    [Fact]
    public async Task There_is_nothing_to_attest_on_nobody()
    {
        var nobody = RegistrantId.New(TimeProvider.System);

        Assert.Equal(ProblemKind.NotFound, (await AttestAsync(nobody, "sex")).Problem?.Kind);
        Assert.Equal(
            ProblemKind.NotFound,
            (await Ports.Attestations.ListAsync(nobody, Attestor, Cancellation)).Problem?.Kind
        );
    }

    private Task<Outcome<AttestationView>> AttestAsync(RegistrantId id, string field, string status = "ATTESTED") =>
        AttestAsync(id, field, new AttestationStatement { Status = status });

    private Task<Outcome<AttestationView>> AttestAsync(RegistrantId id, string field, AttestationStatement statement) =>
        Ports.Attestations.AttestAsync(id, field, statement, Attestor, Cancellation);

    private async Task<Dictionary<string, AttestationView>> ListAsync(RegistrantId id) =>
        (await Ports.Attestations.ListAsync(id, Attestor, Cancellation)).Require().ToDictionary(a => a.Field);

    private async Task<RegistrantView> PatchAsync(RegistrantId id, long version, string values) =>
        (
            await Registrants.UpdateAsync(
                id,
                new RegistrantPatch { ExpectedVersion = version, Values = Persons.Values(values) },
                PortCallers.Registrar,
                Cancellation
            )
        ).Require();
}
