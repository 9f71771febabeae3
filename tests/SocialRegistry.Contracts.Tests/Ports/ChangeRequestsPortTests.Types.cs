using System.Text;
using Xunit;

namespace SocialRegistry.Contracts.Tests.Ports;

/// <summary>Every type of request, from its submission to what it did; and what is refused of each.</summary>
public abstract partial class ChangeRequestsPortTests
{
    [Fact]
    public async Task Fields_and_identifiers_are_edited()
    {
        var person = await Registrants.StoreAsync(Persons.Amira());
        var uin = Persons.NewUin();

        var done = await AppliedAsync(
            ChangeRequestTypes.EditFields,
            person.Id,
            $$$"""
            {"values":{"given_name":"Amara","education_level":null,"is_disabled":true},
             "identifiers":[{"type":"UIN","value":"{{{uin.Value}}}"}]}
            """
        );

        Assert.Equal(["education_level", "given_name", "is_disabled", "identifiers"], done.Fields);
        var record = await ReadAsync(person.Id);
        Assert.Equal("Amara", record.Text("given_name"));
        Assert.False(record.Values.ContainsKey("education_level"));
        Assert.True(record.Values["is_disabled"].GetBoolean());
        Assert.Equal(uin.Value, Assert.Single(record.Identifiers).Value);
    }

    [Fact]
    public async Task A_member_is_added_and_removed()
    {
        var (group, _) = await HouseholdAsync();
        var guest = (await Registrants.StoreAsync(Persons.Amira())).Id;

        await AppliedAsync(
            ChangeRequestTypes.AddMember,
            group,
            $$"""{"member":"{{guest}}","kinds":["lodger"],"startedOn":"2024-02-01"}"""
        );
        var joined = Assert.Single((await ReadAsync(guest)).Memberships);
        await AppliedAsync(
            ChangeRequestTypes.RemoveMember,
            group,
            $$"""{"member":"{{guest}}","endReason":"abroad","endedOn":"{{Today:yyyy-MM-dd}}"}"""
        );

        Assert.Equal((group, new DateOnly(2024, 2, 1)), (joined.GroupId, joined.StartedOn));
        Assert.Empty((await ReadAsync(guest)).Memberships);
    }

    [Fact]
    public async Task A_member_moves()
    {
        var (from, members) = await HouseholdAsync();
        var (to, _) = await HouseholdAsync();

        await AppliedAsync(
            ChangeRequestTypes.MoveMember,
            from,
            $$"""{"member":"{{members[1]}}","toGroup":"{{to}}","kinds":["lodger"]}"""
        );

        Assert.Equal(to, Assert.Single((await ReadAsync(members[1])).Memberships).GroupId);
    }

    [Fact]
    public async Task A_household_is_split_and_the_request_names_the_new_one()
    {
        var (group, members) = await HouseholdAsync();
        var number = Persons.NewHousehold();

        var done = await AppliedAsync(
            ChangeRequestTypes.SplitHousehold,
            group,
            $$$"""
            {"members":[{"member":"{{{members[1]}}}","kinds":[]}],"head":"{{{members[1]}}}",
             "values":{"group_name":"Young ones"},"identifiers":[{"type":"HOUSEHOLD_ID","value":"{{{number.Value}}}"}]}
            """
        );

        var made = await ReadAsync(done.Result!.Value);
        Assert.Equal(("group", "Young ones"), (made.Kind, made.Text("group_name")));
        Assert.Equal(members[1], Assert.Single(made.Memberships).MemberId);
        Assert.Equal(members[0], Assert.Single((await ReadAsync(group)).Memberships).MemberId);
    }

    [Fact]
    public async Task Households_are_merged()
    {
        var (stays, members) = await HouseholdAsync();
        var (ends, others) = await HouseholdAsync();

        await AppliedAsync(
            ChangeRequestTypes.MergeHouseholds,
            stays,
            $$"""{"other":"{{ends}}","head":"{{members[0]}}"}"""
        );

        Assert.Equal(
            (RegistrantStatuses.Merged, stays),
            ((await ReadAsync(ends)).Status, (await ReadAsync(ends)).MergedInto)
        );
        Assert.Equal(
            members.Concat(others).Select(m => m.Value).Order(),
            (await ReadAsync(stays)).Memberships.Select(m => m.MemberId.Value).Order()
        );
    }

