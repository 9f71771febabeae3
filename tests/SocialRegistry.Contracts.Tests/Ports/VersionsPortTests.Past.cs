using System.Text.Json;
using Xunit;

namespace SocialRegistry.Contracts.Tests.Ports;

/// <summary>Records as of a moment and of a day, their attestations and members, differences and change logs.</summary>
public abstract partial class VersionsPortTests
{
    [Fact]
    public async Task A_record_is_read_as_the_register_knew_it_at_a_moment()
    {
        var before = Ports.Clock.GetUtcNow();
        Ports.Clock.AdjustTime(Ports.Clock.GetUtcNow() + TimeSpan.FromHours(1));
        var person = await Registrants.StoreAsync(Persons.Amira());
        var moments = new List<DateTimeOffset> { Ports.Clock.GetUtcNow() };
        for (var version = 1; version <= 19; version++)
        {
            Ports.Clock.AdjustTime(Ports.Clock.GetUtcNow() + TimeSpan.FromHours(1));
            await PatchAsync(person.Id, version, $$"""{"given_name":"Name {{version + 1}}"}""");
            moments.Add(Ports.Clock.GetUtcNow());
        }

        foreach (var (index, moment) in moments.Index())
        {
            var then = (await AsOfAsync(person.Id, moment)).Require();
            var later = (await AsOfAsync(person.Id, moment.AddMinutes(index < 19 ? 59 : 4))).Require();

            Assert.Equal((index + 1, moment), (then.Version, then.UpdatedAt));
            Assert.Equal(index == 0 ? "Amira" : $"Name {index + 1}", then.Text("given_name"));
            Assert.Equal(then.Version, later.Version);
        }

        var early = (await AsOfAsync(person.Id, before)).Problem!;
        Assert.Equal(("versions.before_record", ProblemKind.NotFound), (early.Code, early.Kind));
        Assert.Equal(moments[0], DateTimeOffset.Parse(early.Since!));
        var future = await AsOfAsync(person.Id, Ports.Clock.GetUtcNow().AddHours(1));
        Assert.Equal("versions.moment_future", future.Problem?.Code);
    }

    [Fact]
    public async Task A_record_is_read_as_it_was_in_life_on_a_day_by_what_is_known()
    {
        var person = await Registrants.StoreAsync(Persons.Amira() with { EffectiveOn = new DateOnly(2020, 1, 1) });
        var asRegistered = Ports.Clock.GetUtcNow();
        Ports.Clock.AdjustTime(Ports.Clock.GetUtcNow() + TimeSpan.FromDays(1));
        await ChangeAsync(person.Id, 1, """{"area":"S-01"}""", new DateOnly(2024, 3, 1));
        Ports.Clock.AdjustTime(Ports.Clock.GetUtcNow() + TimeSpan.FromDays(1));
        // News from before: recorded last, holds earlier.
        await ChangeAsync(person.Id, 2, """{"surname":"Vinter"}""", new DateOnly(2022, 6, 1));
        Ports.Clock.AdjustTime(Ports.Clock.GetUtcNow() + TimeSpan.FromDays(1));
        // Known today, holds in the future.
        await ChangeAsync(person.Id, 3, """{"area":"S-02"}""", new DateOnly(2030, 1, 1));
        Ports.Clock.AdjustTime(Ports.Clock.GetUtcNow() + TimeSpan.FromDays(1));
        await ChangeAsync(person.Id, 4, """{"education_level":"4"}""", new DateOnly(2025, 1, 1));

        async Task AssertAsync(DateOnly day, string surname, string area, string education, DateTimeOffset? asOf = null)
        {
            var options = new ReadOptions { Effective = day, AsOf = asOf };
            var then = (await Registrants.GetAsync(person.Id, options, PortCallers.Registrar, Cancellation)).Require();
            Assert.Equal(
                (surname, area, education),
                (then.Text("surname"), then.Text("area"), then.Text("education_level"))
            );
        }

        await AssertAsync(new DateOnly(2021, 1, 1), "Solbakk", "N-01-004", "3");
        await AssertAsync(new DateOnly(2023, 1, 1), "Vinter", "N-01-004", "3");
        await AssertAsync(new DateOnly(2024, 3, 1), "Vinter", "S-01", "3");
        await AssertAsync(new DateOnly(2026, 1, 1), "Vinter", "S-01", "4");
        await AssertAsync(new DateOnly(2030, 1, 1), "Vinter", "S-02", "4");
        await AssertAsync(new DateOnly(2030, 1, 1), "Solbakk", "N-01-004", "3", asRegistered);
        await AssertAsync(new DateOnly(2030, 1, 1), "Solbakk", "S-01", "3", asRegistered.AddDays(1));
        var before = await Registrants.GetAsync(
            person.Id,
            new ReadOptions { Effective = new DateOnly(2019, 12, 31) },
            PortCallers.Registrar,
            Cancellation
        );
        Assert.Equal(("versions.before_record", "2020-01-01"), (before.Problem?.Code, before.Problem?.Since));
    }

