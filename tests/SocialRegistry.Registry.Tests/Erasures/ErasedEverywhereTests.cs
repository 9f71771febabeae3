using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using SocialRegistry.Contracts;
using SocialRegistry.Contracts.Tests.Ports;
using SocialRegistry.Registry.Tests.Disclosures;
using SocialRegistry.Registry.Tests.Verification;
using SocialRegistry.Storage;
using SocialRegistry.Testing;
using Xunit;

namespace SocialRegistry.Registry.Tests.Erasures;

public sealed class SqliteErasedEverywhereTests() : ErasedEverywhereTests(DatabaseProvider.Sqlite);

public sealed class PostgresErasedEverywhereTests() : ErasedEverywhereTests(DatabaseProvider.Postgres);

/// <summary>After an erasure no call answers with anything of her, or breaks; the signed log verifies, online and on an export.</summary>
public abstract class ErasedEverywhereTests(DatabaseProvider provider) : CoreTests(provider)
{
    private static readonly Caller All = PortCallers.Registrar;
    private static readonly Caller Second = All with { Id = "second" };

    /// <summary>Calls that name her.</summary>
    private static readonly Dictionary<string, Func<DoorWorld, Task<IOutcome>>> Gone = new()
    {
        ["get"] = w => Of(w.Registrants.GetAsync(w.Person, ReadOptions.Default, All, Cancellation)),
        ["version"] = w => Of(w.Registrants.GetAsync(w.Person, new ReadOptions { Version = 1 }, All, Cancellation)),
        ["as of"] = w => Of(w.Registrants.GetAsync(w.Person, Then(w), All, Cancellation)),
        ["versions"] = w => Of(w.Versions.ListAsync(w.Person, new PageRequest(), All, Cancellation)),
        ["changes"] = w =>
            Of(w.Versions.ChangesAsync(w.Person, HistoryFilter.None, new PageRequest(), All, Cancellation)),
        ["diff"] = w =>
            Of(
                w.Versions.CompareAsync(
                    w.Person,
                    new VersionPoint { Number = 1 },
                    new VersionPoint { Number = 2 },
                    All,
                    Cancellation
                )
            ),
        ["attestations"] = w => Of(w.Attestations.ListAsync(w.Person, All, Cancellation)),
        ["history of attestations"] = w =>
            Of(w.Attestations.HistoryAsync(w.Person, "surname", new PageRequest(), All, Cancellation)),
        ["consents"] = w => Of(w.Consents.ListAsync(w.Person, All, Cancellation)),
        ["consent"] = w => Of(w.Consents.GetAsync(w.Person, w.Consent, All, Cancellation)),
        ["receipt"] = w => Of(w.Consents.ReceiptAsync(w.Person, w.Consent, All, Cancellation)),
        ["give"] = w => Of(w.Consents.GiveAsync(w.Person, ConsentsPortTests.Terms(), All, Cancellation)),
        ["report"] = w => Of(w.PersonalData.ReportAsync(w.Person, new DisclosureReportQuery(), All, Cancellation)),
        ["export"] = w =>
            Of(w.PersonalData.ExportAsync(w.Person, ExportParts.Changes, "eng", new PageRequest(), All, Cancellation)),
        ["erasure again"] = w => Of(Erasures(w).RequestAsync(w.Person, Why, All, Cancellation)),
        ["status"] = w =>
            Of(
                w.Registrants.ChangeStatusAsync(
                    w.Person,
                    new StatusChange
                    {
                        ExpectedVersion = 3,
                        Status = RegistrantStatuses.Active,
                        Reason = "back again",
                    },
                    All,
                    Cancellation
                )
            ),
    };

