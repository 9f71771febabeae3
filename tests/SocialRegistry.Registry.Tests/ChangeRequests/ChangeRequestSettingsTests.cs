using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SocialRegistry.Contracts;
using SocialRegistry.Contracts.Tests.Ports;
using SocialRegistry.Registry.Changes;
using SocialRegistry.Storage;
using SocialRegistry.Testing;
using Xunit;

namespace SocialRegistry.Registry.Tests.ChangeRequests;

/// <summary>Stages, conflict rules and direct edits by configuration; what stands in the tables.</summary>
public abstract class ChangeRequestSettingsTests(DatabaseProvider provider) : CoreTests(provider)
{
    private static readonly Caller Ana = PortCallers.Staff("ana", Permissions.WriteRequests);
    private static readonly Caller Ben = PortCallers.Staff(
        "ben",
        Permissions.ReviewRequests,
        Permissions.WriteRequests
    );
    private static readonly Caller Cid = PortCallers.Staff("cid", Permissions.ReviewRequests);

    private static readonly Dictionary<string, string?> TwoStages = new()
    {
        ["Registry:ChangeRequests:FieldStages:birth_date"] = "2",
        ["Registry:ChangeRequests:TypeStages:exit"] = "2",
        ["Registry:ChangeRequests:SensitiveStages"] = "2",
        ["Registry:ChangeRequests:SameField"] = "Warn",
        ["Registry:ChangeRequests:SameRecord"] = "Allow",
        ["Registry:ChangeRequests:SameGroup"] = "Block",
        ["Registry:ChangeRequests:DueDays"] = "3",
        ["Registry:ChangeRequests:ClaimMinutes"] = "5",
        ["Registry:ChangeRequests:Required:0:Field"] = "birth_date",
        ["Registry:ChangeRequests:Required:0:Channel"] = "api",
        ["Registry:ChangeRequests:Required:1:Field"] = "surname",
        ["Registry:ChangeRequests:Required:1:Caller"] = "partner",
        ["Registry:ChangeRequests:Required:2:Field"] = "memberships",
        ["Registry:ChangeRequests:Required:3:Field"] = "status",
        ["Registry:ChangeRequests:Required:4:Field"] = "relationships",
        ["Registry:ChangeRequests:Required:5:Field"] = "education_level",
        ["Registry:ChangeRequests:Required:6:Field"] = "identifiers",
        ["Registry:ChangeRequests:Required:6:Channel"] = "desk",
    };

    [Fact]
    public async Task Two_others_agree_one_after_the_other()
    {
        await using var host = await StartAsync(settings: TwoStages);
        var person = await host.Registrants.StoreAsync(Persons.Amira());
        var request = await SubmitAsync(host, person.Id, """{"values":{"birth_date":"1984-03-03"}}""");
        Assert.Equal((2, 1), (request.Stages, request.Stage));

        var first = await ActAsync(host, request.Id, "approve", Ben);
        var again = await TryAsync(host, request.Id, "approve", Ben);
        var claimed = await TryAsync(host, request.Id, "claim", Ben);
        Assert.Equal((ChangeRequestStates.InReview, 2), (first.State, first.Stage));
        Assert.Equal(1, (await ReadAsync(host, person.Id)).Require().Version);
        Assert.Equal("change_requests.same_checker", again.Problem?.Code);
        Assert.Equal("change_requests.same_checker", claimed.Problem?.Code);
        Assert.Equal(
            "change_requests.own",
            (await TryAsync(host, request.Id, "approve", Ana with { Permissions = Permissions.All })).Problem?.Code
        );
        var released = await ActAsync(host, request.Id, "claim", Cid);
        Assert.Equal("staff:cid", released.ClaimedBy);
        Assert.Equal(ChangeRequestStates.InReview, (await ActAsync(host, request.Id, "release", Cid)).State);
        var second = await ActAsync(host, request.Id, "approve", Cid);

        Assert.Equal(ChangeRequestStates.Applied, second.State);
        Assert.Equal(["staff:ben", "staff:cid"], second.ApprovedBy);
        Assert.Equal("1984-03-03", (await ReadAsync(host, person.Id)).Require().Text("birth_date"));
        await using var db = await ContextAsync(host);
        var entry = await db.Changes.SingleAsync(
            c => c.RegistrantId == person.Id.Value && c.Version == 2,
            Cancellation
        );
        var decision = JsonSerializer.Deserialize<ChangeDecision>(entry.Decision!)!;
        Assert.Equal((request.Id.ToString(), "staff:ana"), (decision.Request, decision.MadeBy));
        Assert.Equal(["staff:ben", "staff:cid"], decision.ApprovedBy);
        Assert.Equal(("cid", "change-request", request.Id.ToString()), (entry.Actor, entry.Channel, entry.RequestId));
    }

