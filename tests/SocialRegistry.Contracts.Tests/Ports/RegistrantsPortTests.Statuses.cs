using System.Text.Json;
using Xunit;

namespace SocialRegistry.Contracts.Tests.Ports;

public abstract partial class RegistrantsPortTests
{
    private DateOnly Today => DateOnly.FromDateTime(Ports.Clock.GetUtcNow().UtcDateTime);

    [Fact]
    public async Task A_status_changes_with_its_day_and_its_reason_and_stays_readable()
    {
        var uin = Persons.NewUin();
        var person = await Registrants.StoreAsync(Persons.Amira(uin));

        var inactive = (await StatusAsync(person, RegistrantStatuses.Inactive, Today.AddDays(-3))).Require();
        var found = await Registrants.FindAsync([uin], ReadOptions.Default, PortCallers.Registrar, Cancellation);
        var active = (await StatusAsync(inactive, RegistrantStatuses.Active)).Require();

        Assert.Null(person.StatusOn);
        Assert.Equal(("inactive", 2L), (inactive.Status, inactive.Version));
        Assert.Equal(Today.AddDays(-3), inactive.StatusOn);
        Assert.Equal("inactive", found.Require()[0]!.Status);
        Assert.Equal(("active", Today), (active.Status, active.StatusOn));
        var versions = (
            await Ports.Versions.ListAsync(person.Id, new PageRequest(), PortCallers.Registrar, Cancellation)
        ).Require();
        Assert.Equal(["status"], versions.Items[0].ChangedFields);
        Assert.Equal("as told by the office", versions.Items[1].Reason);
        Assert.Equal(Today.AddDays(-3), versions.Items[1].EffectiveOn);
        var then = await Registrants.GetAsync(
            person.Id,
            new ReadOptions { Version = 2 },
            PortCallers.Registrar,
            Cancellation
        );
        Assert.Equal(("inactive", Today.AddDays(-3)), (then.Require().Status, then.Require().StatusOn));
        var first = await Registrants.GetAsync(
            person.Id,
            new ReadOptions { Version = 1 },
            PortCallers.Registrar,
            Cancellation
        );
        Assert.Equal("active", first.Require().Status);
        Assert.Null(first.Require().StatusOn);
    }

    [Fact]
    public async Task A_death_brings_its_date_and_a_death_taken_back_takes_it_along()
    {
        var person = await Registrants.StoreAsync(Persons.Amira());
        var day = Today.AddDays(-10);

        var without = await StatusAsync(person, RegistrantStatuses.Deceased);
        var unborn = await StatusAsync(person, RegistrantStatuses.Deceased, new DateOnly(1984, 3, 1));
        var deceased = (await StatusAsync(person, RegistrantStatuses.Deceased, day)).Require();
        var kept = await Registrants.UpdateAsync(
            person.Id,
            new RegistrantPatch { ExpectedVersion = 2, Values = Persons.Values("""{"death_date":null}""") },
            PortCallers.Registrar,
            Cancellation
        );
        var corrected = await Registrants.UpdateAsync(
            person.Id,
            new RegistrantPatch { ExpectedVersion = 2, Values = Persons.Values("""{"death_date":"2025-12-05"}""") },
            PortCallers.Registrar,
            Cancellation
        );
        var back = await StatusAsync(corrected.Require(), RegistrantStatuses.Active);

        Assert.Equal(["required"], without.Problem!.Fields.Select(f => f.Code));
        Assert.Equal(["before_birth"], unborn.Problem!.Fields.Select(f => f.Code));
        Assert.Equal(("deceased", day), (deceased.Status, deceased.StatusOn));
        Assert.Equal(day.ToString("yyyy-MM-dd"), deceased.Text("death_date"));
        Assert.Contains(kept.Problem!.Fields, f => f is { Field: "death_date", Code: "status" });
        Assert.Equal("2025-12-05", corrected.Require().Text("death_date"));
        Assert.Equal("active", back.Require().Status);
        Assert.False(back.Require().Values.ContainsKey("death_date"));
    }

    [Fact]
    public async Task A_date_of_death_that_stands_is_taken_and_another_one_is_a_contradiction()
    {
        var amira = Persons.Amira();
        var values = new Dictionary<string, JsonElement>(amira.Values)
        {
            ["death_date"] = Persons.Json("\"2025-12-05\""),
        };
        var person = await Registrants.StoreAsync(amira with { Values = values });

        var other = await StatusAsync(person, RegistrantStatuses.Deceased, new DateOnly(2025, 12, 6));
        var agrees = await StatusAsync(person, RegistrantStatuses.Deceased);

        Assert.Equal("active", person.Status);
        Assert.Equal("contradiction", other.Problem!.Fields.Single().Code);
        Assert.Equal("deceased", agrees.Require().Status);
        Assert.Equal("2025-12-05", agrees.Require().Text("death_date"));
    }

