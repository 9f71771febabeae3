using Xunit;

namespace SocialRegistry.Contracts.Tests.Ports;

/// <summary>The suite of the port <c>IChangeRequests</c>: the states a request goes through, and who takes which step.</summary>
public abstract partial class ChangeRequestsPortTests : PortTests
{
    private static readonly Caller Ana = PortCallers.Staff(
        "ana",
        Permissions.WriteRequests,
        Permissions.ReadRegistrants
    );
    private static readonly Caller Ben = PortCallers.Staff(
        "ben",
        Permissions.WriteRequests,
        Permissions.ReviewRequests,
        Permissions.ReadRegistrants
    );
    private static readonly Caller Cid = PortCallers.Staff("cid", Permissions.ReviewRequests);

    private IChangeRequests Requests => Ports.ChangeRequests;

    [Fact]
    public async Task A_draft_is_changed_submitted_claimed_approved_and_applied()
    {
        var person = await Registrants.StoreAsync(Persons.Amira());
        var draft = await CreateAsync(Edit(person.Id, """{"values":{"given_name":"Amara"}}"""));

        Assert.Equal((ChangeRequestStates.Draft, 1, 0), (draft.State, draft.Version, draft.Stage));
        Assert.Equal("staff:ana", draft.MadeBy);
        Assert.Equal(["given_name"], draft.Fields);
        var changed = (
            await Requests.UpdateAsync(
                draft.Id,
                new ChangeRequestEdit
                {
                    ExpectedVersion = 1,
                    Payload = Persons.Json("""{"values":{"given_name":"Amara","surname":"Tolvane"}}"""),
                    DueOn = Today.AddDays(3),
                },
                Ana,
                Cancellation
            )
        ).Require();
        Assert.Equal(["given_name", "surname"], changed.Fields);
        Assert.Equal("she asked for it", changed.Reason);

        var submitted = await ActAsync(draft.Id, "submit", Ana);
        Assert.Equal((ChangeRequestStates.Submitted, 1, 1), (submitted.State, submitted.Stage, submitted.Stages));
        Assert.Equal(Today.AddDays(3), submitted.DueOn);
        var claimed = await ActAsync(draft.Id, "claim", Ben);
        Assert.Equal((ChangeRequestStates.InReview, "staff:ben"), (claimed.State, claimed.ClaimedBy));
        var applied = await ActAsync(draft.Id, "approve", Ben, "seen the papers");

        Assert.Equal(ChangeRequestStates.Applied, applied.State);
        Assert.Equal(["staff:ben"], applied.ApprovedBy);
        Assert.Null(applied.ClaimedBy);
        var record = await ReadAsync(person.Id);
        Assert.Equal((2, "Amara", "Tolvane"), (record.Version, record.Text("given_name"), record.Text("surname")));
        var version = (
            await Ports.Versions.ListAsync(person.Id, new PageRequest(), PortCallers.Registrar, Cancellation)
        )
            .Require()
            .Items[0];
        Assert.Equal(("change-request", "ben"), (version.Channel, version.ChangedBy));
        Assert.Equal((draft.Id.ToString(), "she asked for it"), (version.RequestId, version.Reason));
        var read = await GetAsync(draft.Id, Ana);
        Assert.Equal(["create", "update", "submit", "claim", "approve", "applied"], read.History.Select(h => h.Action));
        Assert.Equal("seen the papers", read.History[4].Comment);
        Assert.Equal(["staff:ana", "staff:ben"], read.History.Select(h => h.By).Distinct());
    }

    [Fact]
    public async Task A_request_is_submitted_at_once_and_the_same_key_makes_it_once()
    {
        var person = await Registrants.StoreAsync(Persons.Amira());
        var request = Edit(person.Id, """{"values":{"given_name":"Amara"}}""") with
        {
            Submit = true,
            IdempotencyKey = "key-" + Persons.Next(),
        };

        var first = await CreateAsync(request);
        var again = await CreateAsync(request);
        var other = await Requests.CreateAsync(request with { Reason = "another" }, Ana, Cancellation);

        Assert.Equal(ChangeRequestStates.Submitted, first.State);
        Assert.Equal(Today.AddDays(14), first.DueOn);
        Assert.Equal(first.Id, again.Id);
        Assert.Equal("registrants.idempotency_key_reused", other.Problem?.Code);
    }

