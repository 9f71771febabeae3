using System.Text.Json;
using Xunit;

namespace SocialRegistry.Contracts.Tests.Ports;

public abstract partial class RegistrantsPortTests
{
    [Fact]
    public async Task A_search_finds_the_records_of_which_the_query_is_true()
    {
        var area = NewArea();
        var old = await StoreAsync(area, """{"birth_date":"1950-06-01","sex":"female"}""");
        var young = await StoreAsync(area, """{"birth_date":"2001-02-03","sex":"female"}""");
        var man = await StoreAsync(area, """{"birth_date":"1950-06-01","sex":"male"}""");

        Assert.Equal(
            [old],
            await IdsAsync(
                $$"""
                {"and":[{"area":"{{area}}"},{"field":"sex","op":"eq","value":"female"},
                        {"field":"birth_date","op":"lt","value":"1960"}]}
                """
            )
        );
        Assert.Equal(
            Sorted(young, man),
            await IdsAsync(
                InArea(
                    area,
                    """
                    {"or":[{"field":"sex","op":"ne","value":"female"},
                           {"not":{"field":"birth_date","op":"in","value":["1950","1960-01"]}}]}
                    """
                )
            )
        );
    }

    [Fact]
    public async Task A_protected_name_is_found_by_equality_however_it_is_accented()
    {
        var area = NewArea();
        var joao = await StoreAsync(area, """{"given_name":"João","surname":"Ab-Çelik"}""");
        await StoreAsync(area, """{"given_name":"Joana"}""");

        Assert.Equal([joao], await IdsAsync(InArea(area, """{"field":"given_name","op":"eq","value":" JOAO"}""")));
        Assert.Equal(
            [joao],
            await IdsAsync(InArea(area, """{"field":"surname","op":"in","value":["nobody","ab-celik"]}"""))
        );

        await PatchAsync(joao, 1, """{"given_name":"Pedro"}""");
        Assert.Empty(await IdsAsync(InArea(area, """{"field":"given_name","op":"eq","value":"joao"}""")));
        Assert.Equal([joao], await IdsAsync(InArea(area, """{"field":"given_name","op":"eq","value":"pedro"}""")));

        await PatchAsync(joao, 2, """{"given_name":null}""");
        Assert.DoesNotContain(joao, await IdsAsync(InArea(area, """{"field":"given_name","op":"exists"}""")));
    }

    [Fact]
    public async Task A_clear_text_is_found_by_what_it_holds_and_begins_with()
    {
        var area = NewArea();
        var person = await StoreAsync(area, "{}");

        var part = area[2..].ToLowerInvariant();
        Assert.Equal([person], await IdsAsync($$"""{"field":"area","op":"contains","value":"{{part}}"}"""));
        Assert.Equal(
            [person],
            await IdsAsync($$"""{"field":"area","op":"startsWith","value":"{{area.ToLowerInvariant()}}"}""")
        );
        Assert.Empty(await IdsAsync($$"""{"field":"area","op":"startsWith","value":"{{part}}"}"""));
    }

    [Fact]
    public async Task Imported_records_are_found_like_those_made_one_by_one()
    {
        var area = NewArea();
        var uin = Persons.NewUin();
        ImportRow Row(string name) =>
            new()
            {
                Kind = RegistrantKinds.Individual,
                Values = Persons.Values($$"""{"given_name":"{{name}}","area":"{{area}}"}"""),
                Identifiers = [uin],
            };
        async Task ImportAsync(ImportRow row)
        {
            var other = Row("Somebody") with { Identifiers = [Persons.NewUin()] };
            var outcomes = (
                await Registrants.ImportAsync([row, other], false, PortCallers.Registrar, Cancellation)
            ).Require();
            Assert.All(outcomes, o => Assert.Null(o.Problem));
        }

        await ImportAsync(Row("Ravn"));
        Assert.Single(await IdsAsync(InArea(area, """{"field":"given_name","op":"eq","value":"ravn"}""")));

        await ImportAsync(Row("Falk"));
        Assert.Empty(await IdsAsync(InArea(area, """{"field":"given_name","op":"eq","value":"ravn"}""")));
        Assert.Single(await IdsAsync(InArea(area, """{"field":"given_name","op":"eq","value":"falk"}""")));
        Assert.Equal(3, (await IdsAsync($$"""{"field":"area","op":"startsWith","value":"{{area}}"}""")).Count);
    }

