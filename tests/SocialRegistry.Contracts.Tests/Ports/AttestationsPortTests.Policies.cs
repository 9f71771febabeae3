using System.Text.Json;
using Xunit;

namespace SocialRegistry.Contracts.Tests.Ports;

/// <summary>Policies of fields, many statements at once, what waits, and what has expired.</summary>
public abstract partial class AttestationsPortTests
{
    private static Caller Designer { get; } = PortCallers.Staff("designer", Permissions.WriteFields);

    private static AttestationStatement Attested { get; } = new() { Status = AttestationStatuses.Attested };

    [Fact]
    public async Task A_field_is_attested_only_by_the_roles_of_its_policy()
    {
        var field = await FieldAsync(new AttestationPolicyView { Roles = ["attestor", "partner:clinic"] });
        var person = await WithAsync(field);

        var refused = await StateAsync(person, field, Attested, Attestor);
        Assert.Equal(
            ("attestations.not_for_role", ProblemKind.Forbidden),
            (refused.Problem?.Code, refused.Problem?.Kind)
        );
        Assert.Contains("attestor", refused.Problem!.Detail, StringComparison.Ordinal);
        Assert.Empty(await WaitingAsync(new WaitingFilter(), Attestor, person));
        var inRole = Attestor with { Roles = new HashSet<string> { "attestor" } };
        Assert.Equal("ATTESTED", (await StateAsync(person, field, Attested, inRole)).Require().Status);
        var clinic = Attestor with
        {
            Kind = CallerKind.Partner,
            Roles = new HashSet<string> { "partner:clinic" },
        };
        Assert.Equal("REJECTED", (await StateAsync(person, field, Rejected, clinic)).Require().Status);
    }

    [Fact]
    public async Task Evidence_and_validity_follow_the_policy()
    {
        var field = await FieldAsync(new AttestationPolicyView { EvidenceRequired = true, ValidMonths = 12 });
        var person = await WithAsync(field);
        var today = DateOnly.FromDateTime(Ports.Clock.GetUtcNow().UtcDateTime);

        Assert.Equal("evidence", Fault(await StateAsync(person, field, Attested)));
        var shown = Attested with { Evidence = "letter" };
        Assert.Equal(
            "validUntil",
            Fault(await StateAsync(person, field, shown with { ValidUntil = today.AddMonths(12).AddDays(1) }))
        );
        Assert.Equal(today.AddMonths(12), (await StateAsync(person, field, shown)).Require().ValidUntil);
        var shorter = shown with { ValidUntil = today.AddDays(3) };
        Assert.Equal(today.AddDays(3), (await StateAsync(person, field, shorter)).Require().ValidUntil);
        // A rejection needs neither.
        Assert.Equal("REJECTED", (await StateAsync(person, field, Rejected)).Require().Status);
    }

    [Fact]
    public async Task A_second_person_confirms_where_the_policy_asks_for_two()
    {
        var field = await FieldAsync(new AttestationPolicyView { TwoPersons = true });
        var person = await WithAsync(field);
        var second = Attestor with { Id = "second" };

        Assert.Equal("PENDING", (await StateAsync(person, field, Attested)).Require().Status);
        Assert.Equal(["PENDING"], (await WaitingAsync(new WaitingFilter(field), second, person)).Select(w => w.Status));
        var same = await StateAsync(person, field, Attested);
        Assert.Equal(("attestations.same_person", ProblemKind.Forbidden), (same.Problem?.Code, same.Problem?.Kind));
        Assert.Equal("PENDING", (await ListAsync(person))[field].Status);

        Assert.Equal("ATTESTED", (await StateAsync(person, field, Attested, second)).Require().Status);
        Assert.Equal("second", (await ListAsync(person))[field].AttestedBy);
        Assert.Empty(await WaitingAsync(new WaitingFilter(field), second, person));

        // The first word may also be taken back by a rejection, and the value starts anew.
        Assert.Equal("REJECTED", (await StateAsync(person, field, Rejected)).Require().Status);
        Assert.Equal("PENDING", (await StateAsync(person, field, Attested, second)).Require().Status);
        Assert.Equal("REJECTED", (await StateAsync(person, field, Rejected)).Require().Status);
        Assert.Equal(
            ["REJECTED", "PENDING", "REJECTED", "ATTESTED", "PENDING"],
            (await HistoryAsync(person, field)).Select(h => h.Status)
        );
    }

    [Theory]
    [InlineData("PENDING")]
    [InlineData("EXPIRED")]
    [InlineData("FINE")]
    public async Task Statuses_that_the_registry_makes_are_not_sent(string status)
    {
        var field = await FieldAsync(null);
        var person = await WithAsync(field);

        var refused = await StateAsync(person, field, new AttestationStatement { Status = status });

        Assert.Equal("status", Fault(refused));
    }

