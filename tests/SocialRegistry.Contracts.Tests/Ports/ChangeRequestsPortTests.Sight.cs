using System.Text.Json;
using Xunit;

namespace SocialRegistry.Contracts.Tests.Ports;

/// <summary>Who sees what of requests, and whose requests.</summary>
public abstract partial class ChangeRequestsPortTests
{
    [Fact]
    public async Task A_list_shows_no_value_and_pages_to_the_end()
    {
        var subject = (await Registrants.StoreAsync(Persons.Amira())).Id;
        foreach (var field in new[] { "given_name", "surname", "sex" })
        {
            await CreateAsync(
                Edit(
                    subject,
                    $$$"""{"values":{"{{{field}}}":{{{(field == "sex" ? "\"male\"" : "\"Zebedee\"")}}}}}"""
                ) with
                {
                    Submit = true,
                }
            );
        }

        var query = new ChangeRequestQuery { Subject = subject };
        var first = (await Requests.ListAsync(query, new PageRequest(2), Ben, Cancellation)).Require();
        var second = (await Requests.ListAsync(query, new PageRequest(2, first.Next), Ben, Cancellation)).Require();

        Assert.Equal(
            [
                ["sex"],
                ["surname"],
            ],
            first.Items.Select(i => i.Fields)
        );
        Assert.Equal(["given_name"], Assert.Single(second.Items).Fields);
        Assert.Null(second.Next);
        Assert.All(
            first.Items.Concat(second.Items),
            i =>
            {
                Assert.Equal((null, null), (i.Payload, i.Reason));
                Assert.Empty(i.History);
                Assert.DoesNotContain("Zebedee", JsonSerializer.Serialize(i), StringComparison.Ordinal);
            }
        );
        Assert.Equal(
            "paging.invalid",
            (await Requests.ListAsync(query, new PageRequest(2, "x"), Ben, Cancellation)).Problem?.Code
        );
    }

    [Fact]
    public async Task Lists_are_narrowed_by_state_type_claim_due_day_and_maker()
    {
        var request = await SubmittedAsync();
        var subject = request.Subject!.Value;
        var query = new ChangeRequestQuery { Subject = subject };
        async Task<int> CountAsync(ChangeRequestQuery narrowed, Caller? caller = null) =>
            (await ListAsync(narrowed, caller ?? Ben)).Items.Count;

        Assert.Equal(1, await CountAsync(query with { States = ["submitted"] }));
        Assert.Equal(0, await CountAsync(query with { States = ["draft", "applied"] }));
        Assert.Equal(1, await CountAsync(query with { Type = "edit_fields" }));
        Assert.Equal(0, await CountAsync(query with { Type = "exit" }));
        Assert.Equal(1, await CountAsync(query with { Claimed = false }));
        Assert.Equal(0, await CountAsync(query with { Claimed = true }));
        Assert.Equal(0, await CountAsync(query with { Overdue = true }));
        Assert.Equal(0, await CountAsync(query with { Mine = true }));
        Assert.Equal(1, await CountAsync(query with { Mine = true }, Ana));
        Assert.Equal(0, await CountAsync(query, Dea));
        Assert.Equal(1, await CountAsync(query with { Area = "N-01-004" }));
        Assert.Equal(0, await CountAsync(query with { Area = "N-02-001" }));
        await ActAsync(request.Id, "claim", Ben);
        Assert.Equal(1, await CountAsync(query with { Claimed = true }));
        Ports.Clock.AdjustTime(Ports.Clock.GetUtcNow() + TimeSpan.FromDays(15));
        Assert.Equal(1, await CountAsync(query with { Overdue = true, Claimed = false }));
        var wrong = await Requests.ListAsync(
            new ChangeRequestQuery { States = ["lost"], Type = "enlarge" },
            new PageRequest(),
            Ben,
            Cancellation
        );
        Assert.Equal(["state", "type"], wrong.Problem!.Fields.Select(f => f.Field));
        var blind = Ben with { Filters = FieldScope.None };
        var byArea = await Requests.ListAsync(query with { Area = "N-01-004" }, new PageRequest(), blind, Cancellation);
        Assert.Equal("area", byArea.Problem!.Fields[0].Field);
    }

    [Fact]
    public async Task A_draft_is_its_makers_own()
    {
        var subject = (await Registrants.StoreAsync(Persons.Amira())).Id;
        var draft = await CreateAsync(Edit(subject, """{"values":{"given_name":"Amara"}}"""));

        Assert.Equal(ProblemKind.NotFound, (await Requests.GetAsync(draft.Id, null, Ben, Cancellation)).Problem?.Kind);
        Assert.Equal(ProblemKind.NotFound, (await TryAsync(draft.Id, "approve", Ben)).Problem?.Kind);
        Assert.Empty((await ListAsync(new ChangeRequestQuery { Subject = subject }, Ben)).Items);
        Assert.Single((await ListAsync(new ChangeRequestQuery { Subject = subject }, Ana)).Items);
    }

