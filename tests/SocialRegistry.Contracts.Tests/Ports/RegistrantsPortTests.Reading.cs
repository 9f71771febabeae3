using System.Text.Json;
using Xunit;

namespace SocialRegistry.Contracts.Tests.Ports;

public abstract partial class RegistrantsPortTests
{
    [Fact]
    public async Task Records_are_found_in_the_order_asked_however_identifiers_are_written()
    {
        var (one, two) = (Persons.NewUin(), Persons.NewUin());
        var first = await Registrants.StoreAsync(Persons.Amira(one));
        var second = await Registrants.StoreAsync(Persons.Amira(two));
        var spaced = new Identifier("uin", string.Join(' ', one.Value.Chunk(3).Select(c => new string(c))));

        var found = (
            await Registrants.FindAsync(
                [two, new Identifier("UIN", "0000000000"), spaced, two],
                ReadOptions.Default,
                PortCallers.Registrar,
                Cancellation
            )
        ).Require();

        Assert.Equal([second.Id, null, first.Id, second.Id], found.Select(f => f?.Id));
    }

    [Fact]
    public async Task An_unknown_identifier_type_is_a_problem_and_a_misformed_value_finds_nobody()
    {
        var unknown = await Registrants.FindAsync(
            [Persons.NewUin(), new Identifier("SHOE", "43")],
            ReadOptions.Default,
            PortCallers.Registrar,
            Cancellation
        );

        Assert.Equal("registrants.identifier_type_unknown", unknown.Problem?.Code);
        Assert.Equal("identifiers[1].type", Assert.Single(unknown.Problem!.Fields).Field);
        Assert.Null(await FindAsync(new Identifier("UIN", "!!")));
    }

    [Fact]
    public async Task A_thousand_identifiers_are_asked_in_one_call_and_no_more()
    {
        var uin = Persons.NewUin();
        var stored = await Registrants.StoreAsync(Persons.Amira(uin));
        List<Identifier> asked = [.. Enumerable.Range(0, 999).Select(i => new Identifier("UIN", $"55{i:D8}")), uin];

        var found = await Registrants.FindAsync(asked, ReadOptions.Default, PortCallers.Registrar, Cancellation);
        var tooMany = await Registrants.FindAsync(
            [.. asked, uin],
            ReadOptions.Default,
            PortCallers.Registrar,
            Cancellation
        );

        Assert.Equal(stored.Id, found.Require()[999]?.Id);
        Assert.Equal("registrants.too_many", tooMany.Problem?.Code);
    }