    [Fact]
    public async Task Only_staff_bring_an_archived_record_back()
    {
        var uin = Persons.NewUin();
        var person = await Registrants.StoreAsync(Persons.Amira(uin));
        var writer = PortCallers.Partner("writer", ["given_name"], ["UIN"]) with
        {
            Permissions = new HashSet<string> { Permissions.WriteRegistrants, Permissions.ReadRegistrants },
        };
        await Registrants.ArchiveAsync(person.Id, 1, "duplicate", PortCallers.Registrar, Cancellation);

        var partner = await Registrants.ChangeStatusAsync(
            person.Id,
            Change(2, RegistrantStatuses.Active),
            writer,
            Cancellation
        );
        var restored = await Registrants.ChangeStatusAsync(
            person.Id,
            Change(2, RegistrantStatuses.Active),
            PortCallers.Registrar,
            Cancellation
        );
        var found = await Registrants.FindAsync([uin], ReadOptions.Default, PortCallers.Registrar, Cancellation);

        Assert.Equal(ProblemKind.NotFound, partner.Problem?.Kind);
        Assert.Equal(("active", 3L), (restored.Require().Status, restored.Require().Version));
        Assert.NotNull(found.Require()[0]);
    }

    [Fact]
    public async Task Statuses_that_cannot_be_are_refused()
    {
        var person = await Registrants.StoreAsync(Persons.Amira());
        var group = await Registrants.StoreAsync(Persons.Household());
        (StatusChange Change, string Field)[] wrong =
        [
            (Change(1, "merged"), "status"),
            (Change(1, "asleep"), "status"),
            (Change(1, "inactive") with { Reason = "" }, "reason"),
            (Change(1, "inactive") with { Reason = "a\u0007b" }, "reason"),
            (Change(1, "inactive") with { Reason = new string('x', 501) }, "reason"),
            (Change(1, "inactive") with { On = Today.AddDays(1) }, "on"),
            (Change(1, "inactive") with { On = new DateOnly(1700, 1, 1) }, "on"),
        ];
        foreach (var (change, field) in wrong)
        {
            var refused = await Registrants.ChangeStatusAsync(person.Id, change, PortCallers.Registrar, Cancellation);

            Assert.Equal("registrants.status_invalid", refused.Problem?.Code);
            Assert.Equal(field, refused.Problem!.Fields.Single().Field);
        }

        var same = await StatusAsync(person, RegistrantStatuses.Active);
        var dead = await StatusAsync(group, RegistrantStatuses.Deceased, Today);
        var stale = await Registrants.ChangeStatusAsync(
            person.Id,
            Change(7, "inactive"),
            PortCallers.Registrar,
            Cancellation
        );
        var reader = await Registrants.ChangeStatusAsync(
            person.Id,
            Change(1, "inactive"),
            PortCallers.Staff("reader", Permissions.ReadRegistrants),
            Cancellation
        );
        var blind = await Registrants.ChangeStatusAsync(
            person.Id,
            Change(1, "deceased") with
            {
                On = Today,
            },
            PortCallers.Registrar with
            {
                Fields = FieldScope.Of(["given_name"]),
            },
            Cancellation
        );

        Assert.Equal("registrants.status_transition", same.Problem?.Code);
        Assert.Equal("kind", dead.Problem?.Fields.Single().Code);
        Assert.Equal((ProblemKind.PreconditionFailed, 1), (stale.Problem!.Kind, stale.Problem.CurrentVersion));
        Assert.Equal(ProblemKind.Forbidden, reader.Problem?.Kind);
        Assert.Equal(("registrants.disagrees", 0), (blind.Problem?.Code, blind.Problem?.Fields.Count));
        Assert.Equal(1, (await GetAsync(person.Id)).Require().Version);
    }