    [Fact]
    public async Task Values_are_shown_to_who_may_see_the_fields_and_only_she_agrees()
    {
        var subject = (await Registrants.StoreAsync(Persons.Amira())).Id;
        var request = await CreateAsync(
            Edit(subject, """{"values":{"given_name":"Zebedee","is_disabled":true}}""") with
            {
                Submit = true,
            }
        );
        var narrow = Ben with { Fields = FieldScope.Of(["given_name"]) };
        var masked = Ben with { Masked = FieldScope.Of(["given_name"]) };
        var aimless = Ben with { Purpose = null };

        var half = await GetAsync(request.Id, narrow);
        var dim = await GetAsync(request.Id, masked);
        var whole = await GetAsync(request.Id, Ben);

        Assert.Equal(["is_disabled"], half.Hidden);
        Assert.Equal(["given_name"], half.Payload!.Value.GetProperty("values").EnumerateObject().Select(p => p.Name));
        Assert.Equal((null, null), (half.Reason, half.History[0].Comment));
        Assert.Equal(["given_name"], dim.Masked);
        Assert.DoesNotContain("Zebedee", dim.Payload!.Value.GetRawText(), StringComparison.Ordinal);
        Assert.Equal("Zebedee", whole.Payload!.Value.GetProperty("values").GetProperty("given_name").GetString());
        Assert.Equal("she asked for it", whole.Reason);
        foreach (var blind in new[] { narrow, masked, aimless })
        {
            Assert.Equal("change_requests.fields_hidden", (await TryAsync(request.Id, "approve", blind)).Problem?.Code);
        }

        var reveals = masked with { Permissions = Permissions.All };
        var named = (await Requests.GetAsync(request.Id, ["given_name"], reveals, Cancellation)).Require();
        Assert.Equal("Zebedee", named.Payload!.Value.GetProperty("values").GetProperty("given_name").GetString());
        Assert.Equal(
            "registrants.field_unknown",
            (await Requests.GetAsync(request.Id, ["no_such"], Ben, Cancellation)).Problem?.Code
        );
        var shown = (
            await Ports.Versions.DisclosuresAsync(subject, new PageRequest(), PortCallers.Registrar, Cancellation)
        )
            .Require()
            .Items;
        Assert.Contains(shown, d => d.ShownTo == "ben" && d.Fields.Contains("given_name:masked"));
        Assert.Contains(shown, d => d.ShownTo == "ben" && d.Fields.SequenceEqual(["given_name"]));
        Assert.Equal(ChangeRequestStates.Applied, (await ActAsync(request.Id, "approve", reveals)).State);
    }

    [Fact]
    public async Task A_reviewer_held_to_areas_knows_of_the_requests_of_hers()
    {
        var near = Ben with { Rows = new RowScope { Areas = new HashSet<string> { "N-01-004" } } };
        var far = Ben with { Rows = new RowScope { Areas = new HashSet<string> { "N-02-001" } } };
        var request = await SubmittedAsync();
        var fresh = await CreateAsync(
            Of(
                ChangeRequestTypes.NewRegistrant,
                null,
                $$$"""
                {"kind":"individual",
                 "values":{"given_name":"Amara{{{Persons.Next()}}}","birth_date":"1990-01-01","area":"N-01-004"}}
                """
            ) with
            {
                Submit = true,
            }
        );

        foreach (var id in new[] { request.Id, fresh.Id })
        {
            Assert.Equal(ProblemKind.NotFound, (await Requests.GetAsync(id, null, far, Cancellation)).Problem?.Kind);
            Assert.Equal(ProblemKind.NotFound, (await TryAsync(id, "approve", far)).Problem?.Kind);
            Assert.Equal(ChangeRequestStates.Submitted, (await GetAsync(id, near)).State);
        }

        var open = new ChangeRequestQuery { States = ["submitted"] };
        Assert.DoesNotContain((await ListAsync(open, far)).Items, i => i.Id == request.Id || i.Id == fresh.Id);
        Assert.Equal(2, (await ListAsync(open, near)).Items.Count(i => i.Id == request.Id || i.Id == fresh.Id));
        Assert.Equal(ChangeRequestStates.Applied, (await ActAsync(request.Id, "approve", near)).State);
        Assert.Equal(ChangeRequestStates.Applied, (await ActAsync(fresh.Id, "approve", near)).State);
    }

    [Fact]
    public async Task What_concerns_records_beyond_her_rows_she_does_not_decide()
    {
        var (group, members) = await HouseholdAsync();
        var distant = Persons.Household() with { Values = Persons.Values("""{"group_type":"2","area":"N-02-001"}""") };
        var to = (await Registrants.StoreAsync(distant)).Id;
        var request = await CreateAsync(
            Of("move_member", group, $$"""{"member":"{{members[1]}}","toGroup":"{{to}}","kinds":["head"]}""") with
            {
                Submit = true,
            }
        );
        var near = Ben with { Rows = new RowScope { Areas = new HashSet<string> { "N-01-004" } } };

        Assert.Equal("change_requests.outside_rows", (await TryAsync(request.Id, "approve", near)).Problem?.Code);
        Assert.Equal(ChangeRequestStates.Applied, (await ActAsync(request.Id, "approve", Ben)).State);
    }