    [Fact]
    public async Task An_approximate_day_is_kept_as_it_was_told_and_counts_from_its_first_day()
    {
        Assert.True(PartialDate.TryParse("2021-03", out var month));
        var person = await Registrants.StoreAsync(Persons.Amira() with { EffectiveOn = new DateOnly(2020, 1, 1) });
        (
            await Registrants.UpdateAsync(
                person.Id,
                new RegistrantPatch
                {
                    ExpectedVersion = 1,
                    Values = Persons.Values("""{"surname":"Vinter"}"""),
                    EffectiveOn = month,
                },
                PortCallers.Registrar,
                Cancellation
            )
        ).Require();

        var versions = await ListAsync(person.Id);
        var last = await EffectiveAsync(person.Id, new DateOnly(2021, 2, 28));
        var first = await EffectiveAsync(person.Id, new DateOnly(2021, 3, 1));

        Assert.Equal("2021-03", versions.Items[0].EffectiveOn.ToString());
        Assert.Equal(("Solbakk", "Vinter"), (last.Text("surname"), first.Text("surname")));
    }

    [Fact]
    public async Task A_clock_that_goes_backwards_does_not_disturb_the_order()
    {
        var person = await Registrants.StoreAsync(Persons.Amira());
        // The clock stands still, which is as bad as going back.
        for (var version = 1; version < 4; version++)
        {
            await PatchAsync(person.Id, version, $$"""{"given_name":"Name {{version + 1}}"}""");
        }

        var versions = (await ListAsync(person.Id)).Items;

        Assert.Equal(
            versions.OrderByDescending(v => v.RecordedAt).Select(v => v.Number),
            versions.Select(v => v.Number)
        );
        Assert.Equal(4, versions.Select(v => v.RecordedAt).Distinct().Count());
        foreach (var version in versions)
        {
            Assert.Equal(version.Number, (await AsOfAsync(person.Id, version.RecordedAt)).Require().Version);
        }
    }

    [Fact]
    public async Task Attestations_are_shown_as_they_stood()
    {
        var person = await Registrants.StoreAsync(Persons.Amira());
        var registered = Ports.Clock.GetUtcNow();
        Ports.Clock.AdjustTime(Ports.Clock.GetUtcNow() + TimeSpan.FromHours(1));
        foreach (var field in (string[])["surname", "birth_date"])
        {
            (
                await Ports.Attestations.AttestAsync(
                    person.Id,
                    field,
                    new AttestationStatement { Status = "ATTESTED", Comments = "seen" },
                    PortCallers.Registrar,
                    Cancellation
                )
            ).Require();
        }

        var attested = Ports.Clock.GetUtcNow().AddMilliseconds(1);
        Ports.Clock.AdjustTime(Ports.Clock.GetUtcNow() + TimeSpan.FromHours(1));
        await PatchAsync(person.Id, 1, """{"surname":"Vinter"}""");
        var changed = Ports.Clock.GetUtcNow();

        async Task<(string?, string?)> StatusesAsync(ReadOptions options)
        {
            var view = (
                await Registrants.GetAsync(
                    person.Id,
                    options with
                    {
                        Attestations = true,
                    },
                    PortCallers.Registrar,
                    Cancellation
                )
            ).Require();
            return (
                view.Attestations.Single(a => a.Field == "surname").Status,
                view.Attestations.Single(a => a.Field == "birth_date").Status
            );
        }

        Assert.Equal(("NEW", "NEW"), await StatusesAsync(new ReadOptions { AsOf = registered }));
        Assert.Equal(("ATTESTED", "ATTESTED"), await StatusesAsync(new ReadOptions { AsOf = attested }));
        // The untouched field keeps its attestation, the changed one falls back.
        Assert.Equal(("NEW", "ATTESTED"), await StatusesAsync(new ReadOptions { AsOf = changed }));
        Assert.Equal(("NEW", "ATTESTED"), await StatusesAsync(ReadOptions.Default));
        Assert.Equal(("ATTESTED", "ATTESTED"), await StatusesAsync(new ReadOptions { Version = 1 }));
    }

