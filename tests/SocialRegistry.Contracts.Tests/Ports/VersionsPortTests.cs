using Xunit;

namespace SocialRegistry.Contracts.Tests.Ports;

/// <summary>The suite of the port <c>IVersions</c>, and of reading past versions.</summary>
public abstract partial class VersionsPortTests : PortTests
{
    [Fact]
    public async Task Every_change_is_listed_with_who_why_and_what()
    {
        var person = await Registrants.StoreAsync(Persons.Amira());
        Ports.Clock.AdjustTime(Ports.Clock.GetUtcNow() + TimeSpan.FromDays(1));
        await PatchAsync(person.Id, 1, """{"surname":"Vinter","marital_status":null}""", "marriage ended");
        (await Registrants.ArchiveAsync(person.Id, 2, "duplicate", PortCallers.Registrar, Cancellation)).Require();

        var page = await ListAsync(person.Id);

        Assert.Equal([3L, 2L, 1L], page.Items.Select(v => v.Number));
        Assert.Null(page.Next);
        Assert.Equal(["status"], page.Items[0].ChangedFields);
        Assert.Equal(["marital_status", "surname"], page.Items[1].ChangedFields.Order());
        Assert.Contains("identifiers", page.Items[2].ChangedFields);
        Assert.Equal(
            ("registrar", "api", "marriage ended", "request-1"),
            (page.Items[1].ChangedBy, page.Items[1].Channel, page.Items[1].Reason, page.Items[1].RequestId)
        );
        Assert.Equal(Ports.Clock.GetUtcNow(), page.Items[1].RecordedAt);
        Assert.Equal(new DateOnly(2019, 4, 1), page.Items[1].EffectiveOn);
    }

    [Fact]
    public async Task Every_version_is_read_back_as_it_stood()
    {
        var uin = Persons.NewUin();
        var person = await Registrants.StoreAsync(Persons.Amira(uin));
        for (var version = 1; version <= 20; version++)
        {
            await PatchAsync(
                person.Id,
                version,
                version % 3 == 0
                    ? $$"""{"given_name":"Name {{version + 1}}","phone_number":null}"""
                    : $$"""{"given_name":"Name {{version + 1}}","phone_number":["+9990000{{version + 1:D4}}"],"area":"A{{version + 1}}"}"""
            );
        }

        for (var version = 1; version <= 21; version++)
        {
            var then = (await ReadAsync(person.Id, version)).Require();

            Assert.Equal(version, then.Version);
            Assert.Equal([uin], then.Identifiers);
            Assert.Equal(version == 1 ? "Amira" : $"Name {version}", then.Text("given_name"));
            Assert.Equal("Solbakk", then.Text("surname"));
            Assert.Equal(version > 1 && version % 3 == 1, !then.Values.ContainsKey("phone_number"));
        }

        Assert.Equal("versions.not_found", (await ReadAsync(person.Id, 22)).Problem?.Code);
        Assert.Equal("versions.not_found", (await ReadAsync(person.Id, 0)).Problem?.Code);
    }

    [Fact]
    public async Task The_history_of_an_archived_record_stays()
    {
        var person = await Registrants.StoreAsync(Persons.Amira());
        (await Registrants.ArchiveAsync(person.Id, 1, "duplicate", PortCallers.Registrar, Cancellation)).Require();

        Assert.Equal("Amira", (await ReadAsync(person.Id, 1)).Require().Text("given_name"));
        Assert.Equal("archived", (await ReadAsync(person.Id, 2)).Require().Status);
        var partner = PartnerOfHistory("surname");
        Assert.Equal(ProblemKind.NotFound, (await ReadAsync(person.Id, 1, partner)).Problem?.Kind);
    }