    [Fact]
    public async Task What_would_leave_the_rows_of_who_agrees_is_not_applied()
    {
        var person = (await Registrants.StoreAsync(Persons.Amira())).Id;
        var request = await CreateAsync(Edit(person, """{"values":{"area":"N-02-001"}}""") with { Submit = true });
        var near = Ben with { Rows = new RowScope { Areas = new HashSet<string> { "N-01-004" } } };

        var agreed = (await TryAsync(request.Id, "approve", near)).Require();

        Assert.Equal((ChangeRequestStates.Approved, "registrants.outside_rows"), (agreed.State, agreed.Failure?.Code));
        Assert.Equal((1, "N-01-004"), ((await ReadAsync(person)).Version, (await ReadAsync(person)).Text("area")));
    }

    [Fact]
    public async Task A_person_asks_about_herself_and_by_the_rule_of_each_field()
    {
        var (nickname, motto) = ("nickname_" + Persons.Next(), "motto_" + Persons.Next());
        await PublishAsync(nickname, SelfServiceRule.ChangeRequest);
        await PublishAsync(motto, SelfServiceRule.Edit);
        var (her, other) = (
            (await Registrants.StoreAsync(Persons.Amira())).Id,
            (await Registrants.StoreAsync(Persons.Amira())).Id
        );
        var self = PortCallers.Person(her) with
        {
            Id = "person-" + Persons.Next(),
            Permissions = new HashSet<string>
            {
                Permissions.ReadRegistrants,
                Permissions.WriteRegistrants,
                Permissions.WriteRequests,
            },
        };
        Task<Outcome<RegistrantView>> Direct(string values) =>
            Registrants.UpdateAsync(
                her,
                new RegistrantPatch { ExpectedVersion = 1, Values = Persons.Values(values) },
                self,
                Cancellation
            );
        Task<Outcome<ChangeRequestView>> Ask(RegistrantId about, string payload) =>
            Requests.CreateAsync(Edit(about, payload) with { Submit = true }, self, Cancellation);

        var asked = (await Direct($$"""{"{{nickname}}":"Ami"}""")).Problem;
        var closed = (await Direct("""{"birth_date":"1984-03-03"}""")).Problem;
        Assert.Equal(("change_requests.required", nickname), (asked?.Code, asked?.Fields[0].Field));
        Assert.Equal(("change_requests.not_self_service", ProblemKind.Forbidden), (closed?.Code, closed?.Kind));
        Assert.Equal(
            "change_requests.not_self_service",
            (await Ask(her, """{"values":{"birth_date":"1984-03-03"}}""")).Problem?.Code
        );
        Assert.Equal("change_requests.not_self_service", (await Ask(her, """{"identifiers":[]}""")).Problem?.Code);
        Assert.Equal(
            ProblemKind.NotFound,
            (await Ask(other, $$$"""{"values":{"{{{nickname}}}":"A"}}""")).Problem?.Kind
        );
        var joins = Of("add_member", her, $$"""{"member":"{{her}}"}""");
        Assert.False((await Requests.CreateAsync(joins, self, Cancellation)).Succeeded);
        var request = (await Ask(her, $$$"""{"values":{"{{{nickname}}}":"Ami"}}""")).Require();
        var stranger = PortCallers.Person(other) with { Id = "person-x", Permissions = self.Permissions };
        Assert.Equal(
            ProblemKind.NotFound,
            (await Requests.GetAsync(request.Id, null, stranger, Cancellation)).Problem?.Kind
        );
        Assert.Equal(request.Id, Assert.Single((await ListAsync(new ChangeRequestQuery(), self)).Items).Id);
        Assert.Equal(ChangeRequestStates.Applied, (await ActAsync(request.Id, "approve", Ben)).State);
        Assert.Equal("Ami", (await ReadAsync(her)).Text(nickname));
        var edit = new RegistrantPatch { ExpectedVersion = 2, Values = Persons.Values($$"""{"{{motto}}":"On"}""") };
        Assert.True((await Registrants.UpdateAsync(her, edit, self, Cancellation)).Succeeded);
    }

    private async Task PublishAsync(string id, SelfServiceRule rule)
    {
        var field = new FieldView
        {
            Id = id,
            Kind = RegistrantKinds.Individual,
            Type = FieldType.Text,
            Class = FieldClass.Personal,
            Labels = new Dictionary<string, string> { ["eng"] = id },
            SelfService = rule,
        };
        (await Ports.CatalogueChanges.DraftAsync(field, PortCallers.Registrar, Cancellation)).Require();
        var name = new FieldName(RegistrantKinds.Individual, id);
        (await Ports.CatalogueChanges.PublishAsync(name, PortCallers.Registrar, Cancellation)).Require();
    }

    private async Task<Page<ChangeRequestView>> ListAsync(ChangeRequestQuery query, Caller caller) =>
        (await Requests.ListAsync(query, new PageRequest(500), caller, Cancellation)).Require();
}