    [Fact]
    public async Task Stages_follow_type_field_and_class_and_rejecting_needs_one()
    {
        await using var host = await StartAsync(settings: TwoStages);
        var person = await host.Registrants.StoreAsync(Persons.Amira());

        Assert.Equal(1, (await SubmitAsync(host, person.Id, """{"values":{"given_name":"A"}}""")).Stages);
        Assert.Equal(2, (await SubmitAsync(host, person.Id, """{"values":{"is_disabled":true}}""")).Stages);
        var exit = await SubmitAsync(host, person.Id, """{"status":"inactive"}""", ChangeRequestTypes.Exit);
        Assert.Equal(
            (2, 3),
            (
                exit.Stages,
                exit.DueOn!.Value.DayNumber - DateOnly.FromDateTime(host.Clock.GetUtcNow().UtcDateTime).DayNumber
            )
        );
        await ActAsync(host, exit.Id, "approve", Ben);
        Assert.Equal(ChangeRequestStates.Rejected, (await ActAsync(host, exit.Id, "reject", Cid, "no")).State);
        Assert.Equal(RegistrantStatuses.Active, (await ReadAsync(host, person.Id)).Require().Status);
    }

    [Fact]
    public async Task Conflicts_warn_pass_or_block_as_they_are_set()
    {
        await using var host = await StartAsync(settings: TwoStages);
        var person = await host.Registrants.StoreAsync(Persons.Amira());
        var group = (await host.Registrants.StoreAsync(Persons.Club())).Id;
        var first = await SubmitAsync(host, person.Id, """{"values":{"given_name":"A"}}""");

        var sameField = await SubmitAsync(host, person.Id, """{"values":{"given_name":"B"}}""");
        var sameRecord = await SubmitAsync(host, person.Id, """{"values":{"sex":"male"}}""");
        var guests = new[] { await host.Registrants.StoreAsync(Persons.Amira()), person };
        await SubmitAsync(host, group, $$"""{"member":"{{guests[0].Id}}"}""", ChangeRequestTypes.AddMember);
        var blocked = await TrySubmitAsync(
            host,
            group,
            $$"""{"member":"{{guests[1].Id}}"}""",
            ChangeRequestTypes.AddMember
        );

        Assert.Equal(new ChangeRequestWarning("same_field", first.Id), Assert.Single(sameField.Warnings));
        Assert.Empty(sameRecord.Warnings);
        Assert.Equal("change_requests.same_group", blocked.Problem?.Code);
        Assert.Equal(ChangeRequestStates.Applied, (await ActAsync(host, first.Id, "approve", Ben)).State);
        Assert.Equal("change_requests.stale", (await ActAsync(host, sameField.Id, "approve", Ben)).Failure?.Code);
        Assert.Equal(ChangeRequestStates.Applied, (await ActAsync(host, sameRecord.Id, "approve", Ben)).State);
    }