    [Fact]
    public async Task A_partner_sees_the_fields_of_its_scope_also_in_the_past()
    {
        var person = await Registrants.StoreAsync(Persons.Amira());
        await PatchAsync(person.Id, 1, """{"surname":"Vinter","given_name":"Mira"}""", "a private matter");
        var partner = PartnerOfHistory("surname");

        var then = (await ReadAsync(person.Id, 1, partner)).Require();
        var list = (await Ports.Versions.ListAsync(person.Id, new PageRequest(), partner, Cancellation)).Require();

        Assert.Equal("Solbakk", then.Text("surname"));
        Assert.Single(then.Values);
        Assert.Empty(then.Identifiers);
        Assert.All(list.Items, v => Assert.Equal(["surname"], v.ChangedFields));
        Assert.All(list.Items, v => Assert.Null(v.Reason));
    }

    [Fact]
    public async Task Versions_are_paged()
    {
        var person = await Registrants.StoreAsync(Persons.Amira());
        for (var version = 1; version < 7; version++)
        {
            await PatchAsync(person.Id, version, $$"""{"area":"A{{version}}"}""");
        }

        var numbers = new List<long>();
        string? after = null;
        do
        {
            var page = (
                await Ports.Versions.ListAsync(
                    person.Id,
                    new PageRequest(3, after),
                    PortCallers.Registrar,
                    Cancellation
                )
            ).Require();
            Assert.True(page.Items.Count <= 3);
            numbers.AddRange(page.Items.Select(v => v.Number));
            after = page.Next;
        } while (after is not null);

        Assert.Equal([7, 6, 5, 4, 3, 2, 1], numbers);
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(501, null)]
    [InlineData(10, "yesterday")]
    [InlineData(10, "-1")]
    public async Task A_page_that_cannot_be_is_refused(int size, string? after)
    {
        var person = await Registrants.StoreAsync(Persons.Amira());
        var page = new PageRequest(size, after);

        var versions = await Ports.Versions.ListAsync(person.Id, page, PortCallers.Registrar, Cancellation);
        var shown = await Ports.Versions.DisclosuresAsync(person.Id, page, PortCallers.Registrar, Cancellation);

        Assert.Equal("paging.invalid", versions.Problem?.Code);
        Assert.Equal("paging.invalid", shown.Problem?.Code);
    }

    [Fact]
    public async Task History_needs_its_permission()
    {
        var person = await Registrants.StoreAsync(Persons.Amira());
        var reader = PortCallers.Staff("reader", Permissions.ReadRegistrants);

        Assert.Equal(ProblemKind.Forbidden, (await ReadAsync(person.Id, 1, reader)).Problem?.Kind);
        Assert.Equal(
            ProblemKind.Forbidden,
            (await Ports.Versions.ListAsync(person.Id, new PageRequest(), reader, Cancellation)).Problem?.Kind
        );
        Assert.Equal(
            ProblemKind.Forbidden,
            (await Ports.Versions.DisclosuresAsync(person.Id, new PageRequest(), reader, Cancellation)).Problem?.Kind
        );
    }

    [Fact]
    public async Task Every_showing_is_logged_with_whom_which_fields_and_why()
    {
        var uin = Persons.NewUin();
        var person = await Registrants.StoreAsync(Persons.Amira(uin));
        var partner = PortCallers.Partner("cash", ["surname", "birth_date", "UIN"], ["UIN"]);

        (await Registrants.FindAsync([uin], ReadOptions.Default, partner, Cancellation)).Require();
        Ports.Clock.Advance(TimeSpan.FromSeconds(1));
        (await Registrants.FindAsync([Persons.NewUin()], ReadOptions.Default, partner, Cancellation)).Require();
        var shown = (
            await Ports.Versions.DisclosuresAsync(
                person.Id,
                new PageRequest(),
                PortCallers.Person(person.Id),
                Cancellation
            )
        ).Require();

        var one = Assert.Single(shown.Items);
        Assert.Equal(
            ("cash", "dci", "cash-transfer", "act-7"),
            (one.ShownTo, one.Channel, one.Purpose, one.LegalGround)
        );
        Assert.Equal(["birth_date", "identifiers", "surname"], one.Fields.Order());
        Assert.Equal(Ports.Clock.GetUtcNow().AddSeconds(-1), one.At);
    }