    [Fact]
    public async Task A_household_is_read_with_its_members_as_they_were()
    {
        var (house, mother, child) = (
            await Registrants.StoreAsync(Persons.Household()),
            await Registrants.StoreAsync(Persons.Amira()),
            await Registrants.StoreAsync(Persons.Amira())
        );
        await AddAsync(house.Id, mother.Id, "head");
        var alone = Step();
        await AddAsync(house.Id, child.Id, "member");
        await PatchAsync(child.Id, 1, """{"given_name":"Lio"}""");
        var together = Step();
        (
            await Ports.Groups.ChangeHeadAsync(
                house.Id,
                new HeadChange { Head = child.Id },
                new GroupCommand { EffectiveOn = Today },
                PortCallers.Registrar,
                Cancellation
            )
        ).Require();
        var handed = Step();
        (
            await Ports.Groups.EndMemberAsync(
                house.Id,
                mother.Id,
                new MembershipEnd { Reason = "moved" },
                new GroupCommand { EffectiveOn = Today },
                PortCallers.Registrar,
                Cancellation
            )
        ).Require();
        await PatchAsync(child.Id, 2, """{"given_name":"Lior"}""");

        static List<(RegistrantId, string?, string)> Members(
            params (RegistrantId Id, string? Name, string Kinds)[] of
        ) => [.. of.Select(m => (m.Id, m.Name, string.Join(',', m.Kinds.Split(',').Order()))).OrderBy(m => m.Id.Value)];
        var (one, two, three, now) = (
            await MembersAsync(house.Id, alone),
            await MembersAsync(house.Id, together),
            await MembersAsync(house.Id, handed),
            await MembersAsync(house.Id, null)
        );

        Assert.Equal(Members((mother.Id, "Amira", "head")), Members([.. one]));
        Assert.Equal(Members((mother.Id, "Amira", "head"), (child.Id, "Lio", "member")), Members([.. two]));
        Assert.Equal(Members((mother.Id, "Amira", "member"), (child.Id, "Lio", "head")), Members([.. three]));
        Assert.Equal(Members((child.Id, "Lior", "head")), Members([.. now]));
        Assert.Equal(two.Select(m => m.Id.Value).Order(), two.Select(m => m.Id.Value));
        var record = await Registrants.GetAsync(
            house.Id,
            new ReadOptions { AsOf = together, Memberships = true },
            PortCallers.Registrar,
            Cancellation
        );
        Assert.Equal(
            [(mother.Id, "head"), (child.Id, "member")],
            record.Require().Memberships.Select(m => (m.MemberId, string.Join(',', m.Kinds))).OrderBy(m => m.Item2)
        );
        var hers = await Registrants.GetAsync(
            mother.Id,
            new ReadOptions { AsOf = handed, Memberships = true },
            PortCallers.Registrar,
            Cancellation
        );
        Assert.Equal(["member"], Assert.Single(hers.Require().Memberships).Kinds);
        var difference = await CompareAsync(
            house.Id,
            new VersionPoint { At = together },
            new VersionPoint { At = Ports.Clock.GetUtcNow() }
        );
        Assert.Equal(mother.Id, Assert.Single(difference.Require().Left).MemberId);
        Assert.Contains("head", Assert.Single(difference.Require().Changed).Kinds);
        Assert.Empty(difference.Require().Joined);
    }