    [Fact]
    public async Task Nobody_reviews_her_own_request()
    {
        var request = await SubmittedAsync(Ben);

        Assert.Equal("change_requests.own", (await TryAsync(request.Id, "claim", Ben)).Problem?.Code);
        Assert.Equal("change_requests.own", (await TryAsync(request.Id, "approve", Ben)).Problem?.Code);
        Assert.Equal("change_requests.own", (await TryAsync(request.Id, "reject", Ben, "no")).Problem?.Code);
        Assert.Equal(ChangeRequestStates.Submitted, (await GetAsync(request.Id, Ben)).State);
    }

    [Fact]
    public async Task What_is_decided_stays_decided()
    {
        var applied = await SubmittedAsync();
        await ActAsync(applied.Id, "approve", Ben);
        var rejected = await SubmittedAsync();
        await ActAsync(rejected.Id, "reject", Ben, "the paper is not hers");
        var withdrawn = await SubmittedAsync();
        await ActAsync(withdrawn.Id, "withdraw", Ana);

        foreach (var id in new[] { applied.Id, rejected.Id, withdrawn.Id })
        {
            foreach (var action in new[] { "claim", "approve", "reject", "apply" })
            {
                Assert.Equal("change_requests.state", (await TryAsync(id, action, Cid, "again")).Problem?.Code);
            }

            foreach (var action in new[] { "submit", "withdraw", "rebase" })
            {
                Assert.Equal("change_requests.state", (await TryAsync(id, action, Ana)).Problem?.Code);
            }
        }

        Assert.Equal(1, (await ReadAsync(rejected.Subject!.Value)).Version);
        Assert.Equal(1, (await ReadAsync(withdrawn.Subject!.Value)).Version);
    }

    [Fact]
    public async Task Of_two_reviewers_at_once_one_approves()
    {
        for (var i = 0; i < 4; i++)
        {
            var request = await SubmittedAsync();
            var outcomes = await Task.WhenAll(
                new[] { Ben, Cid }.Select(c => Task.Run(() => TryAsync(request.Id, "approve", c)))
            );

            Assert.Single(outcomes, o => o.Succeeded);
            Assert.Equal("change_requests.state", outcomes.Single(o => !o.Succeeded).Problem!.Code);
            Assert.Equal(2, (await ReadAsync(request.Subject!.Value)).Version);
        }
    }

    [Fact]
    public async Task A_claim_keeps_others_away_until_it_is_released_or_runs_out()
    {
        var request = await SubmittedAsync();
        var both = await Task.WhenAll(new[] { Ben, Cid }.Select(c => Task.Run(() => TryAsync(request.Id, "claim", c))));
        var (holder, other) = both[0].Succeeded ? (Ben, Cid) : (Cid, Ben);

        Assert.Single(both, o => o.Succeeded);
        Assert.Equal("change_requests.claimed", both.Single(o => !o.Succeeded).Problem!.Code);
        Assert.Equal("change_requests.claimed", (await TryAsync(request.Id, "approve", other)).Problem?.Code);
        Assert.Equal("change_requests.claimed", (await TryAsync(request.Id, "reject", other, "no")).Problem?.Code);
        Assert.Equal("change_requests.not_claimed", (await TryAsync(request.Id, "release", other)).Problem?.Code);
        Assert.Equal(ChangeRequestStates.Submitted, (await ActAsync(request.Id, "release", holder)).State);
        await ActAsync(request.Id, "claim", other);
        Ports.Clock.Advance(TimeSpan.FromMinutes(61));
        Assert.Null((await GetAsync(request.Id, holder)).ClaimedBy);
        await ActAsync(request.Id, "claim", holder);
        Assert.Equal("change_requests.not_claimed", (await TryAsync(request.Id, "release", other)).Problem?.Code);
        Assert.Equal("change_requests.claimed", (await TryAsync(request.Id, "approve", other)).Problem?.Code);
        Assert.Equal(ChangeRequestStates.Applied, (await ActAsync(request.Id, "approve", holder)).State);
    }