    [Fact]
    public async Task What_is_to_be_asked_for_is_not_changed_directly_through_that_door()
    {
        await using var host = await StartAsync(settings: TwoStages);
        var uin = Persons.NewUin();
        var person = await host.Registrants.StoreAsync(Persons.Amira(uin));
        var group = (await host.Registrants.StoreAsync(Persons.Club())).Id;
        var api = PortCallers.Registrar;
        async Task<Problem?> EditAsync(Caller caller, string values)
        {
            var patch = new RegistrantPatch
            {
                ExpectedVersion = (await ReadAsync(host, person.Id)).Require().Version,
                Values = Persons.Values(values),
            };
            return (await host.Registrants.UpdateAsync(person.Id, patch, caller, Cancellation)).Problem;
        }

        var refused = await EditAsync(api, """{"birth_date":"1984-03-03","given_name":"A"}""");
        Assert.Equal(("change_requests.required", ProblemKind.Conflict), (refused?.Code, refused?.Kind));
        Assert.Equal("birth_date", Assert.Single(refused!.Fields).Field);
        Assert.Null(await EditAsync(api with { Channel = "desk" }, """{"birth_date":"1984-03-03"}"""));
        Assert.Null(await EditAsync(api, """{"surname":"Tolvane"}"""));
        var partner = api with { Kind = CallerKind.Partner };
        Assert.Equal("surname", (await EditAsync(partner, """{"surname":"Tol"}"""))?.Fields[0].Field);
        Assert.Null(await EditAsync(Caller.System("job", "api"), """{"birth_date":"1984-03-04"}"""));
        var numbers = new RegistrantPatch { ExpectedVersion = 4, Identifiers = [Persons.NewUin()] };
        var changed = await host.Registrants.UpdateAsync(
            person.Id,
            numbers,
            api with
            {
                Channel = "desk",
            },
            Cancellation
        );
        Assert.Equal("identifiers", changed.Problem?.Fields[0].Field);

        var status = new StatusChange
        {
            ExpectedVersion = 4,
            Status = RegistrantStatuses.Inactive,
            Reason = "moved",
        };
        Assert.Equal(
            "status",
            (await host.Registrants.ChangeStatusAsync(person.Id, status, api, Cancellation)).Problem?.Fields[0].Field
        );
        var joins = new MembershipView
        {
            GroupId = group,
            MemberId = person.Id,
            Kinds = [],
        };
        Assert.Equal(
            "memberships",
            (await host.Groups.AddMemberAsync(joins, api, Cancellation)).Problem?.Fields[0].Field
        );
        var relationships = host.Services.GetRequiredService<IRelationships>();
        var parents = new ParentsChange();
        Assert.Equal(
            "relationships",
            (await relationships.SetParentsAsync(person.Id, parents, api, Cancellation)).Problem?.Fields[0].Field
        );
        var row = new ImportRow
        {
            Kind = RegistrantKinds.Individual,
            Values = Persons.Values("""{"education_level":"2"}"""),
            Identifiers = [uin],
        };
        var imported = await host.Registrants.ImportAsync(
            [row],
            dryRun: false,
            api with
            {
                Channel = "import",
            },
            Cancellation
        );
        Assert.Equal("education_level", imported.Require()[0].Problem?.Fields[0].Field);
        var request = await SubmitAsync(host, group, $$"""{"member":"{{person.Id}}"}""", ChangeRequestTypes.AddMember);
        Assert.Equal(ChangeRequestStates.Applied, (await ActAsync(host, request.Id, "approve", Ben)).State);
    }

    [Fact]
    public async Task What_is_asked_for_stands_protected_and_goes_with_its_keys()
    {
        await using var host = await StartAsync();
        var person = await host.Registrants.StoreAsync(Persons.Amira());
        var request = await SubmitAsync(host, person.Id, """{"values":{"given_name":"Zebedee"}}""");
        await ActAsync(host, request.Id, "comment", Ben, "Zebedee is her uncle");
        var fresh = await SubmitAsync(
            host,
            null,
            """{"kind":"individual","values":{"given_name":"Zebedee","birth_date":"1990-01-01","is_disabled":true}}""",
            ChangeRequestTypes.NewRegistrant
        );

        foreach (
            var table in new[] { "change_requests", "change_request_events", "change_request_parties", "record_keys" }
        )
        {
            var cells = await CellsAsync(host, Table(table));
            Assert.NotEmpty(cells);
            Assert.DoesNotContain(cells, c => c.Contains("Zebedee", StringComparison.OrdinalIgnoreCase));
            Assert.DoesNotContain(cells, c => c.Contains("asked", StringComparison.OrdinalIgnoreCase));
        }

        await using (var db = await ContextAsync(host))
        {
            Assert.Equal(1, await db.RecordKeysOf(fresh.Id.Value).CountAsync(Cancellation));
            await db.RecordKeysOf(person.Id.Value).ExecuteDeleteAsync(Cancellation);
            await db.RecordKeysOf(fresh.Id.Value).ExecuteDeleteAsync(Cancellation);
        }

        var requests = host.Services.GetRequiredService<IChangeRequests>();
        var read = (await requests.GetAsync(request.Id, null, Ana, Cancellation)).Require();
        Assert.Equal((null, null), (read.Payload, read.Reason));
        Assert.Equal("change_requests.erased", (await TryAsync(host, fresh.Id, "approve", Ben)).Problem?.Code);
        Assert.Equal("change_requests.erased", (await TryAsync(host, fresh.Id, "comment", Ben, "hm")).Problem?.Code);
        Assert.Equal(ChangeRequestStates.Withdrawn, (await ActAsync(host, request.Id, "withdraw", Ana)).State);
    }