    /// <summary>Calls of which she is not there, or a part of the answer that is not there.</summary>
    private static readonly Dictionary<string, Func<DoorWorld, Task<IOutcome>>> Others = new()
    {
        ["find"] = w => Of(w.Registrants.FindAsync([w.Uin], ReadOptions.Default, All, Cancellation)),
        ["many"] = w => Of(w.Registrants.GetManyAsync([w.Person], ReadOptions.Default, All, Cancellation)),
        ["search"] = w => Of(w.Registrants.SearchAsync(new SearchRequest { Query = w.OfPerson }, All, Cancellation)),
        ["search of the past"] = w =>
            Of(
                w.Registrants.SearchAsync(
                    new SearchRequest
                    {
                        Query = new KindQuery(RegistrantKinds.Individual),
                        Options = Then(w),
                        Page = new PageRequest(500),
                    },
                    All,
                    Cancellation
                )
            ),
        ["members"] = w =>
            Of(
                w.Groups.MembershipsAsync(
                    w.Group,
                    new MembershipQuery { All = true },
                    new PageRequest(),
                    All,
                    Cancellation
                )
            ),
        ["members of then"] = w => Of(w.Versions.MembersAsync(w.Group, Then(w), new PageRequest(), All, Cancellation)),
        ["changes of the household"] = w =>
            Of(w.Versions.ChangesAsync(w.Group, HistoryFilter.None, new PageRequest(), All, Cancellation)),
        ["household of then"] = w =>
            Of(w.Registrants.GetAsync(w.Group, Then(w) with { Memberships = true }, All, Cancellation)),
        ["spouse"] = w =>
            Of(
                w.Registrants.GetAsync(
                    w.Spouse,
                    new ReadOptions { Relationships = true, Memberships = true },
                    All,
                    Cancellation
                )
            ),
        ["spouses"] = w => Of(w.Relationships.ListSpousesAsync(w.Spouse, All, Cancellation)),
        ["relatives"] = w => Of(w.Relationships.FindRelativesAsync(w.Spouse, new RelativesQuery(), All, Cancellation)),
        ["parents"] = w => Of(w.Relationships.GetParentsAsync(w.Person, All, Cancellation)),
        ["table"] = w => Of(w.Relationships.ExportSpousesAsync(new PageRequest(), All, Cancellation)),
        ["documents"] = w => Of(w.Documents.ListAsync(w.Person, All, Cancellation)),
        ["document"] = w => Of(w.Documents.OpenAsync(w.Person, w.Document, All, Cancellation)),
        ["request"] = w => Of(w.ChangeRequests.GetAsync(w.ChangeRequest, null, All, Cancellation)),
        ["requests"] = w =>
            Of(
                w.ChangeRequests.ListAsync(
                    new ChangeRequestQuery { Subject = w.Person },
                    new PageRequest(),
                    All,
                    Cancellation
                )
            ),
        ["submit"] = w =>
            Of(
                w.ChangeRequests.ActAsync(
                    w.ChangeRequest,
                    new ChangeRequestStep { Action = ChangeRequestActions.Submit },
                    All,
                    Cancellation
                )
            ),
        ["named version"] = w => Of(w.NamedVersions.MembersAsync(w.NamedVersion, new PageRequest(), All, Cancellation)),
        ["waiting"] = w =>
            Of(w.Attestations.WaitingAsync(new WaitingFilter(), new PageRequest(500), All, Cancellation)),
        ["update"] = w =>
            Of(
                w.Registrants.UpdateAsync(
                    w.Person,
                    new RegistrantPatch { ExpectedVersion = 1, Values = Persons.Values("""{"surname":"Vinter"}""") },
                    All,
                    Cancellation
                )
            ),
        ["attest"] = w =>
            Of(
                w.Attestations.AttestAsync(
                    w.Person,
                    "surname",
                    new AttestationStatement { Status = "ATTESTED" },
                    All,
                    Cancellation
                )
            ),
        ["join"] = w =>
            Of(
                w.Groups.AddMemberAsync(
                    new MembershipView
                    {
                        GroupId = w.Other,
                        MemberId = w.Person,
                        Kinds = ["member"],
                    },
                    All,
                    Cancellation
                )
            ),
        ["showings"] = w => Of(w.Versions.DisclosuresAsync(w.Person, new PageRequest(), All, Cancellation)),
    };

    private static NewErasure Why => new() { Ground = "act-7", Reason = "Amira asked for it" };