    [Fact]
    public async Task Two_states_are_compared_field_by_field_within_the_callers_scope()
    {
        var person = await Registrants.StoreAsync(Persons.Amira());
        Ports.Clock.AdjustTime(Ports.Clock.GetUtcNow() + TimeSpan.FromHours(1));
        await PatchAsync(person.Id, 1, """{"surname":"Vinter","marital_status":null}""");
        Ports.Clock.AdjustTime(Ports.Clock.GetUtcNow() + TimeSpan.FromHours(1));
        await PatchAsync(person.Id, 2, """{"surname":"Solbakk","area":"S-01"}""");

        var all = (await CompareAsync(person.Id, Number(1), Number(2))).Require();
        var back = (await CompareAsync(person.Id, Number(1), Number(3))).Require();
        var partner = (
            await Ports.Versions.CompareAsync(
                person.Id,
                Number(1),
                Number(2),
                PartnerOfHistory("surname"),
                Cancellation
            )
        ).Require();
        var masked = (
            await Ports.Versions.CompareAsync(
                person.Id,
                Number(2),
                Number(1),
                PortCallers.Registrar with
                {
                    Masked = FieldScope.Of(["surname"]),
                },
                Cancellation
            )
        ).Require();

        Assert.Equal((1L, 2L), (all.From.Version, all.To.Version));
        Assert.Equal(["marital_status", "surname"], all.Fields.Select(f => f.Field).Order());
        var surname = all.Fields.Single(f => f.Field == "surname");
        Assert.Equal(("Solbakk", "Vinter"), (surname.Old?.GetString(), surname.New?.GetString()));
        Assert.Null(all.Fields.Single(f => f.Field == "marital_status").New);
        Assert.Equal(["area", "marital_status"], back.Fields.Select(f => f.Field).Order());
        Assert.Equal(["surname"], partner.Fields.Select(f => f.Field));
        var hidden = masked.Fields.Single(f => f.Field == "surname");
        Assert.True(hidden.Masked);
        Assert.Equal(("V***", "S***"), (hidden.Old?.GetString(), hidden.New?.GetString()));
        Assert.Equal("versions.not_found", (await CompareAsync(person.Id, Number(1), Number(9))).Problem?.Code);
        Assert.Equal(
            "named_versions.not_found",
            (await CompareAsync(person.Id, Number(1), new VersionPoint { Name = "nobody-made-it" })).Problem?.Code
        );
        Assert.Equal(
            "versions.point_required",
            (await CompareAsync(person.Id, new VersionPoint(), Number(1))).Problem?.Code
        );
    }

    [Fact]
    public async Task The_history_is_filtered_by_timeframe_field_actor_and_source()
    {
        var person = await Registrants.StoreAsync(Persons.Amira());
        Ports.Clock.AdjustTime(Ports.Clock.GetUtcNow() + TimeSpan.FromHours(1));
        var second = Ports.Clock.GetUtcNow();
        await PatchAsync(person.Id, 1, """{"surname":"Vinter"}""");
        Ports.Clock.AdjustTime(Ports.Clock.GetUtcNow() + TimeSpan.FromHours(1));
        var third = Ports.Clock.GetUtcNow();
        (
            await Registrants.UpdateAsync(
                person.Id,
                new RegistrantPatch { ExpectedVersion = 2, Values = Persons.Values("""{"area":"S-01"}""") },
                PortCallers.Registrar with
                {
                    Id = "other-clerk",
                    Channel = "web",
                },
                Cancellation
            )
        ).Require();

        async Task<string> NumbersAsync(HistoryFilter filter, Caller? caller = null) =>
            string.Join(
                ',',
                (
                    await Ports.Versions.ListAsync(
                        person.Id,
                        filter,
                        new PageRequest(),
                        caller ?? PortCallers.Registrar,
                        Cancellation
                    )
                )
                    .Require()
                    .Items.Select(v => v.Number)
            );

        Assert.Equal("3,2", await NumbersAsync(new HistoryFilter { From = second }));
        Assert.Equal("2", await NumbersAsync(new HistoryFilter { From = second, To = third }));
        Assert.Equal("2,1", await NumbersAsync(new HistoryFilter { Field = "surname" }));
        Assert.Equal("3", await NumbersAsync(new HistoryFilter { Actor = "other-clerk" }));
        Assert.Equal("3", await NumbersAsync(new HistoryFilter { Channel = "web" }));
        Assert.Equal("", await NumbersAsync(new HistoryFilter { Field = "surname", Channel = "web" }));
        // By what is not for the caller nothing is found, and nothing is told.
        Assert.Equal("", await NumbersAsync(new HistoryFilter { Field = "area" }, PartnerOfHistory("surname")));
        Assert.Equal("", await NumbersAsync(new HistoryFilter { Actor = "registrar" }, PartnerOfHistory("surname")));
        var unknown = await Ports.Versions.ListAsync(
            person.Id,
            new HistoryFilter { Field = "shoe_size" },
            new PageRequest(),
            PortCallers.Registrar,
            Cancellation
        );
        var backwards = await Ports.Versions.ChangesAsync(
            person.Id,
            new HistoryFilter { From = third, To = second },
            new PageRequest(),
            PortCallers.Registrar,
            Cancellation
        );
        Assert.Equal("versions.field_unknown", unknown.Problem?.Code);
        Assert.Equal("versions.period_invalid", backwards.Problem?.Code);
    }

