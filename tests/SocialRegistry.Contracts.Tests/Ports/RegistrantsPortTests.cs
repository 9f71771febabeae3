using System.Text.Json;
using Xunit;

namespace SocialRegistry.Contracts.Tests.Ports;

/// <summary>The suite of the port <c>IRegistrants</c>: storing, changing and archiving. Reading and importing stand in files of their own.</summary>
public abstract partial class RegistrantsPortTests : PortTests
{
    [Fact]
    public async Task A_stored_record_is_read_back_as_it_was_sent()
    {
        var sent = Persons.Amira();
        var stored = await Registrants.StoreAsync(sent);

        var read = await ReadAsync(stored.Id);

        Assert.Equal(1, read.Version);
        Assert.Equal("active", read.Status);
        Assert.Equal(Ports.Clock.GetUtcNow(), read.RegisteredAt);
        Assert.Equal(sent.Values.Keys.Order(), read.Values.Keys.Order());
        Assert.All(sent.Values, v => Assert.True(JsonElement.DeepEquals(v.Value, read.Values[v.Key])));
        Assert.Equal(sent.Identifiers, read.Identifiers);
        Assert.Null(read.Pseudonym);
    }

    [Theory]
    [InlineData("""{"shoe_size":43}""", "shoe_size", "unknown")]
    [InlineData("""{"group_type":"2"}""", "group_type", "unknown")]
    [InlineData("""{"given_name":7}""", "given_name", "type")]
    [InlineData("""{"given_name":""}""", "given_name", "length")]
    [InlineData("""{"given_name":"A\u0000B"}""", "given_name", "characters")]
    [InlineData("""{"sex":"F"}""", "sex", "code")]
    [InlineData("""{"sex":1}""", "sex", "code")]
    [InlineData("""{"is_disabled":"No"}""", "is_disabled", "type")]
    [InlineData("""{"birth_date":"1984-02-30"}""", "birth_date", "type")]
    [InlineData("""{"birth_date":"02.03.1984"}""", "birth_date", "type")]
    [InlineData("""{"birth_date":"1712-01-01"}""", "birth_date", "range")]
    [InlineData("""{"birth_date":"2190-01-01"}""", "birth_date", "future")]
    [InlineData("""{"birth_date":"1984-03-02","death_date":"1984-03-01"}""", "death_date", "before_birth")]
    [InlineData("""{"phone_number":"+99912345678"}""", "phone_number", "type")]
    [InlineData("""{"phone_number":[]}""", "phone_number", "items")]
    [InlineData("""{"phone_number":["+9991234567","12"]}""", "phone_number[1]", "pattern")]
    [InlineData("""{"phone_number":["+9991234567\n"]}""", "phone_number[0]", "pattern")]
    [InlineData("""{"address":[{"locality":"Vessby","street":"Mill Lane"}]}""", "address[0].street", "unknown")]
    [InlineData("""{"address":[{"country_code":"nw"}]}""", "address[0].country_code", "pattern")]
    [InlineData("""{"address":[{}]}""", "address[0]", "empty")]
    [InlineData("""{"address":["Mill Lane"]}""", "address[0]", "type")]
    [InlineData(
        """{"disability_info":[{"functional_severity":"2"}]}""",
        "disability_info[0].disability_limitation_type",
        "required"
    )]
    public async Task A_value_that_does_not_fit_its_field_is_refused(string values, string path, string code)
    {
        var problem = await RefusedAsync(
            new NewRegistrant { Kind = RegistrantKinds.Individual, Values = Persons.Values(values) }
        );

        Assert.Equal(("registrants.invalid", ProblemKind.Invalid), (problem.Code, problem.Kind));
        var field = Assert.Single(problem.Fields);
        Assert.Equal((path, code), (field.Field, field.Code));
    }

    [Fact]
    public async Task A_number_is_held_within_its_bounds()
    {
        var problem = await RefusedAsync(
            Persons.Household() with
            {
                Values = Persons.Values(
                    """{"poverty_score":1e300,"place":{"geo":{"latitude":91,"longitude":0.12345678901234567}}}"""
                ),
            }
        );

        Assert.Equal(
            [("place.geo.latitude", "range"), ("place.geo.longitude", "type"), ("poverty_score", "type")],
            problem.Fields.Select(f => (f.Field, f.Code)).Order()
        );
    }

