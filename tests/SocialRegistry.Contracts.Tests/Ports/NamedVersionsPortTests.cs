using System.Text.Json;
using Xunit;

namespace SocialRegistry.Contracts.Tests.Ports;

/// <summary>The suite of the port <c>INamedVersions</c>: making, joining, closing, and feedback.</summary>
public abstract class NamedVersionsPortTests : PortTests
{
    [Fact]
    public async Task A_round_is_made_joined_by_writes_read_by_name_and_closed()
    {
        var name = NewName("survey");
        var made = await MakeAsync(name, NamedVersionKinds.Survey);
        var person = await Registrants.StoreAsync(Persons.Amira());
        var fresh = await Registrants.StoreAsync(Persons.Amira() with { NamedVersion = name });
        await PatchAsync(person.Id, 1, """{"surname":"Vinter"}""", name);
        await PatchAsync(person.Id, 2, """{"surname":"Later"}""");
        // Confirmed unchanged: it joins with what stands.
        var confirmed = await Registrants.StoreAsync(Persons.Amira());
        await PatchAsync(confirmed.Id, 1, "{}", name);

        var byName = await ReadAsync(person.Id, name);
        var view = (await Ports.NamedVersions.GetAsync(name, PortCallers.Registrar, Cancellation)).Require();
        var members = await MembersAsync(name);
        var history = (
            await Ports.Versions.ListAsync(
                person.Id,
                new HistoryFilter { NamedVersion = name },
                new PageRequest(),
                PortCallers.Registrar,
                Cancellation
            )
        ).Require();

        Assert.True(made.Open);
        Assert.Equal((2L, "Vinter"), (byName.Require().Version, byName.Require().Text("surname")));
        Assert.Equal((3L, true, true), (view.Members, view.MembersIsExact, view.Open));
        Assert.Equal(
            new[] { (person.Id, 2L), (fresh.Id, 1L), (confirmed.Id, 1L) }.OrderBy(m => m.Item1.Value),
            members.Select(m => (m.Registrant, m.Version))
        );
        var joined = Assert.Single(history.Items);
        Assert.Equal((2L, name), (joined.Number, Assert.Single(joined.NamedVersions)));

        var closed = (await Ports.NamedVersions.CloseAsync(name, PortCallers.Registrar, Cancellation)).Require();
        Assert.False(closed.Open);
        Assert.Equal("registrar", closed.ClosedBy);
        var late = await TryPatchAsync(person.Id, 3, """{"surname":"Late"}""", name);
        Assert.Equal(("named_versions.closed", ProblemKind.Conflict), (late.Problem?.Code, late.Problem?.Kind));
        // Nothing half-written: the change is not there either.
        var stands = await Registrants.GetAsync(person.Id, ReadOptions.Default, PortCallers.Registrar, Cancellation);
        Assert.Equal((3L, "Later"), (stands.Require().Version, stands.Require().Text("surname")));
        Assert.Equal("named_versions.closed", (await JoinAsync(name, person.Id, 1)).Problem?.Code);
        Assert.Equal((2L, "Vinter"), ((await ReadAsync(person.Id, name)).Require().Version, "Vinter"));
    }

    [Fact]
    public async Task Of_several_versions_the_last_one_joined_counts()
    {
        var name = NewName("manual");
        await MakeAsync(name, NamedVersionKinds.Manual);
        var person = await Registrants.StoreAsync(Persons.Amira());
        await PatchAsync(person.Id, 1, """{"surname":"Vinter"}""");

        (await JoinAsync(name, person.Id, null)).Require();
        Assert.Equal(2, (await ReadAsync(person.Id, name)).Require().Version);
        (await JoinAsync(name, person.Id, 1)).Require();
        Assert.Equal(1, (await ReadAsync(person.Id, name)).Require().Version);
        Assert.Equal(1, Assert.Single(await MembersAsync(name)).Version);
        Assert.Equal("versions.not_found", (await JoinAsync(name, person.Id, 3)).Problem?.Code);
        Assert.Equal(
            "registrants.not_found",
            (await JoinAsync(name, RegistrantId.Parse("01a20f09-7da8-7d9e-b33e-5f86917bc2f1"), null)).Problem?.Code
        );
    }