    [Fact]
    public async Task An_identifier_keeps_its_period_and_issuer_and_finds_its_record_when_it_has_expired()
    {
        var expired = Persons.NewUin() with
        {
            IssuedOn = new DateOnly(2015, 2, 1),
            ExpiresOn = Today.AddDays(-1),
            Issuer = "Office of Vessby",
        };
        var current = Persons.NewUin() with { IssuedOn = Today };
        var person = await Registrants.StoreAsync(Persons.Amira() with { Identifiers = [expired, current] });

        var read = (await GetAsync(person.Id)).Require();
        var all = await FindAsync(currentOnly: false);
        var now = await FindAsync(currentOnly: true);
        var extended = await Registrants.UpdateAsync(
            person.Id,
            new RegistrantPatch { ExpectedVersion = 1, Identifiers = [expired with { ExpiresOn = Today }, current] },
            PortCallers.Registrar,
            Cancellation
        );
        var same = await Registrants.UpdateAsync(
            person.Id,
            new RegistrantPatch { ExpectedVersion = 2, Identifiers = [expired with { ExpiresOn = Today }, current] },
            PortCallers.Registrar,
            Cancellation
        );
        var then = await Registrants.GetAsync(
            person.Id,
            new ReadOptions { Version = 1 },
            PortCallers.Registrar,
            Cancellation
        );

        Assert.Equal([expired, current], read.Identifiers);
        Assert.All(all, Assert.NotNull);
        Assert.Equal([true, false], now.Select(r => r is null));
        Assert.Equal(Today, extended.Require().Identifiers[0].ExpiresOn);
        Assert.Equal(2, same.Require().Version);
        Assert.Equal(Today.AddDays(-1), then.Require().Identifiers[0].ExpiresOn);
        Assert.All(await FindAsync(currentOnly: true), Assert.NotNull);

        async Task<IReadOnlyList<RegistrantView?>> FindAsync(bool currentOnly) =>
            (
                await Registrants.FindAsync(
                    [expired, current],
                    new ReadOptions { CurrentIdentifiersOnly = currentOnly },
                    PortCallers.Registrar,
                    Cancellation
                )
            ).Require();
    }

    [Fact]
    public async Task An_import_that_says_nothing_of_a_period_leaves_it()
    {
        var uin = Persons.NewUin() with { ExpiresOn = Today };
        await Registrants.StoreAsync(Persons.Amira() with { Identifiers = [uin] });
        var row = new ImportRow
        {
            Kind = RegistrantKinds.Individual,
            Values = Persons.Values("""{"given_name":"Amira"}"""),
            Identifiers = [new Identifier(uin.Type, uin.Value)],
        };

        var again = await Registrants.ImportAsync([row], false, PortCallers.Registrar, Cancellation);

        Assert.Equal(ImportAction.Unchanged, again.Require()[0].Require().Action);
    }

    [Theory]
    [InlineData("2020-01-02", "2020-01-01", "Office", "identifiers[0].expiresOn")]
    [InlineData("1700-01-01", null, "Office", "identifiers[0].issuedOn")]
    [InlineData(null, null, "a\u0001b", "identifiers[0].issuer")]
    [InlineData(null, null, "", "identifiers[0].issuer")]
    public async Task A_period_that_cannot_be_is_refused(string? issued, string? expires, string issuer, string field)
    {
        var uin = Persons.NewUin() with
        {
            IssuedOn = issued is null ? null : DateOnly.Parse(issued, null),
            ExpiresOn = expires is null ? null : DateOnly.Parse(expires, null),
            Issuer = issuer,
        };

        var refused = await Registrants.CreateAsync(Persons.Amira(uin), PortCallers.Registrar, Cancellation);

        Assert.Contains(refused.Problem!.Fields, f => f.Field == field);
    }

    [Fact]
    public async Task A_dry_run_checks_all_and_stores_nothing()
    {
        var uin = Persons.NewUin();
        var person = await Registrants.StoreAsync(Persons.Amira(uin));
        var fresh = Persons.NewUin();

        var made = await Registrants.CreateAsync(
            Persons.Amira(fresh) with
            {
                DryRun = true,
                IdempotencyKey = "dry-" + fresh.Value,
            },
            PortCallers.Registrar,
            Cancellation
        );
        var taken = await Registrants.CreateAsync(
            Persons.Amira(uin) with
            {
                DryRun = true,
            },
            PortCallers.Registrar,
            Cancellation
        );
        var changed = await Registrants.UpdateAsync(
            person.Id,
            new RegistrantPatch
            {
                ExpectedVersion = 1,
                DryRun = true,
                Values = Persons.Values("""{"surname":"Okiru"}"""),
            },
            PortCallers.Registrar,
            Cancellation
        );
        var bad = await Registrants.UpdateAsync(
            person.Id,
            new RegistrantPatch
            {
                ExpectedVersion = 1,
                DryRun = true,
                Values = Persons.Values("""{"sex":"unheard of"}"""),
            },
            PortCallers.Registrar,
            Cancellation
        );
        var dead = await Registrants.ChangeStatusAsync(
            person.Id,
            Change(1, "deceased") with
            {
                On = Today,
                DryRun = true,
            },
            PortCallers.Registrar,
            Cancellation
        );

        Assert.Equal(1, made.Require().Version);
        Assert.Equal("registrants.identifier_taken", taken.Problem?.Code);
        Assert.Equal(("Okiru", 2L), (changed.Require().Text("surname"), changed.Require().Version));
        Assert.False(bad.Succeeded);
        Assert.Equal("deceased", dead.Require().Status);
        var now = (await GetAsync(person.Id)).Require();
        Assert.Equal(("Solbakk", 1L, "active"), (now.Text("surname"), now.Version, now.Status));
        var nobody = await Registrants.FindAsync([fresh], ReadOptions.Default, PortCallers.Registrar, Cancellation);
        Assert.Null(nobody.Require()[0]);
        var real = await Registrants.CreateAsync(
            Persons.Amira(fresh) with
            {
                IdempotencyKey = "dry-" + fresh.Value,
            },
            PortCallers.Registrar,
            Cancellation
        );
        Assert.NotEqual(made.Require().Id, real.Require().Id);
    }

