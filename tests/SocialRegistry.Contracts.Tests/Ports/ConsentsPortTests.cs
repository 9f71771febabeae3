using System.Text.Json;
using Xunit;

namespace SocialRegistry.Contracts.Tests.Ports;

/// <summary>The suite of the port <c>IConsents</c>, and of the gate that asks for consents.</summary>
public abstract partial class ConsentsPortTests : PortTests
{
    private const string Partner = "cash";
    private const string Purpose = "cash-transfer";

    public static NewConsent Terms(params string[] fields) =>
        new()
        {
            Purposes = [Purpose],
            Fields = fields is [] ? ["surname", "UIN"] : fields,
            Recipients = [Partner],
            CollectionMethod = "signed-form",
            Notice = "https://registry.example/notices/1",
            Language = "en",
            Jurisdiction = "NW",
            RetentionPeriod = "P2Y",
        };

    /// <summary>A partner that needs consents.</summary>
    private static Caller Bound(bool records = false) =>
        PortCallers.Partner(Partner, ["surname", "given_name", "identifiers", "memberships"], ["UIN"]) with
        {
            ConsentRequired = true,
            Rows = new RowScope { WithConsent = records },
            Permissions = new HashSet<string>
            {
                Permissions.ReadRegistrants,
                Permissions.ReadVersions,
                Permissions.ReadConsents,
            },
        };

    [Fact]
    public async Task A_consent_is_given_listed_read_and_taken_back()
    {
        var person = await Registrants.StoreAsync(Persons.Amira());
        var me = Myself(person.Id);

        var given = (await Ports.Consents.GiveAsync(person.Id, Terms(), me, Cancellation)).Require();
        Ports.Clock.Advance(TimeSpan.FromMinutes(1));
        var listed = (await Ports.Consents.ListAsync(person.Id, PortCallers.Registrar, Cancellation)).Require();
        var withdrawn = (await Ports.Consents.WithdrawAsync(person.Id, given.Id, me, Cancellation)).Require();
        var read = (await Ports.Consents.GetAsync(person.Id, given.Id, me, Cancellation)).Require();

        Assert.Equal(ConsentStates.Given, given.State);
        Assert.Equal(ConsentView.TheSchema, given.SchemaVersion);
        Assert.Equal(given.Id, Assert.Single(listed).Id);
        Assert.Equal(["given", "withdrawn"], withdrawn.Events.Select(e => e.State));
        Assert.Equal(("person", "person-account"), (withdrawn.Events[1].ByKind, withdrawn.Events[1].By));
        Assert.Equal(ConsentStates.Withdrawn, read.State);
        Assert.Equal(
            "consents.withdrawn",
            (await Ports.Consents.WithdrawAsync(person.Id, given.Id, me, Cancellation)).Problem?.Code
        );
    }

    [Fact]
    public async Task A_receipt_has_the_sections_of_the_standard_and_is_signed()
    {
        var person = await Registrants.StoreAsync(Persons.Amira());
        var id = await GiveAsync(person.Id, Terms());

        var receipt = (await Ports.Consents.ReceiptAsync(person.Id, id, Myself(person.Id), Cancellation)).Require();

        var json = JsonSerializer.Deserialize<JsonElement>(receipt.Json);
        Assert.Equal(id.ToString("D"), json.GetProperty("record_header").GetProperty("record_id").GetString());
        Assert.Equal(
            person.Id.ToString(),
            json.GetProperty("receipt_metadata").GetProperty("pii_principal_id").GetString()
        );
        var purpose = json.GetProperty("pii_processing").GetProperty("purposes")[0];
        Assert.Equal(
            (Purpose, "consent"),
            (purpose.GetProperty("purpose").GetString(), purpose.GetProperty("lawful_basis").GetString())
        );
        Assert.Equal("surname", purpose.GetProperty("pii_information")[0].GetProperty("pii_type").GetString());
        Assert.Equal("given", json.GetProperty("events")[0].GetProperty("event_state").GetString());
        Assert.Equal(
            receipt.Json,
            System.Text.Encoding.UTF8.GetString(
                System.Buffers.Text.Base64Url.DecodeFromChars(receipt.Jws.Split('.')[1])
            )
        );
    }