    [Fact]
    public async Task The_change_log_shows_old_and_new_values_within_the_callers_scope()
    {
        var person = await Registrants.StoreAsync(Persons.Amira());
        await PatchAsync(person.Id, 1, """{"surname":"Vinter","area":"S-01"}""", "wedding");
        (
            await Ports.Attestations.AttestAsync(
                person.Id,
                "surname",
                new AttestationStatement { Status = "ATTESTED" },
                PortCallers.Registrar,
                Cancellation
            )
        ).Require();

        async Task<IReadOnlyList<ChangeView>> ChangesAsync(Caller caller, HistoryFilter? filter = null) =>
            (
                await Ports.Versions.ChangesAsync(
                    person.Id,
                    filter ?? HistoryFilter.None,
                    new PageRequest(),
                    caller,
                    Cancellation
                )
            )
                .Require()
                .Items;

        var all = await ChangesAsync(PortCallers.Registrar);
        var partner = await ChangesAsync(PartnerOfHistory("surname"));
        var masked = await ChangesAsync(PortCallers.Registrar with { Masked = FieldScope.Of(["surname"]) });

        Assert.Equal(["attested", "updated", "created"], all.Select(c => c.Operation));
        Assert.Equal([3L, 2L, 1L], all.Select(c => c.Sequence));
        var attested = Assert.Single(all[0].Fields);
        Assert.Equal(
            ("attestations.surname", "NEW", "ATTESTED"),
            (attested.Field, attested.Old?.GetString(), attested.New?.GetString())
        );
        var surname = all[1].Fields.Single(f => f.Field == "surname");
        Assert.Equal(("Solbakk", "Vinter"), (surname.Old?.GetString(), surname.New?.GetString()));
        Assert.Equal("wedding", all[1].Reason);
        Assert.Contains(
            all[2].Fields,
            f => f.Field == "identifiers" && f.New?[0].GetProperty("type").GetString() == "UIN"
        );
        Assert.All(
            partner,
            c => Assert.All(c.Fields, f => Assert.EndsWith("surname", f.Field, StringComparison.Ordinal))
        );
        Assert.All(partner, c => Assert.Equal("withheld", c.ChangedBy));
        Assert.Equal("V***", masked[1].Fields.Single(f => f.Field == "surname").New?.GetString());
        Assert.Equal(
            [2L, 1L],
            (await ChangesAsync(PortCallers.Registrar, new HistoryFilter { Field = "area" })).Select(c => c.Sequence)
        );
    }

    [Fact]
    public async Task A_search_is_asked_of_the_records_as_they_were()
    {
        var word = "Q" + Persons.Next();
        var (stays, moves, dies) = (
            await StoreInAsync(word, "A-1"),
            await StoreInAsync(word, "A-1"),
            await StoreInAsync(word, "A-1")
        );
        var then = Step();
        await PatchAsync(moves, 1, """{"area":"A-2"}""");
        (await Registrants.ArchiveAsync(dies, 1, "duplicate", PortCallers.Registrar, Cancellation)).Require();
        var late = await StoreInAsync(word, "A-1");

        Query query = new AndQuery([
            new FieldQuery("surname", QueryOperator.Eq, Persons.Json($"\"{word}\"")),
            new FieldQuery("area", QueryOperator.Eq, Persons.Json("\"A-1\"")),
        ]);

        Assert.Equal(
            new[] { stays, moves, dies }.OrderBy(i => i.Value),
            await FindAsync(query, new ReadOptions { AsOf = then })
        );
        Assert.Equal([stays, late], await FindAsync(query, new ReadOptions { AsOf = Ports.Clock.GetUtcNow() }));
        Assert.Equal([stays, late], await FindAsync(query, ReadOptions.Default));
        var partner = PartnerOfHistory("area") with { Filters = FieldScope.Of(["area", "surname"]) };
        // To a partner an archived record is not there, in the past neither.
        Assert.Equal(
            new[] { stays, moves }.OrderBy(i => i.Value),
            await FindAsync(query, new ReadOptions { AsOf = then }, partner)
        );

        foreach (
            var (request, code) in ((SearchRequest, string)[])
                [
                    (
                        new SearchRequest
                        {
                            Query = query,
                            Options = new ReadOptions { AsOf = then },
                            Sort = [new SortField("birth_date")],
                        },
                        "searches.invalid"
                    ),
                    (
                        new SearchRequest
                        {
                            Query = query,
                            Options = new ReadOptions { AsOf = then },
                            Count = SearchCount.Exact,
                        },
                        "searches.invalid"
                    ),
                    (
                        new SearchRequest
                        {
                            Query = new AnyMemberQuery(query),
                            Options = new ReadOptions { AsOf = then },
                        },
                        "searches.invalid"
                    ),
                    (
                        new SearchRequest
                        {
                            Query = query,
                            Options = new ReadOptions { Version = 1 },
                        },
                        "registrants.version_not_here"
                    ),
                ]
        )
        {
            var refused = await Registrants.SearchAsync(request, PortCallers.Registrar, Cancellation);
            Assert.Equal(code, refused.Problem?.Code);
        }

        var reader = PortCallers.Staff("reader", Permissions.ReadRegistrants);
        var past = new SearchRequest
        {
            Query = query,
            Options = new ReadOptions { AsOf = then },
        };
        Assert.Equal(ProblemKind.Forbidden, (await Registrants.SearchAsync(past, reader, Cancellation)).Problem?.Kind);
    }