    [Fact]
    public async Task All_faults_are_told_at_once_and_no_value_is_repeated()
    {
        var problem = await RefusedAsync(
            new NewRegistrant
            {
                Kind = RegistrantKinds.Individual,
                Values = Persons.Values("""{"given_name":["Zebulon"],"sex":"Zebulon","birth_date":"Zebulon"}"""),
                Identifiers = [new Identifier("UIN", "Ze"), new Identifier("Zebulon", "1234567")],
            }
        );

        Assert.Equal(
            ["birth_date", "given_name", "identifiers[0].value", "identifiers[1].type", "sex"],
            problem.Fields.Select(f => f.Field).Order()
        );
        Assert.DoesNotContain("Zebulon", JsonSerializer.Serialize(problem), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_date_of_effect_that_cannot_be_is_refused()
    {
        var problem = await RefusedAsync(Persons.Amira() with { EffectiveOn = DateOnly.MinValue });

        Assert.Equal("effectiveOn", Assert.Single(problem.Fields).Field);
    }

    [Fact]
    public async Task An_unknown_kind_is_refused()
    {
        var problem = await RefusedAsync(Persons.Amira() with { Kind = "animal" });

        Assert.Equal("kind", Assert.Single(problem.Fields).Field);
    }

    [Fact]
    public async Task An_identifier_type_belongs_to_one_kind()
    {
        var problem = await RefusedAsync(Persons.Amira() with { Identifiers = [Persons.NewHousehold()] });

        Assert.Equal("identifiers[0].type", Assert.Single(problem.Fields).Field);
    }

    [Fact]
    public async Task An_identifier_is_carried_by_one_record()
    {
        var uin = Persons.NewUin();
        await Registrants.StoreAsync(Persons.Amira(uin));

        var problem = await RefusedAsync(Persons.Amira(new Identifier("UIN", " " + uin.Value)));

        Assert.Equal(("registrants.identifier_taken", ProblemKind.Conflict), (problem.Code, problem.Kind));
    }

    [Fact]
    public async Task Of_many_who_claim_an_identifier_at_once_one_gets_it()
    {
        var uin = Persons.NewUin();
        var claims = await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(_ =>
                    Task.Run(() => Registrants.CreateAsync(Persons.Amira(uin), PortCallers.Registrar, Cancellation))
                )
        );

        Assert.Single(claims, c => c.Succeeded);
        Assert.All(claims.Where(c => !c.Succeeded), c => Assert.Equal("registrants.identifier_taken", c.Problem!.Code));
    }

    [Fact]
    public async Task A_record_has_a_largest_size()
    {
        var text = new string('x', 9_990);
        var part = $$"""{"name":"note","value":"{{new string('y', 490)}}"}""";
        var large = Persons.Values(
            $$"""{"additional_attributes":[{{string.Join(',', Enumerable.Repeat(part, 200))}}],"given_name":"{{text}}"}"""
        );

        var problem = await RefusedAsync(Persons.Amira() with { Values = large });

        Assert.Equal(
            [("additional_attributes", "too_large"), ("given_name", "length")],
            problem.Fields.Select(f => (f.Field, f.Code)).Order()
        );
    }

    [Fact]
    public async Task The_same_idempotency_key_and_content_makes_one_record()
    {
        var sent = Persons.Amira() with { IdempotencyKey = "key-" + Persons.Next() };

        var first = await Registrants.StoreAsync(sent);
        await PatchAsync(first.Id, 1, """{"given_name":"Amira Maria"}""");
        var again = await Registrants.StoreAsync(sent);

        Assert.Equal(first.Id, again.Id);
        Assert.Equal((1L, "Amira"), (again.Version, again.Text("given_name")));
        Assert.Equal(first.UpdatedAt, again.UpdatedAt);
    }

    [Fact]
    public async Task The_same_idempotency_key_with_other_content_is_a_conflict()
    {
        var sent = Persons.Amira() with { IdempotencyKey = "key-" + Persons.Next() };
        await Registrants.StoreAsync(sent);

        var problem = await RefusedAsync(sent with { Reason = "another" });

        Assert.Equal(("registrants.idempotency_key_reused", ProblemKind.Conflict), (problem.Code, problem.Kind));
    }

    [Fact]
    public async Task A_request_repeated_at_the_same_time_makes_one_record()
    {
        var sent = Persons.Amira() with { IdempotencyKey = "key-" + Persons.Next() };

        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(_ => Task.Run(() => Registrants.CreateAsync(sent, PortCallers.Registrar, Cancellation)))
        );

        Assert.Single(answers.Select(a => a.Require().Id).Distinct());
    }