    [Fact]
    public async Task The_head_changes()
    {
        var (group, members) = await HouseholdAsync();

        await AppliedAsync(
            ChangeRequestTypes.ChangeHead,
            group,
            $$"""{"head":"{{members[1]}}","kinds":[{"member":"{{members[0]}}","kinds":["spouse"]}]}"""
        );

        Assert.Contains("head", (await ReadAsync(group)).Memberships.Single(m => m.MemberId == members[1]).Kinds);
    }

    [Fact]
    public async Task Parents_spouses_and_relations_are_recorded()
    {
        var child = (
            await Registrants.StoreAsync(
                Persons.Amira() with
                {
                    Values = Persons.Values("""{"given_name":"Isa","birth_date":"2015-05-05"}"""),
                }
            )
        ).Id;
        var mother = (await Registrants.StoreAsync(Persons.Amira())).Id;
        var father = (await Registrants.StoreAsync(Persons.Amira())).Id;
        var code = (
            await Ports.RelationTypes.SaveAsync(
                RelationTypesPortTests.New(symmetric: false) with
                {
                    ToKinds = [RegistrantKinds.Individual],
                },
                PortCallers.Registrar,
                Cancellation
            )
        )
            .Require()
            .Code;

        const string type = ChangeRequestTypes.Relationship;
        await AppliedAsync(type, child, $$$"""{"parents":{"parent1":"{{{mother}}}","parent2":"{{{father}}}"}}""");
        await AppliedAsync(
            type,
            mother,
            $$$"""{"spouse":{"person":"{{{father}}}","isMarried":true,"marriedOn":"2010-06-01"}}"""
        );
        await AppliedAsync(type, mother, $$$"""{"relation":{"type":"{{{code}}}","to":"{{{child}}}"}}""");

        var parents = (await ReadAsync(child)).Relationships!.Parents!;
        Assert.Equal((mother, father), (parents.Parent1Id, parents.Parent2Id));
        var hers = (await ReadAsync(mother)).Relationships!;
        Assert.True(Assert.Single(hers.Spouses).IsMarried);
        var relation = Assert.Single(hers.Relations);
        await AppliedAsync(
            type,
            mother,
            $$$"""{"endRelation":{"id":"{{{relation.Id}}}","endedOn":"{{{Today:yyyy-MM-dd}}}"}}"""
        );
        await AppliedAsync(type, child, """{"removeParents":true}""");
        Assert.Equal(Today, Assert.Single((await ReadAsync(mother)).Relationships!.Relations).EndedOn);
        Assert.Null((await ReadAsync(child)).Relationships!.Parents?.Parent1Id);
    }

    [Fact]
    public async Task A_person_and_a_household_are_registered()
    {
        var uin = Persons.NewUin();
        var person = await AppliedAsync(
            ChangeRequestTypes.NewRegistrant,
            null,
            $$$"""
            {"kind":"individual","values":{"given_name":"Amara","birth_date":"1990-01-01","is_disabled":true},
             "identifiers":[{"type":"UIN","value":"{{{uin.Value}}}"}]}
            """
        );
        var made = await ReadAsync(person.Result!.Value);
        Assert.Equal(("individual", 1, "Amara"), (made.Kind, made.Version, made.Text("given_name")));
        var household = await AppliedAsync(
            ChangeRequestTypes.NewRegistrant,
            null,
            $$$"""
            {"kind":"group","values":{"group_type":"2","area":"N-01-004"},
             "members":[{"member":"{{{made.Id}}}","kinds":["head"]}]}
            """
        );

        Assert.Equal(made.Id, Assert.Single((await ReadAsync(household.Result!.Value)).Memberships).MemberId);
        var read = (
            await Requests.GetAsync(person.Id, null, Cid with { Permissions = Ben.Permissions }, Cancellation)
        ).Require();
        Assert.Equal("Amara", read.Payload!.Value.GetProperty("values").GetProperty("given_name").GetString());
    }

    [Fact]
    public async Task A_person_leaves_the_register()
    {
        var person = (await Registrants.StoreAsync(Persons.Amira())).Id;

        await AppliedAsync(ChangeRequestTypes.Exit, person, """{"status":"deceased","on":"2025-12-05"}""");

        var record = await ReadAsync(person);
        Assert.Equal((RegistrantStatuses.Deceased, new DateOnly(2025, 12, 5)), (record.Status, record.StatusOn));
    }