    [Fact]
    public async Task Searches_of_the_past_agree_with_reading_every_record()
    {
        var random = new Random(20260601);
        var word = "R" + Persons.Next();
        var ids = new List<RegistrantId>();
        var versions = new Dictionary<RegistrantId, long>();
        var moments = new List<DateTimeOffset>();
        for (var step = 0; step < 60; step++)
        {
            if (ids.Count < 8 || random.Next(4) == 0)
            {
                var id = await StoreInAsync(word, $"A-{random.Next(3)}");
                ids.Add(id);
                versions[id] = 1;
            }
            else
            {
                var id = ids[random.Next(ids.Count)];
                var change = random.Next(3) switch
                {
                    0 => $$"""{"area":"A-{{random.Next(3)}}","given_name":"N{{step}}"}""",
                    1 => $$"""{"birth_date":"19{{random.Next(50, 99)}}-05-01"}""",
                    _ => $$"""{"sex":"{{(random.Next(2) == 0 ? "male" : "female")}}","given_name":"N{{step}}"}""",
                };
                var view = await ChangeAsync(id, versions[id], change, new DateOnly(2026, 1, 1 + random.Next(28)));
                versions[id] = view.Version;
            }

            moments.Add(Ports.Clock.GetUtcNow());
            Ports.Clock.Advance(TimeSpan.FromSeconds(random.Next(1, 100)));
        }

        var own = new FieldQuery("surname", QueryOperator.Eq, Persons.Json($"\"{word}\""));
        Query[] queries =
        [
            new FieldQuery("area", QueryOperator.Eq, Persons.Json("\"A-1\"")),
            new NotQuery(new FieldQuery("area", QueryOperator.In, Persons.Json("""["A-0","A-2"]"""))),
            new FieldQuery("birth_date", QueryOperator.Lt, Persons.Json("\"1970-01-01\"")),
            new OrQuery([
                new FieldQuery("sex", QueryOperator.Eq, Persons.Json("\"male\"")),
                new FieldQuery("birth_date", QueryOperator.Ge, Persons.Json("\"1980\"")),
            ]),
        ];
        var catalogue = await Ports.Fields.GetAsync(Cancellation);
        var binder = new QueryBinder(catalogue);
        var oracle = new QueryEvaluation((_, value) => value);
        foreach (var query in queries)
        {
            var bound = binder.Bind(query, FieldScope.All).Require();
            foreach (var moment in (DateTimeOffset[])[moments[5], moments[20], moments[40], moments[59]])
            {
                foreach (var day in (DateOnly?[])[null, new DateOnly(2026, 1, 14)])
                {
                    var options = new ReadOptions { AsOf = moment, Effective = day };
                    var expected = new List<RegistrantId>();
                    foreach (var id in ids)
                    {
                        var then = await Registrants.GetAsync(id, options, PortCallers.Registrar, Cancellation);
                        if (then.Succeeded && oracle.Matches(bound, Record(then.Value)))
                        {
                            expected.Add(id);
                        }
                    }

                    Assert.Equal(
                        expected.OrderBy(i => i.Value),
                        await FindAsync(new AndQuery([own, query]), options, pageSize: 3)
                    );
                }
            }
        }

        static QueryRecord Record(RegistrantView view) =>
            new()
            {
                Kind = view.Kind,
                Status = view.Status,
                Values = view.Values,
            };
    }