    [Fact]
    public async Task Groups_are_found_by_their_members_and_members_by_their_groups()
    {
        var area = NewArea();
        var poor = await StoreGroupAsync(area, """{"poverty_score":10.5}""");
        var rich = await StoreGroupAsync(area, """{"poverty_score":90}""");
        var child = await StoreAsync(area, """{"birth_date":"2024-01-01"}""");
        var adult = await StoreAsync(area, """{"birth_date":"1980-01-01"}""");
        await JoinAsync(poor, child);
        await JoinAsync(poor, adult);
        await JoinAsync(rich, adult);

        Assert.Equal(
            [poor],
            await IdsAsync(InArea(area, """{"anyMember":{"field":"birth_date","op":"ge","value":"2020"}}"""))
        );
        Assert.Equal(
            Sorted(child, adult),
            await IdsAsync(InArea(area, """{"memberOf":{"field":"poverty_score","op":"le","value":10.5}}"""))
        );
        Assert.Equal(
            [child],
            await IdsAsync(
                InArea(
                    area,
                    """{"and":[{"kind":"individual"},{"not":{"memberOf":{"field":"poverty_score","op":"gt","value":10.5}}}]}"""
                )
            )
        );
    }

    [Fact]
    public async Task Archived_records_are_not_found_and_every_record_shown_is_disclosed()
    {
        var area = NewArea();
        var kept = await StoreAsync(area, """{"given_name":"Kari"}""");
        var gone = await StoreAsync(area, """{"given_name":"Kari"}""");
        (await Registrants.ArchiveAsync(gone, 1, "duplicate", PortCallers.Registrar, Cancellation)).Require();
        var partner = Searcher(["given_name"], ["area"]);

        var page = (await SearchAsync($$"""{"area":"{{area}}"}""", partner)).Require();

        var hit = Assert.Single(page.Items);
        Assert.Equal(kept, hit.Id);
        Assert.Equal(["given_name"], hit.Values.Keys);
        var disclosures = (
            await Ports.Versions.DisclosuresAsync(kept, new PageRequest(), PortCallers.Registrar, Cancellation)
        ).Require();
        Assert.Contains(disclosures.Items, d => d.ShownTo == partner.Id && d.Fields.SequenceEqual(["given_name"]));
    }

    [Fact]
    public async Task Only_the_fields_asked_for_are_shown()
    {
        var area = NewArea();
        await StoreAsync(area, """{"given_name":"Kari","sex":"female"}""");
        var request = Request($$"""{"area":"{{area}}"}""") with
        {
            Options = ReadOptions.Default with { Fields = ["sex"] },
        };

        var page = (await Registrants.SearchAsync(request, PortCallers.Registrar, Cancellation)).Require();

        Assert.Equal(["sex"], Assert.Single(page.Items).Values.Keys);
    }

    [Theory]
    [InlineData("birth_date", false)]
    [InlineData("birth_date", true)]
    [InlineData(null, false)]
    public async Task Pages_together_are_the_whole_and_hold_nothing_twice(string? field, bool descending)
    {
        var area = NewArea();
        var ids = new List<RegistrantId>();
        for (var i = 0; i < 23; i++)
        {
            ids.Add(
                await StoreAsync(area, i % 4 == 0 ? "{}" : $$"""{"birth_date":"19{{60 + i % 5}}-01-01","sex":"male"}""")
            );
        }

        var request = Request($$"""{"area":"{{area}}"}""", size: 5) with
        {
            Sort = field is null ? [] : [new SortField(field, descending), new SortField("sex", !descending)],
        };
        var seen = new List<RegistrantView>();
        string? after = null;
        do
        {
            var page = (
                await Registrants.SearchAsync(
                    request with
                    {
                        Page = new PageRequest(5, after),
                    },
                    PortCallers.Registrar,
                    Cancellation
                )
            ).Require();
            seen.AddRange(page.Items);
            after = page.Next;
            Assert.Equal(after is null ? 3 : 5, page.Items.Count);
        } while (after is not null);

        Assert.Equal(ids.Order(ById), seen.Select(s => s.Id).Order(ById));
        if (field is not null)
        {
            var dates = seen.Select(s => s.Text("birth_date") ?? "9999").ToList();
            Assert.Equal(
                descending ? dates.OrderDescending(StringComparer.Ordinal) : dates.Order(StringComparer.Ordinal),
                dates
            );
        }
    }