    [Fact]
    public async Task Nothing_answers_with_anything_of_her_and_the_log_verifies()
    {
        await using var host = await StartAsync(
            settings: new Dictionary<string, string?> { ["Registry:Erasures:Allowed"] = "true" }
        );
        var world = await DoorWorld.MakeAsync(host);
        (await PatchAsync(host, world.Person, 1, """{"surname":"Vinter","sex":"male"}""")).Require();
        await AttestAsync(world);
        var born = await BornByRequestAsync(world);
        await LoggedWorld.SealAsync(host);
        var checkpoint = await LoggedWorld.CheckpointAsync(host);
        host.Clock.AdjustTime(host.Clock.GetUtcNow().AddDays(1));

        (await Erasures(world).RequestAsync(world.Person, Why, All, Cancellation)).Require();
        var erased = (await Erasures(world).ConfirmAsync(world.Person, Second, Cancellation)).Require();
        (await Erasures(world).RequestAsync(born.Person, Why, All, Cancellation)).Require();
        (await Erasures(world).ConfirmAsync(born.Person, Second, Cancellation)).Require();

        Assert.Equal([world.Group], erased.HouseholdsWithoutHead);
        foreach (var (name, call) in Gone)
        {
            var outcome = await call(world);
            Assert.True(outcome.Problem?.Kind == ProblemKind.Gone, $"{name}: {outcome.Problem?.Code} {outcome.Text}");
        }

        foreach (var (name, call) in Others)
        {
            Clean(name, (await call(world)).Text, world);
        }

        var request = (await world.ChangeRequests.GetAsync(born.Request, null, All, Cancellation)).Require();
        Assert.Null(request.Payload);
        Assert.Null(request.Reason);
        var round = await world.NamedVersions.MembersAsync(world.NamedVersion, new PageRequest(), All, Cancellation);
        Assert.Empty(round.Require().Items);
        var then = await world.Versions.MembersAsync(world.Group, Then(world), new PageRequest(), All, Cancellation);
        Assert.Equal([world.Spouse], then.Require().Items.Select(m => m.Id));

        var before = await LoggedWorld.VerifyAsync(host, checkpoint);
        await LoggedWorld.SealAsync(host);
        var after = await LoggedWorld.VerifyAsync(host, checkpoint);
        var lines = await LoggedWorld.ExportAsync(host);
        var offline = await LoggedWorld.VerifyFileAsync(lines, await LoggedWorld.KeyAsync(host), checkpoint);
        Assert.True(before.IsWhole, before.Text());
        Assert.True(after.IsWhole, after.Text());
        Assert.True(offline.IsWhole, offline.Text());
        lines.ForEach(l => Clean("export of the log", l, world));
    }

    [Fact]
    public async Task A_household_is_named_until_it_has_a_head_again()
    {
        await using var host = await StartAsync(
            settings: new Dictionary<string, string?> { ["Registry:Erasures:Allowed"] = "true" }
        );
        var world = await DoorWorld.MakeAsync(host);
        (await Erasures(world).RequestAsync(world.Person, Why, All, Cancellation)).Require();
        (await Erasures(world).ConfirmAsync(world.Person, Second, Cancellation)).Require();

        var without = (await Erasures(world).GetAsync(world.Person, All, Cancellation)).Require();
        (
            await world.Groups.ChangeHeadAsync(
                world.Group,
                new HeadChange { Head = world.Spouse },
                GroupCommand.Plain,
                All,
                Cancellation
            )
        ).Require();
        var with = (await Erasures(world).GetAsync(world.Person, All, Cancellation)).Require();

        Assert.Equal([world.Group], without.HouseholdsWithoutHead);
        Assert.Empty(with.HouseholdsWithoutHead);
    }

    private static async Task AttestAsync(DoorWorld world)
    {
        var statement = new AttestationStatement { Status = "ATTESTED", Comments = "Amira Vinter was here" };
        (await world.Attestations.AttestAsync(world.Person, "surname", statement, All, Cancellation)).Require();
    }

    /// <summary>A person who came onto the register by a request, whose content has keys of its own.</summary>
    private static async Task<(RegistrantId Person, ChangeRequestId Request)> BornByRequestAsync(DoorWorld world)
    {
        var asked = new NewChangeRequest
        {
            Type = ChangeRequestTypes.NewRegistrant,
            Payload = Persons.Json("""{"kind":"individual","values":{"given_name":"Amira","surname":"Solbakk"}}"""),
            Reason = "Amira is new",
            Submit = true,
        };
        var made = (await world.ChangeRequests.CreateAsync(asked, All, Cancellation)).Require();
        var step = new ChangeRequestStep { Action = ChangeRequestActions.Approve, Comment = "it is Amira" };
        var done = (await world.ChangeRequests.ActAsync(made.Id, step, Second, Cancellation)).Require();
        return (done.Result!.Value, made.Id);
    }

    private static void Clean(string name, string text, DoorWorld world)
    {
        // The others of the world have the same names, and may be shown.
        foreach (var her in new[] { "Vinter", world.Uin.Value, "\"male\"", "a letter", "letter.txt", "Amara" })
        {
            Assert.False(text.Contains(her, StringComparison.OrdinalIgnoreCase), $"{name} shows {her}");
        }
    }

    private static ReadOptions Then(DoorWorld world) =>
        new() { AsOf = world.Host.Clock.GetUtcNow().AddHours(-1), Attestations = true };

    private static IErasures Erasures(DoorWorld world) => world.Host.Services.GetRequiredService<IErasures>();

    private static async Task<IOutcome> Of<T>(Task<Outcome<T>> call)
    {
        var outcome = await call;
        return new Answer(
            outcome.Problem,
            outcome.Succeeded ? JsonSerializer.Serialize(outcome.Value) : JsonSerializer.Serialize(outcome.Problem)
        );
    }

    private interface IOutcome
    {
        Problem? Problem { get; }

        string Text { get; }
    }

    private sealed record Answer(Problem? Problem, string Text) : IOutcome;
}