    [Fact]
    public async Task Storing_needs_its_permission()
    {
        var caller = PortCallers.Staff("reader", Permissions.ReadRegistrants);

        var outcome = await Registrants.CreateAsync(Persons.Amira(), caller, Cancellation);

        Assert.Equal(ProblemKind.Forbidden, outcome.Problem?.Kind);
    }

    [Fact]
    public async Task A_merge_patch_changes_what_it_names()
    {
        var stored = await Registrants.StoreAsync(Persons.Amira());
        Ports.Clock.Advance(TimeSpan.FromMinutes(1));

        var changed = await PatchAsync(stored.Id, 1, """{"surname":"Vinter","marital_status":null}""");

        Assert.Equal((2L, "Vinter"), (changed.Version, changed.Text("surname")));
        Assert.False(changed.Values.ContainsKey("marital_status"));
        Assert.Equal("Amira", changed.Text("given_name"));
        Assert.Equal(stored.RegisteredAt, changed.RegisteredAt);
        Assert.Equal(stored.RegisteredAt.AddMinutes(1), changed.UpdatedAt);
        Assert.Equivalent(changed, await ReadAsync(stored.Id));
    }

    [Fact]
    public async Task A_patch_that_changes_nothing_makes_no_version()
    {
        var stored = await Registrants.StoreAsync(Persons.Amira());

        var changed = await PatchAsync(stored.Id, 1, """{"surname":"Solbakk","death_date":null}""");

        Assert.Equal(1, changed.Version);
    }

    [Fact]
    public async Task A_change_of_a_version_that_no_longer_stands_is_refused()
    {
        var stored = await Registrants.StoreAsync(Persons.Amira());
        await PatchAsync(stored.Id, 1, """{"surname":"Vinter"}""");

        var problem = (await TryPatchAsync(stored.Id, 1, """{"surname":"Sommer"}""")).Problem!;

        Assert.Equal((ProblemKind.PreconditionFailed, 2L), (problem.Kind, problem.CurrentVersion));
        Assert.Equal("Vinter", (await ReadAsync(stored.Id)).Text("surname"));
    }

    [Fact]
    public async Task Concurrent_writers_never_lose_an_update()
    {
        var stored = await Registrants.StoreAsync(Persons.Amira());

        var wins = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(writer => Task.Run(() => AppendAsync(stored.Id, writer, rounds: 4)))
        );