    [Fact]
    public async Task Records_stored_between_two_pages_neither_repeat_nor_hide_others()
    {
        var area = NewArea();
        var before = new List<RegistrantId>();
        for (var i = 0; i < 9; i++)
        {
            before.Add(await StoreAsync(area, $$"""{"birth_date":"198{{i}}-01-01"}"""));
        }

        var request = Request($$"""{"area":"{{area}}"}""", size: 4) with { Sort = [new SortField("birth_date")] };
        var seen = new List<RegistrantId>();
        string? after = null;
        do
        {
            var page = (
                await Registrants.SearchAsync(
                    request with
                    {
                        Page = new PageRequest(4, after),
                    },
                    PortCallers.Registrar,
                    Cancellation
                )
            ).Require();
            seen.AddRange(page.Items.Select(i => i.Id));
            after = page.Next;
            await StoreAsync(area, """{"birth_date":"1979-12-31"}""");
        } while (after is not null);

        Assert.Equal(before, seen);
    }

    [Fact]
    public async Task A_cursor_belongs_to_its_query_sort_and_caller()
    {
        var area = NewArea();
        await StoreAsync(area, "{}");
        await StoreAsync(area, "{}");
        var request = Request($$"""{"area":"{{area}}"}""", size: 1);
        var next = (await Registrants.SearchAsync(request, PortCallers.Registrar, Cancellation)).Require().Next!;
        var middle = next.Length / 2;
        var altered = next[..middle] + (next[middle] == 'A' ? 'B' : 'A') + next[(middle + 1)..];
        Task<Outcome<SearchPage>> AfterAsync(SearchRequest other, string after, Caller? caller = null) =>
            Registrants.SearchAsync(
                other with
                {
                    Page = new PageRequest(1, after),
                },
                caller ?? PortCallers.Registrar,
                Cancellation
            );

        Assert.Single((await AfterAsync(request, next)).Require().Items);
        foreach (
            var refused in new[]
            {
                await AfterAsync(request, altered),
                await AfterAsync(request, "page-2"),
                await AfterAsync(request, ""),
                await AfterAsync(Request("""{"kind":"individual"}"""), next),
                await AfterAsync(request with { Sort = [new SortField("sex")] }, next),
                await AfterAsync(request, next, PortCallers.Staff("another", Permissions.ReadRegistrants)),
            }
        )
        {
            Assert.Equal("searches.cursor_invalid", refused.Problem?.Code);
        }
    }

    [Fact]
    public async Task Hits_are_counted_only_when_asked_for()
    {
        var area = NewArea();
        await StoreAsync(area, "{}");
        await StoreAsync(area, "{}");
        var request = Request($$"""{"area":"{{area}}"}""", size: 1);
        async Task<SearchPage> CountAsync(SearchCount count) =>
            (
                await Registrants.SearchAsync(request with { Count = count }, PortCallers.Registrar, Cancellation)
            ).Require();

        Assert.Null((await CountAsync(SearchCount.None)).Total);
        var exact = await CountAsync(SearchCount.Exact);
        Assert.Equal((2, true), (exact.Total, exact.TotalIsExact));
        Assert.Equal(2, (await CountAsync(SearchCount.Estimate)).Total);
    }