    [Fact]
    public async Task A_rejected_value_is_attested_after_all_and_goes_back_to_NEW()
    {
        var person = (await Registrants.StoreAsync(Persons.Amira())).Id;

        Assert.Equal("REJECTED", (await StateAsync(person, "surname", Rejected)).Require().Status);
        Assert.Equal("attestations.transition", (await StateAsync(person, "surname", Rejected)).Problem?.Code);
        Assert.Equal("ATTESTED", (await StateAsync(person, "surname", Attested)).Require().Status);
        var taken = new AttestationStatement { Status = AttestationStatuses.New, Comments = "stated by mistake" };
        Assert.Equal("NEW", (await StateAsync(person, "surname", taken)).Require().Status);
        Assert.Equal("attestations.transition", (await StateAsync(person, "surname", taken)).Problem?.Code);
        Assert.Equal(["NEW", "ATTESTED", "REJECTED"], (await HistoryAsync(person, "surname")).Select(h => h.Status));
    }

    [Fact]
    public async Task A_statement_expires_after_its_last_day_and_may_be_made_again()
    {
        var field = await FieldAsync(null);
        var person = await WithAsync(field);
        var today = DateOnly.FromDateTime(Ports.Clock.GetUtcNow().UtcDateTime);
        (await StateAsync(person, field, Attested with { ValidUntil = today })).Require();
        Assert.Equal("ATTESTED", (await ListAsync(person))[field].Status);
        Assert.Empty(await WaitingAsync(new WaitingFilter(field), Attestor, person));

        Ports.Clock.AdjustTime(Ports.Clock.GetUtcNow().AddDays(1));

        Assert.Equal("EXPIRED", (await ListAsync(person))[field].Status);
        Assert.Equal(
            ["EXPIRED"],
            (await WaitingAsync(new WaitingFilter(field), Attestor, person)).Select(w => w.Status)
        );
        Assert.Equal("ATTESTED", (await StateAsync(person, field, Attested)).Require().Status);
        Assert.Equal("ATTESTED", (await ListAsync(person))[field].Status);
    }

    [Fact]
    public async Task Many_statements_have_each_their_outcome()
    {
        var one = (await Registrants.StoreAsync(Persons.Amira())).Id;
        var two = (await Registrants.StoreAsync(Persons.Amira())).Id;
        AttestationOf[] statements =
        [
            new(one, "surname", Attested),
            new(two, "surname", Attested),
            new(one, "no_such_field", Attested),
            new(RegistrantId.New(TimeProvider.System), "surname", Attested),
            new(one, "birth_date", Attested with { ValueHash = "of another value" }),
            new(one, "sex", Attested),
            new(one, "surname", Rejected),
        ];

        var outcomes = (await Ports.Attestations.AttestManyAsync(statements, Attestor, Cancellation)).Require();

        Assert.Equal(
            [
                null,
                null,
                "attestations.field_unknown",
                "registrants.not_found",
                "attestations.value_changed",
                null,
                null,
            ],
            outcomes.Select(o => o.Problem?.Code)
        );
        var hash = (await ListAsync(one))["birth_date"].ValueHash;
        Assert.Contains(hash, Assert.Single(outcomes[4].Problem!.Fields).Detail, StringComparison.Ordinal);
        Assert.Equal("REJECTED", (await ListAsync(one))["surname"].Status);
        Assert.Equal("ATTESTED", (await ListAsync(two))["surname"].Status);
        Assert.Equal("ATTESTED", (await ListAsync(one))["sex"].Status);
        var none = await Ports.Attestations.AttestManyAsync([], Attestor, Cancellation);
        Assert.Equal("attestations.too_many", none.Problem?.Code);
        AttestationOf[] lots = [.. Enumerable.Repeat(statements[0], 1_001)];
        Assert.Equal(
            "attestations.too_many",
            (await Ports.Attestations.AttestManyAsync(lots, Attestor, Cancellation)).Problem?.Code
        );
    }