    [Fact]
    public async Task When_the_register_refuses_at_the_last_moment_nothing_is_half_done()
    {
        await using var host = await StartAsync();
        var person = await host.Registrants.StoreAsync(Persons.Amira());
        var request = await SubmitAsync(host, person.Id, """{"values":{"given_name":"Amara"}}""");
        var trigger =
            Provider == DatabaseProvider.Sqlite
                ? "create trigger no_more before insert on registry_outbox begin select raise(abort, 'no more'); end"
                : """
                    create function registry.no_more() returns trigger language plpgsql as $$ begin raise 'no more'; end $$;
                    create trigger no_more before insert on registry.outbox for each row execute function registry.no_more()
                    """;
        await ExecuteAsync(host, trigger);

        Outcome<ChangeRequestView>? outcome = null;
        var fault = await Record.ExceptionAsync(async () => outcome = await TryAsync(host, request.Id, "approve", Ben));
        Assert.True(fault is not null || outcome is { Problem.Kind: ProblemKind.Unavailable });

        await ExecuteAsync(
            host,
            Provider == DatabaseProvider.Sqlite ? "drop trigger no_more" : "drop trigger no_more on registry.outbox"
        );
        var requests = host.Services.GetRequiredService<IChangeRequests>();
        var read = (await requests.GetAsync(request.Id, null, Ana, Cancellation)).Require();
        Assert.Equal((ChangeRequestStates.Submitted, 1), (read.State, read.Version));
        Assert.Single(read.History);
        Assert.Equal(1, (await ReadAsync(host, person.Id)).Require().Version);
        Assert.Equal(ChangeRequestStates.Applied, (await ActAsync(host, request.Id, "approve", Ben)).State);
    }

    [Theory]
    [InlineData("Registry:ChangeRequests:Stages", "3")]
    [InlineData("Registry:ChangeRequests:TypeStages:enlarge", "2")]
    [InlineData("Registry:ChangeRequests:FieldStages:birth_date", "0")]
    [InlineData("Registry:ChangeRequests:Required:0:Caller", "person")]
    [InlineData("Registry:ChangeRequests:SameField", "Perhaps")]
    public async Task Settings_that_cannot_be_are_refused(string key, string value)
    {
        var settings = new Dictionary<string, string?> { [key] = value };
        await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            await using var host = await StartAsync(settings: settings);
            _ = host.Services.GetRequiredService<IChangeRequests>();
        });
    }

    private static Task<Outcome<ChangeRequestView>> TrySubmitAsync(
        RegistryHost host,
        RegistrantId? subject,
        string payload,
        string type
    ) =>
        host
            .Services.GetRequiredService<IChangeRequests>()
            .CreateAsync(
                new NewChangeRequest
                {
                    Type = type,
                    Subject = subject,
                    Payload = Persons.Json(payload),
                    Reason = "she asked for it",
                    Submit = true,
                },
                Ana,
                Cancellation
            );

    private static async Task<ChangeRequestView> SubmitAsync(
        RegistryHost host,
        RegistrantId? subject,
        string payload,
        string type = ChangeRequestTypes.EditFields
    ) => (await TrySubmitAsync(host, subject, payload, type)).Require();

    private static Task<Outcome<ChangeRequestView>> TryAsync(
        RegistryHost host,
        ChangeRequestId id,
        string action,
        Caller caller,
        string? comment = null
    ) =>
        host
            .Services.GetRequiredService<IChangeRequests>()
            .ActAsync(id, new ChangeRequestStep { Action = action, Comment = comment }, caller, Cancellation);

    private static async Task<ChangeRequestView> ActAsync(
        RegistryHost host,
        ChangeRequestId id,
        string action,
        Caller caller,
        string? comment = null
    ) => (await TryAsync(host, id, action, caller, comment)).Require();
}

internal static class KeysOfRecords
{
    public static IQueryable<SocialRegistry.Registry.Registrants.RecordKeyRow> RecordKeysOf(
        this SocialRegistry.Registry.Persistence.RegistryDbContext db,
        Guid owner
    ) => db.Set<SocialRegistry.Registry.Registrants.RecordKeyRow>().Where(k => k.RegistrantId == owner);
}

public sealed class SqliteChangeRequestSettingsTests() : ChangeRequestSettingsTests(DatabaseProvider.Sqlite);

public sealed class PostgresChangeRequestSettingsTests() : ChangeRequestSettingsTests(DatabaseProvider.Postgres);