    private DateOnly Today => DateOnly.FromDateTime(Ports.Clock.GetUtcNow().UtcDateTime);

    private static VersionPoint Number(long number) => new() { Number = number };

    /// <summary>The moment, and an hour later for what comes.</summary>
    private DateTimeOffset Step()
    {
        var moment = Ports.Clock.GetUtcNow().AddMilliseconds(1);
        Ports.Clock.AdjustTime(Ports.Clock.GetUtcNow() + TimeSpan.FromHours(1));
        return moment;
    }

    private async Task<RegistrantId> StoreInAsync(string word, string area)
    {
        var amira = Persons.Amira();
        var values = new Dictionary<string, JsonElement>(amira.Values)
        {
            ["surname"] = Persons.Json($"\"{word}\""),
            ["area"] = Persons.Json($"\"{area}\""),
        };
        return (
            await Registrants.StoreAsync(amira with { Values = values, EffectiveOn = new DateOnly(2026, 1, 1) })
        ).Id;
    }

    private async Task<List<RegistrantId>> FindAsync(
        Query query,
        ReadOptions options,
        Caller? caller = null,
        int pageSize = 50
    )
    {
        var found = new List<RegistrantId>();
        string? after = null;
        do
        {
            var page = (
                await Registrants.SearchAsync(
                    new SearchRequest
                    {
                        Query = query,
                        Options = options,
                        Page = new PageRequest(pageSize, after),
                    },
                    caller ?? PortCallers.Registrar,
                    Cancellation
                )
            ).Require();
            found.AddRange(page.Items.Select(i => i.Id));
            after = page.Next;
        } while (after is not null);

        return found;
    }

    private async Task AddAsync(RegistrantId group, RegistrantId member, string kind) =>
        (
            await Ports.Groups.AddMemberAsync(
                new MembershipView
                {
                    GroupId = group,
                    MemberId = member,
                    Kinds = [kind],
                },
                new GroupCommand(),
                PortCallers.Registrar,
                Cancellation
            )
        ).Require();

    private Task<Outcome<RegistrantView>> AsOfAsync(RegistrantId id, DateTimeOffset moment) =>
        Registrants.GetAsync(id, new ReadOptions { AsOf = moment }, PortCallers.Registrar, Cancellation);

    private async Task<RegistrantView> EffectiveAsync(RegistrantId id, DateOnly day) =>
        (
            await Registrants.GetAsync(id, new ReadOptions { Effective = day }, PortCallers.Registrar, Cancellation)
        ).Require();

    private Task<Outcome<VersionDifference>> CompareAsync(RegistrantId id, VersionPoint from, VersionPoint to) =>
        Ports.Versions.CompareAsync(id, from, to, PortCallers.Registrar, Cancellation);

    private async Task<RegistrantView> ChangeAsync(
        RegistrantId id,
        long version,
        string values,
        DateOnly effectiveOn
    ) =>
        (
            await Registrants.UpdateAsync(
                id,
                new RegistrantPatch
                {
                    ExpectedVersion = version,
                    Values = Persons.Values(values),
                    EffectiveOn = effectiveOn,
                },
                PortCallers.Registrar,
                Cancellation
            )
        ).Require();

    private async Task<List<(RegistrantId Id, string? Name, string Kinds)>> MembersAsync(
        RegistrantId house,
        DateTimeOffset? asOf
    )
    {
        var members = new List<(RegistrantId, string?, string)>();
        string? after = null;
        do
        {
            var page = (
                await Ports.Versions.MembersAsync(
                    house,
                    new ReadOptions { AsOf = asOf },
                    new PageRequest(1, after),
                    PortCallers.Registrar,
                    Cancellation
                )
            ).Require();
            members.AddRange(
                page.Items.Select(m =>
                    (m.Id, m.Text("given_name"), string.Join(',', Assert.Single(m.Memberships).Kinds))
                )
            );
            after = page.Next;
        } while (after is not null);

        return members;
    }
}