    [Fact]
    public async Task What_could_not_be_applied_is_refused_with_its_fields_and_nothing_is_stored()
    {
        var person = (await Registrants.StoreAsync(Persons.Amira())).Id;
        var (group, members) = await HouseholdAsync();
        var nobody = RegistrantId.New(TimeProvider.System);
        (string Type, RegistrantId? Subject, string Payload, string Field)[] wrong =
        [
            ("edit_fields", person, """{"values":{"birth_date":"yesterday"}}""", "birth_date"),
            ("edit_fields", person, """{"values":{"no_such":1}}""", "payload.values.no_such"),
            ("edit_fields", person, "{}", "payload.values"),
            ("edit_fields", person, """{"values":{"sex":"female"},"extra":1}""", "payload.extra"),
            ("edit_fields", person, """{"identifiers":[{"type":"NOPE","value":"1"}]}""", "identifiers[0].type"),
            ("edit_fields", null, """{"values":{"surname":"B"}}""", "subject"),
            ("edit_fields", person, "[]", "payload"),
            ("add_member", group, """{"member":"x"}""", "payload.member"),
            ("add_member", person, $$"""{"member":"{{person}}"}""", "subject"),
            ("add_member", group, $$"""{"member":"{{person}}","kinds":["king"]}""", "kinds"),
            ("merge_households", group, $$"""{"other":"{{group}}"}""", "other"),
            ("split_household", group, "{}", "payload"),
            ("relationship", person, "{}", "payload"),
            ("new_registrant", person, """{"kind":"individual","values":{}}""", "subject"),
            ("new_registrant", null, """{"kind":"robot","values":{}}""", "payload.kind"),
            ("new_registrant", null, """{"kind":"individual","values":{"birth_date":"1"}}""", "birth_date"),
            ("exit", person, """{"status":"active"}""", "payload.status"),
            ("exit", group, """{"status":"deceased"}""", "status"),
            ("enlarge", person, "{}", "type"),
        ];

        foreach (var (type, subject, payload, field) in wrong)
        {
            var outcome = await Requests.CreateAsync(
                Of(type, subject, payload) with
                {
                    Submit = true,
                },
                Ana,
                Cancellation
            );
            Assert.False(outcome.Succeeded, payload);
            Assert.Contains(outcome.Problem.Fields, f => f.Field == field);
        }

        var unknown = await Requests.CreateAsync(
            Of("add_member", group, $$"""{"member":"{{nobody}}"}""") with
            {
                Submit = true,
            },
            Ana,
            Cancellation
        );
        Assert.Equal(ProblemKind.NotFound, unknown.Problem?.Kind);
        var notMember = Of("change_head", group, $$"""{"head":"{{person}}"}""") with { Submit = true };
        Assert.Equal("groups.not_member", (await Requests.CreateAsync(notMember, Ana, Cancellation)).Problem?.Code);
        var reasonless = Edit(person, """{"values":{"surname":"B"}}""") with { Reason = " " };
        Assert.Equal("reason", (await Requests.CreateAsync(reasonless, Ana, Cancellation)).Problem?.Fields[0].Field);
        var past = Edit(person, """{"values":{"surname":"B"}}""") with { DueOn = Today.AddDays(-1) };
        Assert.Equal("dueOn", (await Requests.CreateAsync(past, Ana, Cancellation)).Problem?.Fields[0].Field);
        foreach (var id in new[] { person, group, members[0] })
        {
            Assert.Equal(1, (await ReadAsync(id)).Version);
            Assert.Empty((await ListAsync(new ChangeRequestQuery { Subject = id }, Ana)).Items);
        }
    }

    [Fact]
    public async Task A_draft_may_be_wrong_in_its_values_and_says_so_when_it_is_submitted()
    {
        var person = (await Registrants.StoreAsync(Persons.Amira())).Id;
        var draft = await CreateAsync(Edit(person, """{"values":{"birth_date":"yesterday"}}"""));

        var outcome = await TryAsync(draft.Id, "submit", Ana);

        Assert.Equal("birth_date", outcome.Problem?.Fields[0].Field);
        Assert.Equal(
            (ChangeRequestStates.Draft, 1),
            ((await GetAsync(draft.Id, Ana)).State, (await GetAsync(draft.Id, Ana)).Version)
        );
    }