    [Fact]
    public async Task Without_a_consent_a_bound_partner_gets_no_field()
    {
        var uin = Persons.NewUin();
        var person = await Registrants.StoreAsync(Persons.Amira(uin));
        await GiveAsync(person.Id, Terms() with { Purposes = ["another-purpose"] });
        await GiveAsync(person.Id, Terms() with { Recipients = ["another-partner"] });

        var read = await ReadAsync(person.Id, Bound());
        var found = (await Registrants.FindAsync([uin], ReadOptions.Default, Bound(), Cancellation)).Require();

        Assert.Empty(read.Require().Values);
        Assert.Empty(read.Require().Identifiers);
        Assert.Null(found[0]);
    }

    [Fact]
    public async Task With_a_consent_a_bound_partner_gets_what_it_covers_and_no_more()
    {
        var uin = Persons.NewUin();
        var person = await Registrants.StoreAsync(Persons.Amira(uin));
        var id = await GiveAsync(person.Id, Terms("surname", "birth_date", "UIN"));

        var read = (await ReadAsync(person.Id, Bound())).Require();
        var past = (
            await Registrants.GetAsync(person.Id, new ReadOptions { Version = 1 }, Bound(), Cancellation)
        ).Require();
        var shown = (
            await Ports.Versions.DisclosuresAsync(person.Id, new PageRequest(), PortCallers.Registrar, Cancellation)
        ).Require();

        // birth_date is consented to but not agreed with the partner; given_name is agreed but not consented to.
        Assert.Equal(["surname"], read.Values.Keys);
        Assert.Equal([uin], read.Identifiers);
        Assert.Equal(["surname"], past.Values.Keys);
        Assert.All(shown.Items.Where(s => s.ShownTo == Partner), s => Assert.Equal(id.ToString("D"), s.Consent));
        Assert.Equal(2, shown.Items.Count(s => s.ShownTo == Partner));
    }

    [Fact]
    public async Task A_consent_counts_from_its_first_moment_to_its_last_and_until_it_is_taken_back()
    {
        var person = await Registrants.StoreAsync(Persons.Amira());
        var now = Ports.Clock.GetUtcNow();
        var id = await GiveAsync(
            person.Id,
            Terms("surname") with
            {
                ValidFrom = now.AddHours(1),
                ValidUntil = now.AddHours(2),
            }
        );

        Assert.Empty((await ReadAsync(person.Id, Bound())).Require().Values);
        Ports.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(["surname"], (await ReadAsync(person.Id, Bound())).Require().Values.Keys);
        Ports.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Empty((await ReadAsync(person.Id, Bound())).Require().Values);
        var read = (await Ports.Consents.GetAsync(person.Id, id, PortCallers.Registrar, Cancellation)).Require();
        Assert.Equal((ConsentStates.Expired, ConsentStates.Expired), (read.State, read.Events[^1].State));

        var second = await GiveAsync(person.Id, Terms("surname"));
        Assert.Equal(["surname"], (await ReadAsync(person.Id, Bound())).Require().Values.Keys);
        (await Ports.Consents.WithdrawAsync(person.Id, second, Myself(person.Id), Cancellation)).Require();
        Assert.Empty((await ReadAsync(person.Id, Bound())).Require().Values);
    }