    [Fact]
    public async Task Names_that_are_not_there_and_versions_that_are_not_in_them_are_told_apart()
    {
        var name = NewName("manual");
        await MakeAsync(name, NamedVersionKinds.Manual);
        var person = await Registrants.StoreAsync(Persons.Amira());

        Assert.Equal("named_versions.not_joined", (await ReadAsync(person.Id, name)).Problem?.Code);
        Assert.Equal("named_versions.not_found", (await ReadAsync(person.Id, "nobody-made-it")).Problem?.Code);
        Assert.Equal("named_versions.not_found", (await ReadAsync(person.Id, "No Name'; --")).Problem?.Code);
        Assert.Equal(
            "named_versions.not_found",
            (await TryPatchAsync(person.Id, 1, """{"surname":"X"}""", "nobody-made-it")).Problem?.Code
        );
        Assert.Equal(
            "named_versions.not_found",
            (await Ports.NamedVersions.GetAsync("nobody-made-it", PortCallers.Registrar, Cancellation)).Problem?.Code
        );
        Assert.Equal(
            "named_versions.not_found",
            (await Ports.NamedVersions.CloseAsync("nobody-made-it", PortCallers.Registrar, Cancellation)).Problem?.Code
        );
        var both = await Registrants.GetAsync(
            person.Id,
            new ReadOptions { NamedVersion = name, AsOf = Ports.Clock.GetUtcNow() },
            PortCallers.Registrar,
            Cancellation
        );
        Assert.Equal("versions.one_past", both.Problem?.Code);
    }

    [Theory]
    [InlineData("", "survey", null, "name")]
    [InlineData("7days", "survey", null, "name")]
    [InlineData("Survey", "survey", null, "name")]
    [InlineData("a b", "survey", null, "name")]
    [InlineData("fine", "census", null, "kind")]
    [InlineData("fine", "survey", "a\u0001", "source")]
    public async Task A_named_version_that_cannot_be_is_refused(string name, string kind, string? source, string field)
    {
        var outcome = await Ports.NamedVersions.CreateAsync(
            new NewNamedVersion
            {
                Name = name,
                Kind = kind,
                Source = source,
            },
            PortCallers.Registrar,
            Cancellation
        );

        Assert.Equal("named_versions.invalid", outcome.Problem?.Code);
        Assert.Equal(field, Assert.Single(outcome.Problem!.Fields).Field);
    }

    [Fact]
    public async Task A_name_is_given_once_and_the_same_request_again_answers_as_it_stands()
    {
        var version = new NewNamedVersion
        {
            Name = NewName("survey"),
            Kind = NamedVersionKinds.Survey,
            Source = "statistics office",
            PeriodFrom = new DateOnly(2026, 1, 1),
            PeriodTo = new DateOnly(2026, 6, 30),
        };

        var first = (await Ports.NamedVersions.CreateAsync(version, PortCallers.Registrar, Cancellation)).Require();
        var again = (await Ports.NamedVersions.CreateAsync(version, PortCallers.Registrar, Cancellation)).Require();
        var other = await Ports.NamedVersions.CreateAsync(
            version with
            {
                Kind = NamedVersionKinds.Manual,
            },
            PortCallers.Registrar,
            Cancellation
        );
        var backwards = await Ports.NamedVersions.CreateAsync(
            version with
            {
                Name = NewName("survey"),
                PeriodTo = new DateOnly(2025, 1, 1),
            },
            PortCallers.Registrar,
            Cancellation
        );

        Assert.Equal(first, again);
        Assert.Equal("named_versions.name_taken", other.Problem?.Code);
        Assert.Equal("periodTo", Assert.Single(backwards.Problem!.Fields).Field);
    }