    [Fact]
    public async Task A_partner_receives_the_fields_of_its_scope_and_a_pseudonym()
    {
        var uin = Persons.NewUin();
        var stored = await Registrants.StoreAsync(Persons.Amira(uin));
        var partner = PortCallers.Partner("cash", ["given_name", "birth_date"], ["UIN"]);

        var found = await FindAsync(uin, partner);
        var again = await FindAsync(uin, partner);
        var other = await FindAsync(uin, PortCallers.Partner("health", ["given_name"], ["UIN"]));

        Assert.Equal(["birth_date", "given_name"], found!.Values.Keys.Order());
        Assert.Empty(found.Identifiers);
        Assert.NotNull(found.Pseudonym);
        Assert.Equal(found.Pseudonym, again!.Pseudonym);
        Assert.NotEqual(found.Pseudonym, other!.Pseudonym);
        Assert.DoesNotContain(stored.Id.ToString(), found.Pseudonym, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_partner_receives_the_identifiers_of_its_scope()
    {
        var uin = Persons.NewUin();
        var brn = new Identifier("BRN", "B" + Persons.Next());
        await Registrants.StoreAsync(Persons.Amira() with { Identifiers = [uin, brn] });

        var found = await FindAsync(uin, PortCallers.Partner("cash", ["BRN"], ["UIN"]));
        var all = await FindAsync(uin, PortCallers.Partner("cash", ["identifiers"], ["UIN"]));

        Assert.Equal([brn], found!.Identifiers);
        Assert.Equal([uin, brn], all!.Identifiers);
    }

    [Fact]
    public async Task A_filter_the_caller_may_not_use_answers_as_if_there_were_no_such_person()
    {
        var uin = Persons.NewUin();
        await Registrants.StoreAsync(Persons.Amira(uin));
        var partner = PortCallers.Partner("cash", ["given_name"], ["BRN"]);

        Assert.Null(await FindAsync(uin, partner));
        Assert.Null(await FindAsync(new Identifier("UIN", "5500000001"), partner));
    }

    [Fact]
    public async Task A_partner_without_a_purpose_is_shown_nothing()
    {
        var stored = await Registrants.StoreAsync(Persons.Amira());
        var partner = PortCallers.Partner("cash", ["given_name"], ["UIN"]) with { Purpose = null };

        var outcome = await Registrants.GetAsync(stored.Id, ReadOptions.Default, partner, Cancellation);

        Assert.Equal(
            ("disclosures.purpose_required", ProblemKind.Forbidden),
            (outcome.Problem?.Code, outcome.Problem?.Kind)
        );
    }

    [Fact]
    public async Task Sensitive_fields_are_shown_for_a_stated_purpose()
    {
        var stored = await Registrants.StoreAsync(Persons.Amira());
        var silent = PortCallers.Registrar with { Purpose = null };
        var named = new ReadOptions { Fields = ["is_disabled"] };

        Assert.False((await ReadAsync(stored.Id, silent)).Values.ContainsKey("is_disabled"));
        Assert.True((await ReadAsync(stored.Id)).Values.ContainsKey("is_disabled"));
        Assert.True((await ReadAsync(stored.Id, PortCallers.Person(stored.Id))).Values.ContainsKey("is_disabled"));
        var asked = await Registrants.GetAsync(stored.Id, named, silent, Cancellation);
        Assert.Equal("is_disabled", Assert.Single(asked.Problem!.Fields).Field);
    }

    [Fact]
    public async Task A_person_sees_her_own_record_only()
    {
        var (mine, hers) = (Persons.NewUin(), Persons.NewUin());
        var self = await Registrants.StoreAsync(Persons.Amira(mine));
        var other = await Registrants.StoreAsync(Persons.Amira(hers));
        var person = PortCallers.Person(self.Id);

        Assert.Equal("Amira", (await ReadAsync(self.Id, person)).Text("given_name"));
        Assert.NotNull(await FindAsync(mine, person));
        Assert.Null(await FindAsync(hers, person));
        var denied = await Registrants.GetAsync(other.Id, ReadOptions.Default, person, Cancellation);
        var unknown = await Registrants.GetAsync(
            RegistrantId.New(TimeProvider.System),
            ReadOptions.Default,
            person,
            Cancellation
        );
        Assert.Equal(JsonSerializer.Serialize(unknown.Problem), JsonSerializer.Serialize(denied.Problem));
    }

    [Fact]
    public async Task Only_the_fields_asked_for_are_read()
    {
        var stored = await Registrants.StoreAsync(Persons.Amira());

        var some = await ReadAsync(stored.Id, options: new ReadOptions { Fields = ["surname", "death_date"] });
        var unknown = await Registrants.GetAsync(
            stored.Id,
            new ReadOptions { Fields = ["surname", "shoe_size"] },
            PortCallers.Registrar,
            Cancellation
        );

        Assert.Equal(["surname"], some.Values.Keys);
        Assert.Equal(
            ("registrants.field_unknown", "fields[1]"),
            (unknown.Problem?.Code, unknown.Problem?.Fields[0].Field)
        );
    }

    [Fact]
    public async Task Attestations_and_memberships_come_when_asked_for()
    {
        var person = await Registrants.StoreAsync(Persons.Amira());
        var group = await Registrants.StoreAsync(Persons.Household());
        var membership = new MembershipView
        {
            GroupId = group.Id,
            MemberId = person.Id,
            Kinds = ["head"],
        };
        (await Ports.Groups.AddMemberAsync(membership, PortCallers.Registrar, Cancellation)).Require();
        var all = new ReadOptions { Attestations = true, Memberships = true };

        var bare = await ReadAsync(person.Id);
        var full = await ReadAsync(person.Id, options: all);
        var members = (await ReadAsync(group.Id, options: all)).Memberships;
        var clamped = await ReadAsync(person.Id, PortCallers.Partner("cash", ["surname", "area"], []), all);

        Assert.Empty(bare.Attestations);
        Assert.Empty(bare.Memberships);
        Assert.Contains(full.Attestations, a => a is { Field: "surname", Status: "NEW" });
        Assert.Equal(group.Id, Assert.Single(full.Memberships).GroupId);
        Assert.Equal(person.Id, Assert.Single(members).MemberId);
        Assert.Equal(["area", "surname"], clamped.Attestations.Select(a => a.Field).Order());
        Assert.Empty(clamped.Memberships);
    }

    [Fact]
    public async Task Reading_needs_its_permission()
    {
        var stored = await Registrants.StoreAsync(Persons.Amira());
        var caller = PortCallers.Staff("clerk", Permissions.WriteRegistrants);

        var read = await Registrants.GetAsync(stored.Id, ReadOptions.Default, caller, Cancellation);
        var found = await Registrants.FindAsync([Persons.NewUin()], ReadOptions.Default, caller, Cancellation);

        Assert.Equal(ProblemKind.Forbidden, read.Problem?.Kind);
        Assert.Equal(ProblemKind.Forbidden, found.Problem?.Kind);
    }
}