    [Fact]
    public async Task Under_the_stricter_rule_a_record_without_a_consent_is_not_there()
    {
        var (uin, other) = (Persons.NewUin(), Persons.NewUin());
        var person = await Registrants.StoreAsync(Persons.Amira(uin));
        await Registrants.StoreAsync(Persons.Amira(other));
        var strict = Bound(records: true);

        Assert.Equal("registrants.not_found", (await ReadAsync(person.Id, strict)).Problem?.Code);
        await GiveAsync(person.Id, Terms());

        Assert.True((await ReadAsync(person.Id, strict)).Succeeded);
        var found = (await Registrants.FindAsync([uin, other], ReadOptions.Default, strict, Cancellation)).Require();
        Assert.NotNull(found[0]);
        Assert.Null(found[1]);
        var searched = (
            await Registrants.SearchAsync(
                new SearchRequest { Query = new OrQuery([new IdentifierQuery(uin), new IdentifierQuery(other)]) },
                strict,
                Cancellation
            )
        ).Require();
        Assert.Equal(person.Id, Assert.Single(searched.Items).Id);
        Assert.Equal(
            "registrants.not_found",
            (await ReadAsync(person.Id, strict with { Purpose = "another-purpose" })).Problem?.Code
        );
    }

    [Fact]
    public async Task Partners_record_no_consents_and_see_only_their_own()
    {
        var person = await Registrants.StoreAsync(Persons.Amira());
        await GiveAsync(person.Id, Terms());
        await GiveAsync(person.Id, Terms() with { Recipients = ["another-partner"] });
        var partner = Bound() with { Permissions = Permissions.All };

        Assert.Equal(
            "consents.not_by_partners",
            (await Ports.Consents.GiveAsync(person.Id, Terms(), partner, Cancellation)).Problem?.Code
        );
        Assert.Single((await Ports.Consents.ListAsync(person.Id, partner, Cancellation)).Require());
        Assert.Equal(
            ProblemKind.Forbidden,
            (await Ports.Consents.ListAsync(person.Id, PortCallers.Staff("nobody"), Cancellation)).Problem?.Kind
        );
    }

    [Fact]
    public async Task A_person_gives_consents_for_herself_only()
    {
        var person = await Registrants.StoreAsync(Persons.Amira());
        var other = await Registrants.StoreAsync(Persons.Amira());

        var outcome = await Ports.Consents.GiveAsync(other.Id, Terms(), Myself(person.Id), Cancellation);

        Assert.Equal(ProblemKind.NotFound, outcome.Problem?.Kind);
    }

    [Fact]
    public async Task Wrong_terms_are_named()
    {
        var person = await Registrants.StoreAsync(Persons.Amira());
        var wrong = Terms("surname", "surname") with
        {
            Purposes = [],
            Recipients = ["with blanks"],
            CollectionMethod = "",
            Type = "silent",
            Notice = "http://registry.example",
            Jurisdiction = "Nw",
            RetentionPeriod = "two years",
            ValidUntil = Ports.Clock.GetUtcNow(),
        };

        var outcome = await Ports.Consents.GiveAsync(person.Id, wrong, PortCallers.Registrar, Cancellation);
        var unknown = await Ports.Consents.GiveAsync(person.Id, Terms("no_such"), PortCallers.Registrar, Cancellation);

        Assert.Equal("consents.invalid", outcome.Problem?.Code);
        Assert.Equal(
            [
                "purposes",
                "recipients[0]",
                "fields",
                "type",
                "collectionMethod",
                "notice",
                "jurisdiction",
                "retentionPeriod",
                "validUntil",
            ],
            outcome.Problem!.Fields.Select(f => f.Field)
        );
        Assert.Equal("fields[0]", Assert.Single(unknown.Problem!.Fields).Field);
    }

    private static Caller Myself(RegistrantId id) =>
        PortCallers.Person(id) with
        {
            Permissions = new HashSet<string> { Permissions.ReadConsents, Permissions.WriteConsents },
        };

    private async Task<Guid> GiveAsync(RegistrantId id, NewConsent terms) =>
        (await Ports.Consents.GiveAsync(id, terms, PortCallers.Registrar, Cancellation)).Require().Id;

    private Task<Outcome<RegistrantView>> ReadAsync(RegistrantId id, Caller caller) =>
        Registrants.GetAsync(id, ReadOptions.Default, caller, Cancellation);
}