    [Fact]
    public async Task Reading_attestations_versions_and_the_answer_to_a_change_are_showings_too()
    {
        var person = await Registrants.StoreAsync(Persons.Amira());
        var all = PortCallers.Registrar;
        (await Ports.Attestations.ListAsync(person.Id, all, Cancellation)).Require();
        Ports.Clock.Advance(TimeSpan.FromSeconds(1));
        await ListAsync(person.Id);
        Ports.Clock.Advance(TimeSpan.FromSeconds(1));
        await PatchAsync(person.Id, 1, """{"area":"S-01"}""");
        Ports.Clock.Advance(TimeSpan.FromSeconds(1));
        (await ReadAsync(person.Id, 1)).Require();

        var shown = (await Ports.Versions.DisclosuresAsync(person.Id, new PageRequest(), all, Cancellation)).Require();

        Assert.Equal(4, shown.Items.Count);
        Assert.Contains("given_name", shown.Items[0].Fields);
        Assert.Contains("given_name", shown.Items[1].Fields);
        Assert.Equal(["versions"], shown.Items[2].Fields);
        Assert.Contains("attestations", shown.Items[3].Fields);
    }

    [Fact]
    public async Task Disclosures_are_paged_newest_first()
    {
        var person = await Registrants.StoreAsync(Persons.Amira());
        for (var i = 0; i < 5; i++)
        {
            var caller = PortCallers.Registrar with { Id = $"reader-{i}" };
            (await Registrants.GetAsync(person.Id, ReadOptions.Default, caller, Cancellation)).Require();
            Ports.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        var readers = new List<string>();
        string? after = null;
        do
        {
            var page = (
                await Ports.Versions.DisclosuresAsync(
                    person.Id,
                    new PageRequest(2, after),
                    PortCallers.Registrar,
                    Cancellation
                )
            ).Require();
            readers.AddRange(page.Items.Select(d => d.ShownTo));
            after = page.Next;
        } while (after is not null);

        Assert.Equal(["reader-4", "reader-3", "reader-2", "reader-1", "reader-0"], readers);
    }

    [Fact]
    public async Task A_person_sees_who_was_shown_her_own_record_only()
    {
        var person = await Registrants.StoreAsync(Persons.Amira());
        var other = await Registrants.StoreAsync(Persons.Amira());

        var outcome = await Ports.Versions.DisclosuresAsync(
            other.Id,
            new PageRequest(),
            PortCallers.Person(person.Id),
            Cancellation
        );

        Assert.Equal(ProblemKind.NotFound, outcome.Problem?.Kind);
    }

    private static Caller PartnerOfHistory(params string[] fields) =>
        PortCallers.Partner("history", fields, []) with
        {
            Permissions = new HashSet<string> { Permissions.ReadRegistrants, Permissions.ReadVersions },
        };

    private Task<Outcome<RegistrantView>> ReadAsync(RegistrantId id, long version, Caller? caller = null) =>
        Registrants.GetAsync(id, new ReadOptions { Version = version }, caller ?? PortCallers.Registrar, Cancellation);

    private async Task<Page<VersionView>> ListAsync(RegistrantId id) =>
        (await Ports.Versions.ListAsync(id, new PageRequest(), PortCallers.Registrar, Cancellation)).Require();

    private async Task<RegistrantView> PatchAsync(
        RegistrantId id,
        long version,
        string values,
        string? reason = null
    ) =>
        (
            await Registrants.UpdateAsync(
                id,
                new RegistrantPatch
                {
                    ExpectedVersion = version,
                    Values = Persons.Values(values),
                    Reason = reason,
                    EffectiveOn = new DateOnly(2019, 4, 1),
                },
                PortCallers.Registrar,
                Cancellation
            )
        ).Require();
}