    [Fact]
    public async Task Named_versions_are_listed_by_kind_source_and_state_page_by_page()
    {
        var source = "office " + Persons.Next();
        var names = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            names.Add(NewName("list"));
            (
                await Ports.NamedVersions.CreateAsync(
                    new NewNamedVersion
                    {
                        Name = names[i],
                        Kind = i < 3 ? NamedVersionKinds.Survey : NamedVersionKinds.Import,
                        Source = source,
                    },
                    PortCallers.Registrar,
                    Cancellation
                )
            ).Require();
        }

        (await Ports.NamedVersions.CloseAsync(names[0], PortCallers.Registrar, Cancellation)).Require();

        async Task<List<string>> ListAsync(NamedVersionFilter filter)
        {
            var found = new List<string>();
            string? after = null;
            do
            {
                var page = (
                    await Ports.NamedVersions.ListAsync(
                        filter,
                        new PageRequest(2, after),
                        PortCallers.Registrar,
                        Cancellation
                    )
                ).Require();
                found.AddRange(page.Items.Select(v => v.Name));
                after = page.Next;
            } while (after is not null);

            return found;
        }

        Assert.Equal(names.Order(StringComparer.Ordinal), await ListAsync(new NamedVersionFilter { Source = source }));
        Assert.Equal(
            names.Skip(3).Order(StringComparer.Ordinal),
            await ListAsync(new NamedVersionFilter { Source = source, Kind = NamedVersionKinds.Import })
        );
        Assert.Equal([names[0]], await ListAsync(new NamedVersionFilter { Source = source, Open = false }));
    }

    [Fact]
    public async Task Named_versions_have_permissions_of_their_own_and_rows_hold()
    {
        var name = NewName("survey");
        await MakeAsync(name, NamedVersionKinds.Survey);
        var person = await Registrants.StoreAsync(Persons.Amira() with { NamedVersion = name });
        var clerk = PortCallers.Staff("clerk", Permissions.WriteRegistrants, Permissions.ReadRegistrants);
        var elsewhere = PortCallers.Registrar with
        {
            Rows = new RowScope { Areas = new HashSet<string> { "nowhere" } },
        };

        Assert.Equal(
            ProblemKind.Forbidden,
            (await Registrants.CreateAsync(Persons.Amira() with { NamedVersion = name }, clerk, Cancellation))
                .Problem
                ?.Kind
        );
        Assert.Equal(
            ProblemKind.Forbidden,
            (await Ports.NamedVersions.GetAsync(name, clerk, Cancellation)).Problem?.Kind
        );
        Assert.Equal(
            ProblemKind.Forbidden,
            (await Ports.NamedVersions.CloseAsync(name, clerk, Cancellation)).Problem?.Kind
        );
        Assert.Equal(
            ProblemKind.Forbidden,
            (await Ports.NamedVersions.FeedbackAsync(Feedback(name), clerk, Cancellation)).Problem?.Kind
        );
        Assert.Equal(
            ProblemKind.Forbidden,
            (
                await Ports.NamedVersions.GetAsync(
                    name,
                    PortCallers.Person(person.Id) with
                    {
                        Permissions = new HashSet<string> { Permissions.ReadVersions },
                    },
                    Cancellation
                )
            )
                .Problem
                ?.Kind
        );
        Assert.Empty(await MembersAsync(name, elsewhere));
        Assert.Null((await Ports.NamedVersions.GetAsync(name, elsewhere, Cancellation)).Require().Members);
        Assert.Equal("registrants.not_found", (await JoinAsync(name, person.Id, null, elsewhere)).Problem?.Code);
    }

    [Fact]
    public async Task An_import_is_one_named_version()
    {
        var (name, closed) = (NewName("import"), NewName("import"));
        await MakeAsync(name, NamedVersionKinds.Import);
        await MakeAsync(closed, NamedVersionKinds.Import);
        (await Ports.NamedVersions.CloseAsync(closed, PortCallers.Registrar, Cancellation)).Require();
        var uin = Persons.NewUin();
        var known = await Registrants.StoreAsync(Persons.Amira(uin));
        ImportRow Row(Identifier identifier, string values, string? named) =>
            new()
            {
                Kind = RegistrantKinds.Individual,
                Identifiers = [identifier],
                Values = Persons.Values(values),
                NamedVersion = named,
            };

        async Task<IReadOnlyList<Outcome<ImportedRegistrant>>> ImportAsync(bool dryRun, params ImportRow[] rows) =>
            (await Registrants.ImportAsync(rows, dryRun, PortCallers.Registrar, Cancellation)).Require();

        await ImportAsync(true, Row(Persons.NewUin(), """{"given_name":"Dry"}""", name));
        Assert.Empty(await MembersAsync(name));
        var outcomes = await ImportAsync(
            false,
            Row(uin, """{"given_name":"Amira"}""", name),
            Row(Persons.NewUin(), """{"given_name":"New"}""", name),
            Row(Persons.NewUin(), """{"given_name":"Free"}""", null),
            Row(Persons.NewUin(), """{"given_name":"Late"}""", closed),
            Row(Persons.NewUin(), """{"given_name":"Lost"}""", "nobody-made-it")
        );
        var members = await MembersAsync(name);

        Assert.Equal(ImportAction.Unchanged, outcomes[0].Require().Action);
        Assert.Equal("named_versions.closed", outcomes[3].Problem?.Code);
        Assert.Equal("named_versions.not_found", outcomes[4].Problem?.Code);
        Assert.Equal(
            new[] { known.Id, outcomes[1].Require().Id }.OrderBy(i => i.Value),
            members.Select(m => m.Registrant)
        );
        await ImportAsync(false, Row(uin, """{"given_name":"Mira"}""", name));
        Assert.Equal(2, (await MembersAsync(name)).Single(m => m.Registrant == known.Id).Version);
        var writer = PortCallers.Staff("importer", Permissions.RunImports);
        Assert.Equal(
            ProblemKind.Forbidden,
            (await Registrants.ImportAsync([Row(uin, "{}", name)], false, writer, Cancellation)).Problem?.Kind
        );
    }

    [Fact]
    public async Task Nothing_joins_once_a_named_version_is_closed_however_many_write()
    {
        var name = NewName("race");
        await MakeAsync(name, NamedVersionKinds.Survey);
        var writers = Enumerable
            .Range(0, 12)
            .Select(async i =>
            {
                if (i == 6)
                {
                    return (await Ports.NamedVersions.CloseAsync(name, PortCallers.Registrar, Cancellation)).Succeeded
                        ? 0
                        : -1;
                }

                var person = await Registrants.CreateAsync(
                    Persons.Amira() with
                    {
                        NamedVersion = name,
                    },
                    PortCallers.Registrar,
                    Cancellation
                );
                Assert.True(person.Succeeded || person.Problem.Code == "named_versions.closed");
                return person.Succeeded ? 1 : 0;
            });

        var joined = (await Task.WhenAll(writers)).Sum();

        Assert.Equal(joined, (await MembersAsync(name)).Count);
        var view = (await Ports.NamedVersions.GetAsync(name, PortCallers.Registrar, Cancellation)).Require();
        Assert.All(await MembersAsync(name), m => Assert.True(m.JoinedAt <= view.ClosedAt));
    }

    [Fact]
    public async Task Feedback_of_an_application_goes_item_by_item_within_its_scope()
    {
        var name = NewName("feedback");
        var uin = Persons.NewUin();
        var (mine, other) = (
            await Registrants.StoreAsync(Persons.Amira(uin)),
            await Registrants.StoreAsync(Persons.Amira())
        );
        var application = Application("cash-app", ["given_name", "education_level"], ["UIN"]);

        var result = (
            await Ports.NamedVersions.FeedbackAsync(
                Feedback(
                    name,
                    new FeedbackItem
                    {
                        Identifier = uin,
                        Values = Persons.Values("""{"education_level":"4"}"""),
                        Reason = "told at the pay point",
                    },
                    new FeedbackItem { Registrant = other.Id, Values = Persons.Values("""{"surname":"Stolen"}""") },
                    new FeedbackItem { Registrant = other.Id, Values = Persons.Values("{}") },
                    new FeedbackItem { Identifier = Persons.NewUin(), Values = Persons.Values("{}") },
                    new FeedbackItem
                    {
                        Registrant = other.Id,
                        Identifier = uin,
                        Values = Persons.Values("{}"),
                    },
                    new FeedbackItem { Identifier = new Identifier("LICENCE", "1"), Values = Persons.Values("{}") },
                    new FeedbackItem
                    {
                        Registrant = mine.Id,
                        ExpectedVersion = 1,
                        Values = Persons.Values("""{"education_level":"5"}"""),
                    }
                ),
                application,
                Cancellation
            )
        ).Require();

        Assert.Equal((mine.Id, 2L, true), Taken(result.Items[0]));
        Assert.Equal("registrants.invalid", result.Items[1].Problem?.Code);
        Assert.Equal("surname", Assert.Single(result.Items[1].Problem!.Fields).Field);
        Assert.Equal((other.Id, 1L, false), Taken(result.Items[2]));
        Assert.Equal("registrants.not_found", result.Items[3].Problem?.Code);
        Assert.Equal("feedback.item_invalid", result.Items[4].Problem?.Code);
        Assert.Equal("feedback.item_invalid", result.Items[5].Problem?.Code);
        Assert.Equal("registrants.changed_since", result.Items[6].Problem?.Code);
        var view = (await Ports.NamedVersions.GetAsync(name, PortCallers.Registrar, Cancellation)).Require();
        Assert.Equal(
            (NamedVersionKinds.Feedback, "cash-app", 2L, true),
            (view.Kind, view.Source, view.Members, view.Open)
        );
        var byName = (await ReadAsync(mine.Id, name)).Require();
        Assert.Equal(("4", "Solbakk"), (byName.Text("education_level"), byName.Text("surname")));
        var history = (
            await Ports.Versions.ListAsync(
                mine.Id,
                new HistoryFilter { Channel = "feedback" },
                new PageRequest(),
                PortCallers.Registrar,
                Cancellation
            )
        ).Require();
        Assert.Equal((2L, "cash-app"), (Assert.Single(history.Items).Number, history.Items[0].ChangedBy));
    }

    [Fact]
    public async Task Feedback_sent_again_under_its_key_changes_nothing_more()
    {
        var name = NewName("feedback");
        var person = await Registrants.StoreAsync(Persons.Amira());
        var application = Application("key-app", ["education_level"], []);
        var feedback = Feedback(
            name,
            new FeedbackItem { Registrant = person.Id, Values = Persons.Values("""{"education_level":"4"}""") },
            new FeedbackItem { Identifier = Persons.NewUin(), Values = Persons.Values("{}") }
        ) with
        {
            IdempotencyKey = "round-" + Persons.Next(),
        };

        var first = (await Ports.NamedVersions.FeedbackAsync(feedback, application, Cancellation)).Require();
        await PatchAsync(person.Id, 2, """{"education_level":"5"}""");
        var again = (await Ports.NamedVersions.FeedbackAsync(feedback, application, Cancellation)).Require();
        var other = await Ports.NamedVersions.FeedbackAsync(
            feedback with
            {
                Items = [feedback.Items[0]],
            },
            application,
            Cancellation
        );

        Assert.Equal(Taken(first.Items[0]), Taken(again.Items[0]));
        Assert.Equal(first.Items[1].Problem?.Code, again.Items[1].Problem?.Code);
        Assert.Equal("registrants.idempotency_key_reused", other.Problem?.Code);
        var stands = await Registrants.GetAsync(person.Id, ReadOptions.Default, PortCallers.Registrar, Cancellation);
        Assert.Equal((3L, "5"), (stands.Require().Version, stands.Require().Text("education_level")));
    }

    [Fact]
    public async Task Feedback_goes_into_feedback_of_the_application_only()
    {
        var (survey, closed, others) = (NewName("survey"), NewName("feedback"), NewName("feedback"));
        await MakeAsync(survey, NamedVersionKinds.Survey);
        await MakeAsync(closed, NamedVersionKinds.Feedback);
        (await Ports.NamedVersions.CloseAsync(closed, PortCallers.Registrar, Cancellation)).Require();
        var person = await Registrants.StoreAsync(Persons.Amira());
        var (one, two) = (
            Application("one-app", ["education_level"], []),
            Application("two-app", ["education_level"], [])
        );
        var item = new FeedbackItem { Registrant = person.Id, Values = Persons.Values("{}") };
        (await Ports.NamedVersions.FeedbackAsync(Feedback(others, item), one, Cancellation)).Require();

        async Task<string?> CodeAsync(Feedback feedback, Caller caller) =>
            (await Ports.NamedVersions.FeedbackAsync(feedback, caller, Cancellation)).Problem?.Code;

        Assert.Equal("named_versions.not_feedback", await CodeAsync(Feedback(survey, item), one));
        Assert.Equal("named_versions.closed", await CodeAsync(Feedback(closed, item), one));
        Assert.Equal("named_versions.of_others", await CodeAsync(Feedback(others, item), two));
        Assert.Equal("feedback.invalid", await CodeAsync(Feedback(others), one));
        Assert.Equal("feedback.invalid", await CodeAsync(Feedback("Not A Name", item), one));
        Assert.Equal(
            "named_versions.of_others",
            (
                await Ports.NamedVersions.CloseAsync(
                    others,
                    two with
                    {
                        Permissions = new HashSet<string> { Permissions.WriteVersions },
                    },
                    Cancellation
                )
            )
                .Problem
                ?.Code
        );
    }

    private static (RegistrantId, long, bool) Taken(Outcome<FeedbackTaken> outcome) =>
        (outcome.Require().Registrant, outcome.Require().Version, outcome.Require().Changed);

    private static Feedback Feedback(string name, params FeedbackItem[] items) =>
        new() { NamedVersion = name, Items = items };

    private static Caller Application(string id, string[] fields, string[] filters) =>
        PortCallers.Partner(id, fields, filters) with
        {
            Permissions = new HashSet<string> { Permissions.SendFeedback },
        };

    private static string NewName(string prefix) => $"{prefix}-{Random.Shared.Next(10_000, 99_999)}-{Persons.Next()}";

    private async Task<NamedVersionView> MakeAsync(string name, string kind) =>
        (
            await Ports.NamedVersions.CreateAsync(
                new NewNamedVersion { Name = name, Kind = kind },
                PortCallers.Registrar,
                Cancellation
            )
        ).Require();

    private Task<Outcome<NamedVersionMember>> JoinAsync(
        string name,
        RegistrantId id,
        long? version,
        Caller? caller = null
    ) => Ports.NamedVersions.JoinAsync(name, id, version, caller ?? PortCallers.Registrar, Cancellation);

    private Task<Outcome<RegistrantView>> ReadAsync(RegistrantId id, string name) =>
        Registrants.GetAsync(id, new ReadOptions { NamedVersion = name }, PortCallers.Registrar, Cancellation);

    private async Task<List<NamedVersionMember>> MembersAsync(string name, Caller? caller = null)
    {
        var members = new List<NamedVersionMember>();
        string? after = null;
        do
        {
            var page = (
                await Ports.NamedVersions.MembersAsync(
                    name,
                    new PageRequest(2, after),
                    caller ?? PortCallers.Registrar,
                    Cancellation
                )
            ).Require();
            members.AddRange(page.Items);
            after = page.Next;
        } while (after is not null);

        return members;
    }

    private Task<Outcome<RegistrantView>> TryPatchAsync(
        RegistrantId id,
        long version,
        string values,
        string? namedVersion = null
    ) =>
        Registrants.UpdateAsync(
            id,
            new RegistrantPatch
            {
                ExpectedVersion = version,
                Values = Persons.Values(values),
                NamedVersion = namedVersion,
            },
            PortCallers.Registrar,
            Cancellation
        );

    private async Task PatchAsync(RegistrantId id, long version, string values, string? namedVersion = null) =>
        (await TryPatchAsync(id, version, values, namedVersion)).Require();
}