    [Theory]
    [InlineData("""{"field":"shoe_size","op":"eq","value":1}""", "query.field", "unknown", "shoe_size")]
    [InlineData("""{"field":"address.street","op":"exists"}""", "query.field", "unknown", "address.street")]
    [InlineData("""{"field":"second_name","op":"eq","value":"x"}""", "query.field", "searchable", "second_name")]
    [InlineData("""{"field":"given_name","op":"contains","value":"x"}""", "query.op", "operator", "given_name")]
    [InlineData("""{"not":{"field":"surname","op":"lt","value":"x"}}""", "query.not.op", "operator", "surname")]
    [InlineData("""{"field":"given_name","op":"ne","value":"x"}""", "query.op", "operator", "given_name")]
    [InlineData("""{"field":"sex","op":"contains","value":"x"}""", "query.op", "operator", "sex")]
    [InlineData("""{"field":"sex","op":"eq","value":7}""", "query.value", "type", null)]
    [InlineData("""{"field":"birth_date","op":"ge","value":"1960-13-01"}""", "query.value", "type", null)]
    [InlineData("""{"field":"birth_date","op":"ge","value":"01.01.1960"}""", "query.value", "type", null)]
    [InlineData("""{"field":"poverty_score","op":"ge","value":"10"}""", "query.value", "type", null)]
    [InlineData("""{"field":"poverty_score","op":"eq","value":1.000000000000000001}""", "query.value", "type", null)]
    [InlineData("""{"field":"sex","op":"in","value":"male"}""", "query.value", "items", null)]
    [InlineData("""{"field":"sex","op":"in","value":[]}""", "query.value", "items", null)]
    [InlineData("""{"field":"sex","op":"in","value":["male",1]}""", "query.value[1]", "type", null)]
    [InlineData("""{"field":"area","op":"contains","value":"  "}""", "query.value", "length", null)]
    [InlineData("""{"field":"area","op":"exists","value":"yes"}""", "query.value", "type", null)]
    [InlineData("""{"identifier":{"type":"SHOE","value":"1"}}""", "query.identifier.type", "unknown", null)]
    [InlineData(
        """{"or":[{"kind":"group"},{"anyMember":{"field":"sex","op":"gt","value":"x"}}]}""",
        "query.or[1].anyMember.op",
        "operator",
        "sex"
    )]
    public async Task A_query_that_cannot_be_answered_is_refused_with_its_place(
        string query,
        string path,
        string code,
        string? named
    )
    {
        var refused = (await SearchAsync(query, PortCallers.Registrar)).Problem;

        Assert.Equal((QueryProblems.InvalidCode, ProblemKind.Invalid), (refused?.Code, refused?.Kind));
        var problem = Assert.Single(refused!.Fields);
        Assert.Equal((path, code), (problem.Field, problem.Code));
        if (named is not null)
        {
            Assert.Contains(named, problem.Detail, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("""{"field":"birth_date","op":"ge","value":"1960"}""", "query.field", "birth_date")]
    [InlineData("""{"not":{"field":"birth_date","op":"exists"}}""", "query.not.field", "birth_date")]
    [InlineData("""{"identifier":{"type":"BRN","value":"12345"}}""", "query.identifier.type", "BRN")]
    [InlineData("""{"not":{"identifier":{"type":"UIN","value":"12345"}}}""", "query.not.identifier.type", "UIN")]
    [InlineData("""{"area":"N-01"}""", "query.area", "area")]
    [InlineData("""{"kind":"individual"}""", "query.kind", "kind")]
    [InlineData("""{"status":"active"}""", "query.status", "status")]
    [InlineData("""{"anyMember":{"field":"sex","op":"eq","value":"male"}}""", "query.anyMember", "memberships")]
    [InlineData(
        """{"anyRelative":{"kind":"parent","query":{"field":"sex","op":"eq","value":"male"}}}""",
        "query.anyRelative",
        "relationships"
    )]
    public async Task A_filter_that_the_caller_may_not_use_is_refused_with_its_name(
        string query,
        string path,
        string name
    )
    {
        var refused = (await SearchAsync(query, Searcher(["sex", "birth_date"], ["sex", "UIN"]))).Problem;

        Assert.Equal((QueryProblems.ForbiddenCode, ProblemKind.Forbidden), (refused?.Code, refused?.Kind));
        var problem = Assert.Single(refused!.Fields);
        Assert.Equal((path, "filter"), (problem.Field, problem.Code));
        Assert.Contains(name, problem.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("shoe_size", "unknown")]
    [InlineData("given_name", "sort")]
    [InlineData("language_code", "sort")]
    [InlineData("address.locality", "sort")]
    [InlineData("", "unknown")]
    public async Task A_sort_by_what_has_no_order_is_refused(string field, string code)
    {
        var request = Request("""{"kind":"individual"}""") with { Sort = [new SortField("sex"), new SortField(field)] };

        var refused = (await Registrants.SearchAsync(request, PortCallers.Registrar, Cancellation)).Problem;

        var problem = Assert.Single(refused!.Fields);
        Assert.Equal(("sort[1].field", code), (problem.Field, problem.Code));
    }

    [Fact]
    public async Task Sorts_pages_and_past_versions_have_their_bounds()
    {
        var all = Request("""{"kind":"individual"}""");
        var partner = Searcher(["sex", "birth_date"], ["sex", "kind"]);
        async Task<Problem?> RefusedAsync(SearchRequest request, Caller? caller = null) =>
            (await Registrants.SearchAsync(request, caller ?? PortCallers.Registrar, Cancellation)).Problem;

        Assert.Equal(
            QueryProblems.ForbiddenCode,
            (await RefusedAsync(all with { Sort = [new SortField("birth_date")] }, partner))?.Code
        );
        Assert.Equal(
            "duplicate",
            (await RefusedAsync(all with { Sort = [new SortField("sex"), new SortField("sex", true)] }))?.Fields[0].Code
        );
        Assert.Equal("page.size", (await RefusedAsync(all with { Page = new PageRequest(0) }))?.Fields[0].Field);
        Assert.Equal("page.size", (await RefusedAsync(all with { Page = new PageRequest(501) }))?.Fields[0].Field);
        Assert.Equal(
            "registrants.version_not_here",
            (await RefusedAsync(all with { Options = new ReadOptions { Version = 1 } }))?.Code
        );
        Assert.Equal(
            "registrants.field_unknown",
            (await RefusedAsync(all with { Options = new ReadOptions { Fields = ["shoe_size"] } }))?.Code
        );
        Assert.Equal(
            "access.forbidden",
            (await RefusedAsync(all, PortCallers.Staff("clerk", Permissions.WriteRegistrants)))?.Code
        );
        Assert.Equal("disclosures.purpose_required", (await RefusedAsync(all, partner with { Purpose = null }))?.Code);
    }

    [Fact]
    public async Task A_person_finds_nobody_but_herself()
    {
        var area = NewArea();
        var self = await StoreAsync(area, "{}");
        await StoreAsync(area, "{}");

        var page = (await SearchAsync($$"""{"area":"{{area}}"}""", PortCallers.Person(self))).Require();

        Assert.Equal([self], page.Items.Select(i => i.Id));
    }

    private static readonly Comparer<RegistrantId> ById = Comparer<RegistrantId>.Create(
        (one, other) => string.CompareOrdinal(one.ToString(), other.ToString())
    );

    /// <summary>An area in which nobody lives yet.</summary>
    private static string NewArea() => "A-" + Guid.NewGuid().ToString("N")[..20];

    private static string InArea(string area, string query) => $$"""{"and":[{"area":"{{area}}"},{{query}}]}""";

    private static SearchRequest Request(string query, int size = 500) =>
        new() { Query = QueryReader.Read(query).Require(), Page = new PageRequest(size) };

    private static Caller Searcher(string[] fields, string[] filters) =>
        PortCallers.Partner("searcher-" + Persons.Next(), fields, filters);

    private Task<Outcome<SearchPage>> SearchAsync(string query, Caller caller) =>
        Registrants.SearchAsync(Request(query), caller, Cancellation);

    private async Task<IReadOnlyList<RegistrantId>> IdsAsync(string query, Caller? caller = null) =>
        Sorted([.. (await SearchAsync(query, caller ?? PortCallers.Registrar)).Require().Items.Select(i => i.Id)]);

    private static IReadOnlyList<RegistrantId> Sorted(params RegistrantId[] ids) => [.. ids.Order(ById)];

    private async Task<RegistrantId> StoreAsync(string area, string values)
    {
        var all = Persons.Values(values);
        all["area"] = JsonSerializer.SerializeToElement(area);
        return (
            await Registrants.StoreAsync(
                new NewRegistrant
                {
                    Kind = RegistrantKinds.Individual,
                    Values = all,
                    Identifiers = [Persons.NewUin()],
                }
            )
        ).Id;
    }

    private async Task<RegistrantId> StoreGroupAsync(string area, string values)
    {
        var all = Persons.Values(values);
        all["area"] = JsonSerializer.SerializeToElement(area);
        return (
            await Registrants.StoreAsync(
                new NewRegistrant
                {
                    Kind = RegistrantKinds.Group,
                    Values = all,
                    Identifiers = [Persons.NewHousehold()],
                }
            )
        ).Id;
    }

    private async Task JoinAsync(RegistrantId group, RegistrantId member, params string[] kinds) =>
        (
            await Ports.Groups.AddMemberAsync(
                new MembershipView
                {
                    GroupId = group,
                    MemberId = member,
                    Kinds = kinds,
                },
                PortCallers.Registrar,
                Cancellation
            )
        ).Require();
}