    [Fact]
    public async Task What_a_dry_run_showed_is_disclosed_all_the_same()
    {
        var person = await Registrants.StoreAsync(Persons.Amira());

        await Registrants.UpdateAsync(
            person.Id,
            new RegistrantPatch
            {
                ExpectedVersion = 1,
                DryRun = true,
                Values = Persons.Values("""{"surname":"Okiru"}"""),
            },
            PortCallers.Registrar,
            Cancellation
        );

        var shown = await Ports.Versions.DisclosuresAsync(
            person.Id,
            new PageRequest(),
            PortCallers.Registrar,
            Cancellation
        );
        Assert.Contains("surname", Assert.Single(shown.Require().Items).Fields);
    }

    [Fact]
    public async Task A_patch_merges_into_a_group_of_parts()
    {
        var household = await Registrants.StoreAsync(
            Persons.Household() with
            {
                Values = Persons.Values("""{"group_type":"2","place":{"name":"Mill","address_line":"Lane 4"}}"""),
            }
        );

        var merged = await PlaceAsync(1, """{"place":{"name":"Old Mill","address_line":null}}""");
        var gone = await PlaceAsync(2, """{"place":{"name":null}}""");

        Assert.True(JsonElement.DeepEquals(Persons.Json("""{"name":"Old Mill"}"""), merged.Values["place"]));
        Assert.False(gone.Values.ContainsKey("place"));

        async Task<RegistrantView> PlaceAsync(long version, string values) =>
            (
                await Registrants.UpdateAsync(
                    household.Id,
                    new RegistrantPatch { ExpectedVersion = version, Values = Persons.Values(values) },
                    PortCallers.Registrar,
                    Cancellation
                )
            ).Require();
    }

    [Fact]
    public async Task Control_characters_are_refused_in_reasons_and_comments()
    {
        var person = await Registrants.StoreAsync(Persons.Amira());

        var made = await Registrants.CreateAsync(
            Persons.Amira() with
            {
                Reason = "tab\there",
            },
            PortCallers.Registrar,
            Cancellation
        );
        var patched = await Registrants.UpdateAsync(
            person.Id,
            new RegistrantPatch { ExpectedVersion = 1, Reason = "nul\u0000" },
            PortCallers.Registrar,
            Cancellation
        );
        var attested = await Ports.Attestations.AttestAsync(
            person.Id,
            "given_name",
            new AttestationStatement { Status = AttestationStatuses.Attested, Comments = "bell\u0007" },
            PortCallers.Registrar,
            Cancellation
        );

        Assert.Equal(["reason"], made.Problem!.Fields.Select(f => f.Field));
        Assert.Equal(["reason"], patched.Problem!.Fields.Select(f => f.Field));
        Assert.Equal(["comments"], attested.Problem!.Fields.Select(f => f.Field));
    }

    private Task<Outcome<RegistrantView>> GetAsync(RegistrantId id) =>
        Registrants.GetAsync(id, ReadOptions.Default, PortCallers.Registrar, Cancellation);

    private static StatusChange Change(long version, string status) =>
        new()
        {
            ExpectedVersion = version,
            Status = status,
            Reason = "as told by the office",
        };

    private Task<Outcome<RegistrantView>> StatusAsync(RegistrantView record, string status, DateOnly? on = null) =>
        Registrants.ChangeStatusAsync(
            record.Id,
            Change(record.Version, status) with
            {
                On = on,
            },
            PortCallers.Registrar,
            Cancellation
        );
}