    [Fact]
    public async Task A_household_that_changed_stops_what_was_asked_of_it()
    {
        var (group, members) = await HouseholdAsync();
        var request = await CreateAsync(
            Of(ChangeRequestTypes.ChangeHead, group, $$"""{"head":"{{members[1]}}"}""") with
            {
                Submit = true,
            }
        );
        var guest = (await Registrants.StoreAsync(Persons.Amira())).Id;
        var joins = new MembershipView
        {
            GroupId = group,
            MemberId = guest,
            Kinds = [],
        };
        (await Ports.Groups.AddMemberAsync(joins, PortCallers.Registrar, Cancellation)).Require();
        var end = new MembershipEnd();
        (
            await Ports.Groups.EndMemberAsync(
                group,
                members[1],
                end,
                GroupCommand.Plain,
                PortCallers.Registrar,
                Cancellation
            )
        ).Require();

        var approved = await ActAsync(request.Id, "approve", Ben);

        Assert.Equal((ChangeRequestStates.Approved, "change_requests.stale"), (approved.State, approved.Failure?.Code));
        Assert.Equal("memberships", Assert.Single(approved.Failure!.Fields).Field);
        Assert.Equal("groups.not_member", (await TryAsync(request.Id, "rebase", Ana)).Problem?.Code);
        Assert.Equal(ChangeRequestStates.Withdrawn, (await ActAsync(request.Id, "withdraw", Ana)).State);
    }

    [Fact]
    public async Task Requests_about_the_same_household_are_told_apart_by_its_members()
    {
        var (group, members) = await HouseholdAsync();
        var (other, _) = await HouseholdAsync();
        var first = await CreateAsync(
            Of("remove_member", group, $$"""{"member":"{{members[1]}}"}""") with
            {
                Submit = true,
            }
        );
        var guest = (await Registrants.StoreAsync(Persons.Amira())).Id;

        var moved = await Requests.CreateAsync(
            Of("move_member", group, $$"""{"member":"{{members[1]}}","toGroup":"{{other}}"}""") with
            {
                Submit = true,
            },
            Ana,
            Cancellation
        );
        var added = await CreateAsync(Of("add_member", group, $$"""{"member":"{{guest}}"}""") with { Submit = true });

        Assert.Equal("change_requests.same_field", moved.Problem?.Code);
        Assert.Equal(new ChangeRequestWarning("same_group", first.Id), Assert.Single(added.Warnings));
    }

    [Fact]
    public async Task Documents_are_those_of_the_records_concerned()
    {
        var person = (await Registrants.StoreAsync(Persons.Amira())).Id;
        var other = (await Registrants.StoreAsync(Persons.Amira())).Id;
        using var content = new MemoryStream(Encoding.UTF8.GetBytes("a letter"));
        var letter = new NewDocument
        {
            Kind = "letter",
            FileName = "letter.txt",
            MediaType = DocumentTypes.Text,
        };
        var document = (
            await Ports.Documents.AddAsync(person, letter, content, PortCallers.Registrar, Cancellation)
        ).Require();
        var request = Edit(person, """{"values":{"surname":"Tolvane"}}""") with { Documents = [document.Id] };

        var made = await CreateAsync(request);
        var foreign = await Requests.CreateAsync(request with { Subject = other }, Ana, Cancellation);

        Assert.Equal(document.Id, Assert.Single(made.Documents));
        Assert.Equal("documents[0]", foreign.Problem?.Fields[0].Field);
    }

    /// <summary>Made by one, approved by another, applied.</summary>
    private async Task<ChangeRequestView> AppliedAsync(string type, RegistrantId? subject, string payload)
    {
        var request = await CreateAsync(Of(type, subject, payload) with { Submit = true });
        var done = await ActAsync(request.Id, "approve", Ben);
        Assert.Null(done.Failure);
        Assert.Equal(ChangeRequestStates.Applied, done.State);
        return done;
    }

    /// <summary>A household with a head and a member.</summary>
    private async Task<(RegistrantId Group, RegistrantId[] Members)> HouseholdAsync()
    {
        RegistrantId[] members =
        [
            (await Registrants.StoreAsync(Persons.Amira())).Id,
            (await Registrants.StoreAsync(Persons.Amira())).Id,
        ];
        var group = new NewGroup
        {
            Values = Persons.Values("""{"group_type":"2","area":"N-01-004"}"""),
            Identifiers = [Persons.NewHousehold()],
            Members = [new NewMember { Member = members[0], Kinds = ["head"] }, new NewMember { Member = members[1] }],
        };
        var made = await Ports.Groups.CreateAsync(group, GroupCommand.Plain, PortCallers.Registrar, Cancellation);
        return (made.Require().Id, members);
    }
}