        var last = await ReadAsync(stored.Id);
        Assert.Equal(wins.Sum() + 1L, last.Version);
        Assert.Equal(wins.Sum(), last.Values["additional_attributes"].GetArrayLength());
    }

    [Fact]
    public async Task A_patch_that_is_wrong_in_one_field_changes_none()
    {
        var stored = await Registrants.StoreAsync(Persons.Amira());

        var outcome = await TryPatchAsync(stored.Id, 1, """{"surname":"Vinter","sex":"none"}""");

        Assert.Equal("sex", Assert.Single(outcome.Problem!.Fields).Field);
        Assert.Equal(
            (1L, "Solbakk"),
            ((await ReadAsync(stored.Id)).Version, (await ReadAsync(stored.Id)).Text("surname"))
        );
    }

    [Fact]
    public async Task New_identifiers_replace_the_old_ones_which_become_free()
    {
        var (old, next) = (Persons.NewUin(), Persons.NewUin());
        var stored = await Registrants.StoreAsync(Persons.Amira(old));

        var changed = (
            await Registrants.UpdateAsync(
                stored.Id,
                new RegistrantPatch { ExpectedVersion = 1, Identifiers = [next] },
                PortCallers.Registrar,
                Cancellation
            )
        ).Require();

        Assert.Equal([next], changed.Identifiers);
        Assert.Null(await FindAsync(old));
        Assert.Equal(stored.Id, (await FindAsync(next))?.Id);
        Assert.NotEqual(stored.Id, (await Registrants.StoreAsync(Persons.Amira(old))).Id);
    }

    [Fact]
    public async Task An_identifier_of_another_record_is_not_taken_over()
    {
        var uin = Persons.NewUin();
        await Registrants.StoreAsync(Persons.Amira(uin));
        var other = await Registrants.StoreAsync(Persons.Amira());

        var outcome = await Registrants.UpdateAsync(
            other.Id,
            new RegistrantPatch { ExpectedVersion = 1, Identifiers = [uin] },
            PortCallers.Registrar,
            Cancellation
        );

        Assert.Equal("registrants.identifier_taken", outcome.Problem?.Code);
        Assert.Equal(1, (await ReadAsync(other.Id)).Version);
    }

    [Fact]
    public async Task A_writer_who_may_not_read_is_answered_with_what_it_sent()
    {
        var stored = await Registrants.StoreAsync(Persons.Amira());
        var writer = PortCallers.Staff("clerk", Permissions.WriteRegistrants);

        var answer = (
            await Registrants.UpdateAsync(
                stored.Id,
                new RegistrantPatch { ExpectedVersion = 1, Values = Persons.Values("""{"area":"N-02"}""") },
                writer,
                Cancellation
            )
        ).Require();

        Assert.Equal(["area"], answer.Values.Keys);
        Assert.Empty(answer.Identifiers);
    }

    [Fact]
    public async Task An_archived_record_is_no_longer_found_and_its_identifiers_stay_reserved()
    {
        var uin = Persons.NewUin();
        var stored = await Registrants.StoreAsync(Persons.Amira(uin));

        (await Registrants.ArchiveAsync(stored.Id, 1, "duplicate", PortCallers.Registrar, Cancellation)).Require();

        var read = await Registrants.GetAsync(stored.Id, ReadOptions.Default, PortCallers.Registrar, Cancellation);
        Assert.Equal(ProblemKind.NotFound, read.Problem?.Kind);
        Assert.Null(await FindAsync(uin));
        Assert.Equal("registrants.identifier_taken", (await RefusedAsync(Persons.Amira(uin))).Code);
        Assert.Equal(
            ProblemKind.NotFound,
            (await TryPatchAsync(stored.Id, 2, """{"surname":"Vinter"}""")).Problem?.Kind
        );
    }

    [Fact]
    public async Task Archiving_names_the_version_it_saw_and_a_reason()
    {
        var stored = await Registrants.StoreAsync(Persons.Amira());

        var stale = await Registrants.ArchiveAsync(stored.Id, 7, "duplicate", PortCallers.Registrar, Cancellation);
        var silent = await Registrants.ArchiveAsync(stored.Id, 1, "", PortCallers.Registrar, Cancellation);

        Assert.Equal((ProblemKind.PreconditionFailed, 1L), (stale.Problem?.Kind, stale.Problem?.CurrentVersion));
        Assert.Equal("reason", Assert.Single(silent.Problem!.Fields).Field);
        Assert.Equal("active", (await ReadAsync(stored.Id)).Status);
    }

    /// <summary>Adds one element in each round, reading again after a refusal; the number of rounds that got through.</summary>
    private async Task<int> AppendAsync(RegistrantId id, int writer, int rounds)
    {
        var wins = 0;
        for (var round = 0; round < rounds; round++)
        {
            for (var attempt = 0; attempt < 3; attempt++)
            {
                var read = await ReadAsync(id);
                var list = read.Values.TryGetValue("additional_attributes", out var old)
                    ? old.EnumerateArray().Select(e => e.GetRawText()).ToList()
                    : [];
                if (list.Count >= 20)
                {
                    return wins;
                }

                list.Add($$"""{"name":"w{{writer}}r{{round}}"}""");
                var patch = $$"""{"additional_attributes":[{{string.Join(',', list)}}]}""";
                var outcome = await TryPatchAsync(id, read.Version, patch);
                if (outcome.Succeeded)
                {
                    wins++;
                    break;
                }

                Assert.Equal(ProblemKind.PreconditionFailed, outcome.Problem.Kind);
            }
        }

        return wins;
    }

    private async Task<Problem> RefusedAsync(NewRegistrant registrant)
    {
        var outcome = await Registrants.CreateAsync(registrant, PortCallers.Registrar, Cancellation);
        Assert.False(outcome.Succeeded);
        return outcome.Problem;
    }

    private Task<Outcome<RegistrantView>> TryPatchAsync(RegistrantId id, long version, string values) =>
        Registrants.UpdateAsync(
            id,
            new RegistrantPatch { ExpectedVersion = version, Values = Persons.Values(values) },
            PortCallers.Registrar,
            Cancellation
        );

    private async Task<RegistrantView> PatchAsync(RegistrantId id, long version, string values) =>
        (await TryPatchAsync(id, version, values)).Require();

    private async Task<RegistrantView> ReadAsync(RegistrantId id, Caller? caller = null, ReadOptions? options = null) =>
        (
            await Registrants.GetAsync(
                id,
                options ?? ReadOptions.Default,
                caller ?? PortCallers.Registrar,
                Cancellation
            )
        ).Require();

    private async Task<RegistrantView?> FindAsync(Identifier identifier, Caller? caller = null) =>
        (
            await Registrants.FindAsync(
                [identifier],
                ReadOptions.Default,
                caller ?? PortCallers.Registrar,
                Cancellation
            )
        ).Require()[0];
}