    [Fact]
    public async Task The_same_is_asked_once_at_a_time()
    {
        var first = await SubmittedAsync();
        var same = Edit(first.Subject!.Value, """{"values":{"given_name":"\u0041mara"}}""") with { Submit = true };

        var refused = await Requests.CreateAsync(same, Cid2, Cancellation);
        var draft = await CreateAsync(same with { Submit = false });
        var submitted = await TryAsync(draft.Id, "submit", Ana);

        Assert.Equal(
            ("change_requests.duplicate", ProblemKind.Conflict),
            (refused.Problem?.Code, refused.Problem?.Kind)
        );
        Assert.Contains(first.Id.ToString(), refused.Problem!.Detail, StringComparison.Ordinal);
        Assert.Equal("change_requests.duplicate", submitted.Problem?.Code);
        await ActAsync(first.Id, "withdraw", Ana);
        Assert.Equal(ChangeRequestStates.Submitted, (await ActAsync(draft.Id, "submit", Ana)).State);
    }

    [Fact]
    public async Task Of_the_same_sent_at_once_one_is_taken()
    {
        var person = await Registrants.StoreAsync(Persons.Amira());
        var request = Edit(person.Id, """{"values":{"given_name":"Amara"}}""") with { Submit = true };

        var outcomes = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(_ => Task.Run(() => Requests.CreateAsync(request, Ana, Cancellation)))
        );

