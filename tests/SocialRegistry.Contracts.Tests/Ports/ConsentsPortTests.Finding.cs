using System.Text.Json;
using Xunit;

namespace SocialRegistry.Contracts.Tests.Ports;

/// <summary>A caller that needs consents finds a record only by what its consents cover, so that no value is found by trying.</summary>
public abstract partial class ConsentsPortTests
{
    /// <summary>May filter by anything, but is shown nothing without a consent.</summary>
    private static Caller Curious { get; } =
        Bound() with
        {
            Filters = FieldScope.All,
            Fields = FieldScope.All,
            Permissions = Permissions.All,
        };

    public static TheoryData<string, string> Filters =>
        new()
        {
            { "surname", """{"field":"surname","op":"eq","value":"Winter"}""" },
            { "surname", """{"not":{"field":"surname","op":"eq","value":"Somebody"}}""" },
            { "surname", """{"or":[{"field":"surname","op":"eq","value":"Winter"},{"kind":"individual"}]}""" },
            { "birth_date", """{"field":"birth_date","op":"lt","value":"1990"}""" },
            { "birth_date", """{"field":"birth_date","op":"exists","value":true}""" },
            { "birth_date", """{"not":{"field":"birth_date","op":"exists","value":false}}""" },
            { "area", """{"area":"C-7"}""" },
            { "area", """{"field":"area","op":"startsWith","value":"C-"}""" },
            { "area", """{"field":"area","op":"contains","value":"-7"}""" },
            { "area", """{"field":"area","op":"in","value":["C-7","C-8"]}""" },
        };

    [Theory]
    [MemberData(nameof(Filters))]
    public async Task A_filter_finds_a_record_only_when_a_consent_covers_its_field(string field, string filter)
    {
        var person = await StoreAsync();
        var another = field == "surname" ? "birth_date" : "surname";
        var asked = Search(filter);
        await GiveAsync(person.Id, Terms(another));

        var before = await HitsAsync(asked, Curious);
        var past = await HitsAsync(AsOfNow(asked), Curious);
        await GiveAsync(person.Id, Terms(field));
        var after = await HitsAsync(asked, Curious);
        var elsewhere = await HitsAsync(asked, Curious with { Purpose = "another-purpose" });
        var pastAfter = await HitsAsync(AsOfNow(asked), Curious);

        Assert.DoesNotContain(person.Id, before);
        Assert.DoesNotContain(person.Id, past);
        Assert.Contains(person.Id, after);
        Assert.Contains(person.Id, pastAfter);
        Assert.DoesNotContain(person.Id, elsewhere);
        Assert.Contains(person.Id, await HitsAsync(asked, Curious with { ConsentRequired = false }));
    }

    [Fact]
    public async Task A_sort_and_a_count_look_at_what_is_covered_too()
    {
        var uin = Persons.NewUin();
        var person = await Registrants.StoreAsync(Persons.Amira(uin));
        var asked = new SearchRequest
        {
            Query = new IdentifierQuery(uin),
            Sort = [new SortField("birth_date", false)],
            Count = SearchCount.Exact,
        };
        await GiveAsync(person.Id, Terms("UIN"));
        var before = (await Registrants.SearchAsync(asked, Curious, Cancellation)).Require();
        var unsorted = (await Registrants.SearchAsync(asked with { Sort = [] }, Curious, Cancellation)).Require();
        await GiveAsync(person.Id, Terms("birth_date"));
        var after = (await Registrants.SearchAsync(asked, Curious, Cancellation)).Require();

        Assert.Equal((0, 0L), (before.Items.Count, before.Total));
        Assert.Equal((1, 1L), (unsorted.Items.Count, unsorted.Total));
        Assert.Equal((1, 1L), (after.Items.Count, after.Total));
    }

    [Fact]
    public async Task A_number_finds_its_record_only_when_a_consent_covers_it()
    {
        var uin = Persons.NewUin();
        var person = await Registrants.StoreAsync(Persons.Amira(uin));
        var asked = new SearchRequest { Query = new IdentifierQuery(uin) };
        async Task<bool> IsFoundAsync() =>
            (await Registrants.FindAsync([uin], ReadOptions.Default, Curious, Cancellation)).Require()[0] is not null;

        await GiveAsync(person.Id, Terms("surname"));
        Assert.False(await IsFoundAsync());
        Assert.Empty(await HitsAsync(asked, Curious));
        var id = await GiveAsync(person.Id, Terms("identifiers"));
        Assert.True(await IsFoundAsync());
        Assert.Equal([person.Id], await HitsAsync(asked, Curious));
        (await Ports.Consents.WithdrawAsync(person.Id, id, PortCallers.Registrar, Cancellation)).Require();
        Assert.False(await IsFoundAsync());
        var feedback = new Feedback
        {
            NamedVersion = "consents-" + Guid.NewGuid().ToString("N"),
            Items = [new FeedbackItem { Identifier = uin, Values = Persons.Values("""{"surname":"Another"}""") }],
        };
        var round = new NewNamedVersion { Name = feedback.NamedVersion, Kind = NamedVersionKinds.Feedback };
        (await Ports.NamedVersions.CreateAsync(round, PortCallers.Registrar, Cancellation)).Require();
        var told = (await Ports.NamedVersions.FeedbackAsync(feedback, Curious, Cancellation)).Require();
        Assert.Equal("registrants.not_found", Assert.Single(told.Items).Problem?.Code);
    }