    [Fact]
    public async Task What_waits_is_listed_to_the_end_by_area_kind_and_field()
    {
        var field = await FieldAsync(null);
        var people = new List<RegistrantId>();
        foreach (var area in new[] { "QUEUE-1", "QUEUE-2", "QUEUE-1", "QUEUE-1" })
        {
            people.Add(await WithAsync(field, area));
        }

        await StateAsync(people[2], field, Attested);
        static IEnumerable<RegistrantId> InOrder(params RegistrantId[] ids) =>
            ids.OrderBy(id => id.ToString(), StringComparer.Ordinal);

        var found = new List<RegistrantId>();
        var page = new PageRequest(2);
        do
        {
            var listed = (
                await Ports.Attestations.WaitingAsync(new WaitingFilter(field), page, Attestor, Cancellation)
            ).Require();
            found.AddRange(listed.Items.Select(i => i.Id));
            page = new PageRequest(2, listed.Next);
        } while (page.After is not null);

        Assert.Equal(InOrder(people[0], people[1], people[3]), found);
        Assert.Equal(
            InOrder(people[0], people[3]),
            (await WaitingAsync(new WaitingFilter(field, "QUEUE-1"), Attestor)).Select(w => w.Id)
        );
        // Field by field of one record, the page ending in the middle of it.
        var all = await WaitingAsync(new WaitingFilter(Area: "QUEUE-2"), Attestor);
        var expected = (await ListAsync(people[1])).Keys.Order(StringComparer.Ordinal);
        Assert.Equal(expected, all.Select(w => w.Field));
        Assert.Empty(await WaitingAsync(new WaitingFilter(Area: "QUEUE-1", Kind: RegistrantKinds.Group), Attestor));
        Assert.Equal("kind", Fault(await ListWaitingAsync(new WaitingFilter(Kind: "cat"))));
        Assert.Equal("field", Fault(await ListWaitingAsync(new WaitingFilter("no_such_field"))));
        Assert.Equal("field", Fault(await ListWaitingAsync(new WaitingFilter("group_type", Kind: "individual"))));
        var reader = PortCallers.Staff("reader", Permissions.ReadRegistrants);
        var forbidden = await Ports.Attestations.WaitingAsync(
            new WaitingFilter(),
            new PageRequest(),
            reader,
            Cancellation
        );
        Assert.Equal(ProblemKind.Forbidden, forbidden.Problem?.Kind);
    }

    private static AttestationStatement Rejected { get; } = new() { Status = AttestationStatuses.Rejected };

    private static string? Fault<T>(Outcome<T> outcome) => outcome.Problem?.Fields.FirstOrDefault()?.Field;

    private Task<Outcome<Page<WaitingAttestation>>> ListWaitingAsync(WaitingFilter filter) =>
        Ports.Attestations.WaitingAsync(filter, new PageRequest(), Attestor, Cancellation);

    /// <summary>All pages of three, of one record when one is named.</summary>
    private async Task<List<WaitingAttestation>> WaitingAsync(
        WaitingFilter filter,
        Caller caller,
        RegistrantId? person = null
    )
    {
        var items = new List<WaitingAttestation>();
        var page = new PageRequest(person is null ? 3 : 500);
        do
        {
            var listed = (await Ports.Attestations.WaitingAsync(filter, page, caller, Cancellation)).Require();
            items.AddRange(listed.Items);
            page = page with { After = listed.Next };
        } while (page.After is not null);

        return [.. items.Where(i => person is null || i.Id == person)];
    }

    private async Task<IReadOnlyList<AttestationView>> HistoryAsync(RegistrantId id, string field)
    {
        var items = new List<AttestationView>();
        var page = new PageRequest(2);
        do
        {
            var listed = (await Ports.Attestations.HistoryAsync(id, field, page, Attestor, Cancellation)).Require();
            items.AddRange(listed.Items);
            page = page with { After = listed.Next };
        } while (page.After is not null);

        return items;
    }

    private Task<Outcome<AttestationView>> StateAsync(
        RegistrantId id,
        string field,
        AttestationStatement statement,
        Caller? caller = null
    ) => Ports.Attestations.AttestAsync(id, field, statement, caller ?? Attestor, Cancellation);

    private async Task<RegistrantId> WithAsync(string field, string? area = null)
    {
        var values = new Dictionary<string, JsonElement>(Persons.Values($$"""{"{{field}}":"yes"}"""));
        if (area is not null)
        {
            values["area"] = JsonSerializer.SerializeToElement(area);
        }

        return (
            await Registrants.StoreAsync(
                new NewRegistrant
                {
                    Kind = RegistrantKinds.Individual,
                    Values = values,
                    Identifiers = [Persons.NewUin()],
                }
            )
        ).Id;
    }

    /// <summary>Publishes a field with this policy.</summary>
    private async Task<string> FieldAsync(AttestationPolicyView? policy)
    {
        var field = new FieldView
        {
            Id = "stated_" + Persons.Next(),
            Kind = RegistrantKinds.Individual,
            Type = FieldType.Text,
            Class = FieldClass.Internal,
            Labels = new Dictionary<string, string> { ["eng"] = "Stated" },
            Attestable = true,
            AttestationPolicy = policy,
        };
        (await Ports.CatalogueChanges.DraftAsync(field, Designer, Cancellation)).Require();
        var name = new FieldName(RegistrantKinds.Individual, field.Id);
        (await Ports.CatalogueChanges.PublishAsync(name, Designer, Cancellation)).Require();
        return field.Id;
    }
}