        Assert.Single(outcomes, o => o.Succeeded);
        Assert.All(outcomes.Where(o => !o.Succeeded), o => Assert.Equal("change_requests.duplicate", o.Problem!.Code));
    }

    [Fact]
    public async Task The_same_field_blocks_and_the_same_record_warns()
    {
        var first = await SubmittedAsync();
        var subject = first.Subject!.Value;

        var blocked = await Requests.CreateAsync(
            Edit(subject, """{"values":{"given_name":"Amala","surname":"Tolvane"}}""") with
            {
                Submit = true,
            },
            Ana,
            Cancellation
        );
        var warned = await CreateAsync(Edit(subject, """{"values":{"surname":"Tolvane"}}""") with { Submit = true });

        Assert.Equal("change_requests.same_field", blocked.Problem?.Code);
        Assert.Contains(first.Id.ToString(), blocked.Problem!.Detail, StringComparison.Ordinal);
        Assert.Equal(new ChangeRequestWarning("same_record", first.Id), Assert.Single(warned.Warnings));
    }

    [Fact]
    public async Task A_changed_field_stops_it_and_another_does_not()
    {
        var request = await SubmittedAsync();
        var subject = request.Subject!.Value;
        await PatchAsync(subject, 1, """{"surname":"Tolvane"}""");
        Assert.Equal(ChangeRequestStates.Applied, (await ActAsync(request.Id, "approve", Ben)).State);
        Assert.Equal("Tolvane", (await ReadAsync(subject)).Text("surname"));
        var stale = await CreateAsync(Edit(subject, """{"values":{"given_name":"Amal"}}""") with { Submit = true });
        await PatchAsync(subject, 3, """{"given_name":"Ama"}""");

        var approved = await ActAsync(stale.Id, "approve", Ben);

        Assert.Equal((ChangeRequestStates.Approved, "change_requests.stale"), (approved.State, approved.Failure?.Code));
        Assert.Equal("given_name", Assert.Single(approved.Failure!.Fields).Field);
        Assert.Equal((4, "Ama"), ((await ReadAsync(subject)).Version, (await ReadAsync(subject)).Text("given_name")));
        Assert.Equal("change_requests.state", (await TryAsync(stale.Id, "approve", Cid)).Problem?.Code);
        Assert.Equal("change_requests.stale", (await ActAsync(stale.Id, "apply", Cid)).Failure?.Code);
        var rebased = await ActAsync(stale.Id, "rebase", Ana);
        Assert.Equal(ChangeRequestStates.Submitted, rebased.State);
        Assert.Empty(rebased.ApprovedBy);
        Assert.Null(rebased.Failure);
        Assert.Equal(ChangeRequestStates.Applied, (await ActAsync(stale.Id, "approve", Cid)).State);
        Assert.Equal("Amal", (await ReadAsync(subject)).Text("given_name"));
        Assert.Equal(
            ["submit", "approve", "failed", "apply", "failed", "rebase", "approve", "applied"],
            (await GetAsync(stale.Id, Ana)).History.Select(h => h.Action)
        );
    }

    [Fact]
    public async Task What_failed_is_applied_once_the_cause_is_gone_or_withdrawn()
    {
        var uin = Persons.NewUin();
        var person = await Registrants.StoreAsync(Persons.Amira());
        var identifiers = $$$"""{"identifiers":[{"type":"UIN","value":"{{{uin.Value}}}"}]}""";
        var request = await CreateAsync(Edit(person.Id, identifiers) with { Submit = true });
        var rival = await Registrants.StoreAsync(Persons.Amira(uin));

        var approved = await ActAsync(request.Id, "approve", Ben);
        Assert.Equal("registrants.identifier_taken", approved.Failure?.Code);
        Assert.Equal(1, (await ReadAsync(person.Id)).Version);
        (
            await Registrants.UpdateAsync(
                rival.Id,
                new RegistrantPatch { ExpectedVersion = 1, Identifiers = [Persons.NewUin()] },
                PortCallers.Registrar,
                Cancellation
            )
        ).Require();
        Assert.Equal("change_requests.own", (await TryAsync(request.Id, "apply", Ana2)).Problem?.Code);
        Assert.Equal(ChangeRequestStates.Applied, (await ActAsync(request.Id, "apply", Ben)).State);
        Assert.Equal(uin.Value, Assert.Single((await ReadAsync(person.Id)).Identifiers).Value);
    }

    [Fact]
    public async Task A_writer_of_the_record_at_the_same_moment_loses_nothing()
    {
        for (var i = 0; i < 4; i++)
        {
            var request = await SubmittedAsync();
            var subject = request.Subject!.Value;
            var approving = Task.Run(() => TryAsync(request.Id, "approve", Ben));
            var writing = Task.Run(() =>
                Registrants.UpdateAsync(
                    subject,
                    new RegistrantPatch { ExpectedVersion = 1, Values = Persons.Values("""{"surname":"Tolvane"}""") },
                    PortCallers.Registrar,
                    Cancellation
                )
            );

            var (approved, written) = ((await approving).Require(), await writing);

            Assert.Equal(ChangeRequestStates.Applied, approved.State);
            var record = await ReadAsync(subject);
            Assert.Equal("Amara", record.Text("given_name"));
            Assert.Equal(written.Succeeded ? (3, "Tolvane") : (2, "Solbakk"), (record.Version, record.Text("surname")));
        }
    }

    [Fact]
    public async Task Steps_need_their_permission_their_maker_and_the_version_seen()
    {
        var request = await SubmittedAsync();

        Assert.Equal(ProblemKind.Forbidden, (await TryAsync(request.Id, "approve", Ana)).Problem?.Kind);
        Assert.Equal(ProblemKind.Forbidden, (await TryAsync(request.Id, "withdraw", Cid)).Problem?.Kind);
        Assert.Equal("change_requests.not_maker", (await TryAsync(request.Id, "withdraw", Ben)).Problem?.Code);
        Assert.Equal("change_requests.not_found", (await TryAsync(request.Id, "comment", Dea, "hm")).Problem?.Code);
        Assert.Equal("comment", (await TryAsync(request.Id, "reject", Ben)).Problem?.Fields[0].Field);
        Assert.Equal("comment", (await TryAsync(request.Id, "comment", Ben, " ")).Problem?.Fields[0].Field);
        Assert.Equal("action", (await TryAsync(request.Id, "bless", Ben)).Problem?.Fields[0].Field);
        var stale = await Requests.ActAsync(
            request.Id,
            new ChangeRequestStep { Action = "approve", ExpectedVersion = 7 },
            Ben,
            Cancellation
        );
        Assert.Equal((ProblemKind.PreconditionFailed, 1L), (stale.Problem?.Kind, stale.Problem?.CurrentVersion));
        var edited = await Requests.UpdateAsync(
            request.Id,
            new ChangeRequestEdit { ExpectedVersion = 1, Reason = "another" },
            Ana,
            Cancellation
        );
        Assert.Equal("change_requests.state", edited.Problem?.Code);
        Assert.Equal(
            ProblemKind.Forbidden,
            (
                await Requests.CreateAsync(
                    Edit(request.Subject!.Value, """{"values":{"surname":"B"}}"""),
                    Cid,
                    Cancellation
                )
            )
                .Problem
                ?.Kind
        );
        var nobody = new ChangeRequestId(Guid.CreateVersion7());
        Assert.Equal(ProblemKind.NotFound, (await TryAsync(nobody, "approve", Ben)).Problem?.Kind);
        Assert.Equal(ProblemKind.NotFound, (await Requests.GetAsync(nobody, null, Ben, Cancellation)).Problem?.Kind);
        await ActAsync(request.Id, "comment", Cid, "which paper?");
        await ActAsync(request.Id, "comment", Ana, "the birth certificate");
        Assert.Equal(
            ["which paper?", "the birth certificate"],
            (await GetAsync(request.Id, Cid)).History.Select(h => h.Comment).OfType<string>()
        );
    }

    private static Caller Ana2 => Ana with { Permissions = Ben.Permissions };

    private static Caller Cid2 => Cid with { Permissions = Ben.Permissions };

    /// <summary>May make requests, and made none of these.</summary>
    private static Caller Dea => PortCallers.Staff("dea", Permissions.WriteRequests);

    private DateOnly Today => DateOnly.FromDateTime(Ports.Clock.GetUtcNow().UtcDateTime);

    private static NewChangeRequest Edit(RegistrantId subject, string payload) =>
        Of(ChangeRequestTypes.EditFields, subject, payload);

    private static NewChangeRequest Of(string type, RegistrantId? subject, string payload) =>
        new()
        {
            Type = type,
            Subject = subject,
            Payload = Persons.Json(payload),
            Reason = "she asked for it",
        };

    private async Task<ChangeRequestView> CreateAsync(NewChangeRequest request, Caller? caller = null)
    {
        Ports.Clock.Advance(TimeSpan.FromMilliseconds(1));
        return (await Requests.CreateAsync(request, caller ?? Ana, Cancellation)).Require();
    }

    /// <summary>A change of the given name of somebody new, submitted.</summary>
    private async Task<ChangeRequestView> SubmittedAsync(Caller? maker = null)
    {
        var person = await Registrants.StoreAsync(Persons.Amira());
        return await CreateAsync(
            Edit(person.Id, """{"values":{"given_name":"Amara"}}""") with
            {
                Submit = true,
            },
            maker
        );
    }

    private Task<Outcome<ChangeRequestView>> TryAsync(
        ChangeRequestId id,
        string action,
        Caller caller,
        string? comment = null
    ) => Requests.ActAsync(id, new ChangeRequestStep { Action = action, Comment = comment }, caller, Cancellation);

    private async Task<ChangeRequestView> ActAsync(
        ChangeRequestId id,
        string action,
        Caller caller,
        string? comment = null
    ) => (await TryAsync(id, action, caller, comment)).Require();

    private async Task<ChangeRequestView> GetAsync(ChangeRequestId id, Caller caller) =>
        (await Requests.GetAsync(id, null, caller, Cancellation)).Require();

    private async Task<RegistrantView> ReadAsync(RegistrantId id) =>
        (
            await Registrants.GetAsync(
                id,
                new ReadOptions { Memberships = true, Relationships = true },
                PortCallers.Registrar,
                Cancellation
            )
        ).Require();

    private async Task PatchAsync(RegistrantId id, long version, string values) =>
        (
            await Registrants.UpdateAsync(
                id,
                new RegistrantPatch { ExpectedVersion = version, Values = Persons.Values(values) },
                PortCallers.Registrar,
                Cancellation
            )
        ).Require();
}