    [Fact]
    public async Task Relatives_and_groups_are_looked_up_by_what_both_ends_consent_to()
    {
        var (one, two) = (await StoreAsync(), await StoreAsync());
        var couple = new SpouseChange { Person1 = PersonReference.Of(one.Id), Person2 = PersonReference.Of(two.Id) };
        (await Ports.Relationships.SetSpousesAsync(couple, PortCallers.Registrar, Cancellation)).Require();
        var group = await Registrants.StoreAsync(Persons.Household());
        var membership = new MembershipView
        {
            GroupId = group.Id,
            MemberId = one.Id,
            Kinds = ["head"],
        };
        (await Ports.Groups.AddMemberAsync(membership, PortCallers.Registrar, Cancellation)).Require();
        var byRelative = Search(
            """{"anyRelative":{"kind":"spouse","query":{"field":"surname","op":"eq","value":"Winter"}}}"""
        );
        var byMember = Search("""{"anyMember":{"field":"surname","op":"eq","value":"Winter"}}""");
        var open = Curious with { ConsentRequired = false };

        Assert.Contains(one.Id, await HitsAsync(byRelative, open));
        Assert.Contains(group.Id, await HitsAsync(byMember, open));
        await GiveAsync(one.Id, Terms("relationships", "memberships", "surname"));
        Assert.Empty(await HitsAsync(byRelative, Curious));
        await GiveAsync(two.Id, Terms("surname"));
        Assert.Empty(await HitsAsync(byRelative, Curious));
        await GiveAsync(two.Id, Terms("relationships"));
        var found = await HitsAsync(byRelative, Curious);
        Assert.Contains(one.Id, found);
        Assert.Contains(two.Id, found);
        // A group gives no consents, so nobody is found through one.
        Assert.Empty(await HitsAsync(byMember, Curious));
    }

    [Fact]
    public async Task Change_requests_named_versions_and_what_waits_for_attestors_go_by_consents()
    {
        var person = await StoreAsync();
        var request = new NewChangeRequest
        {
            Type = ChangeRequestTypes.EditFields,
            Subject = person.Id,
            Payload = Persons.Json("""{"values":{"surname":"Sommer","given_name":"Mira"}}"""),
            Reason = "told in private",
            Submit = true,
        };
        var made = (await Ports.ChangeRequests.CreateAsync(request, PortCallers.Registrar, Cancellation)).Require();
        var round = new NewNamedVersion { Name = "c-" + Guid.NewGuid().ToString("N"), Kind = NamedVersionKinds.Survey };
        (await Ports.NamedVersions.CreateAsync(round, PortCallers.Registrar, Cancellation)).Require();
        (
            await Ports.NamedVersions.JoinAsync(round.Name, person.Id, null, PortCallers.Registrar, Cancellation)
        ).Require();
        async Task<int> MembersAsync() =>
            (await Ports.NamedVersions.MembersAsync(round.Name, new PageRequest(), Curious, Cancellation))
                .Require()
                .Items.Count;
        async Task<List<string>> WaitingAsync() =>
            [
                .. (
                    await Ports.Attestations.WaitingAsync(
                        new WaitingFilter { Area = "C-7" },
                        new PageRequest(500, null),
                        Curious,
                        Cancellation
                    )
                )
                    .Require()
                    .Items.Where(w => w.Id == person.Id)
                    .Select(w => w.Field),
            ];
        async Task<bool> IsListedAsync() =>
            (
                await Ports.ChangeRequests.ListAsync(
                    new ChangeRequestQuery { Subject = person.Id },
                    new PageRequest(),
                    Curious,
                    Cancellation
                )
            )
                .Require()
                .Items.Count > 0;

        var before = await Ports.ChangeRequests.GetAsync(made.Id, null, Curious, Cancellation);
        Assert.Equal(ProblemKind.NotFound, before.Problem?.Kind);
        Assert.False(await IsListedAsync());
        Assert.Equal(0, await MembersAsync());
        Assert.Empty(await WaitingAsync());
        await GiveAsync(person.Id, Terms("surname", "area"));
        var after = (await Ports.ChangeRequests.GetAsync(made.Id, null, Curious, Cancellation)).Require();

        Assert.Equal(["surname"], after.Payload!.Value.GetProperty("values").EnumerateObject().Select(v => v.Name));
        Assert.Equal(["given_name"], after.Hidden);
        Assert.Null(after.Reason);
        Assert.True(await IsListedAsync());
        Assert.Equal(1, await MembersAsync());
        Assert.Subset(new HashSet<string> { "surname", "area" }, (await WaitingAsync()).ToHashSet());
        Assert.NotEmpty(await WaitingAsync());
        var shown = (
            await Ports.Versions.DisclosuresAsync(person.Id, new PageRequest(), PortCallers.Registrar, Cancellation)
        ).Require();
        Assert.All(shown.Items.Where(s => s.ShownTo == Partner), s => Assert.NotNull(s.Consent));
    }

    private async Task<RegistrantView> StoreAsync() =>
        await Registrants.StoreAsync(
            Persons.Amira() with
            {
                Values = Persons.Values(
                    """{"given_name":"Amira","surname":"Winter","birth_date":"1984-03-02","area":"C-7"}"""
                ),
            }
        );

    private static SearchRequest Search(string query)
    {
        var read = QueryReader.Read(JsonSerializer.Deserialize<JsonElement>(query), "query");
        return new SearchRequest { Query = read.Require(), Page = new PageRequest(500, null) };
    }

    private SearchRequest AsOfNow(SearchRequest request) =>
        request with
        {
            Options = new ReadOptions { AsOf = Ports.Clock.GetUtcNow() },
        };

    private async Task<List<RegistrantId>> HitsAsync(SearchRequest request, Caller caller)
    {
        var hits = new List<RegistrantId>();
        string? after = null;
        do
        {
            var page = request with { Page = request.Page with { After = after } };
            var found = (await Registrants.SearchAsync(page, caller, Cancellation)).Require();
            hits.AddRange(found.Items.Select(i => i.Id));
            after = found.Next;
        } while (after is not null);

        return hits;
    }
}
