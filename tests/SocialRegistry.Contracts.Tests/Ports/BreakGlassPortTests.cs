using Xunit;

namespace SocialRegistry.Contracts.Tests.Ports;

/// <summary>The suite of the port <c>IBreakGlass</c>. Each test has readers of its own, for they are counted.</summary>
public abstract class BreakGlassPortTests : PortTests
{
    private static readonly GlassBreak Emergency = new() { Reason = "Found unconscious at the clinic" };

    /// <summary>An account that may see nothing of anybody.</summary>
    public static Caller Reader() =>
        PortCallers.Staff("reader-" + Guid.NewGuid().ToString("N"), Permissions.BreakGlass) with
        {
            Fields = FieldScope.None,
            Filters = FieldScope.None,
            Rows = new RowScope { Areas = new HashSet<string> { "NOWHERE" } },
            Purpose = null,
        };

    [Fact]
    public async Task A_record_is_read_past_rows_fields_and_masks_and_the_person_sees_that()
    {
        var uin = Persons.NewUin();
        var person = await Registrants.StoreAsync(Persons.Amira(uin));
        var reader = Reader() with { Masked = FieldScope.All };

        var ordinary = await Registrants.GetAsync(person.Id, ReadOptions.Default, reader, Cancellation);
        var opened = (await Ports.BreakGlass.OpenAsync(person.Id, Emergency, reader, Cancellation)).Require();

        Assert.False(ordinary.Succeeded);
        Assert.Equal("Solbakk", opened.Values["surname"].GetString());
        Assert.Equal(uin, Assert.Single(opened.Identifiers));
        Assert.Empty(opened.Masked);
        Assert.Empty(opened.Memberships);
        Assert.Null(opened.Relationships);
        var shown = await ShownAsync(person.Id, reader);
        Assert.True(shown.BreakGlass);
        Assert.Equal(("emergency", "staff"), (shown.Purpose, shown.ReaderKind));
        Assert.Contains("surname", shown.Fields);
        Assert.Contains("identifiers", shown.Fields);
    }

    [Fact]
    public async Task Only_the_fields_that_were_asked_for_are_shown()
    {
        var person = await Registrants.StoreAsync(Persons.Amira());
        var reader = Reader();
        var request = Emergency with { Fields = ["surname", "birth_date"] };

        var opened = (await Ports.BreakGlass.OpenAsync(person.Id, request, reader, Cancellation)).Require();

        Assert.Equal(["birth_date", "surname"], opened.Values.Keys.Order());
        Assert.Empty(opened.Identifiers);
        Assert.Equal(["birth_date", "surname"], (await ShownAsync(person.Id, reader)).Fields.Order());
    }

    [Fact]
    public async Task Groups_and_archived_records_are_opened_and_what_is_not_there_is_not()
    {
        var group = await Registrants.StoreAsync(Persons.Household());
        var archived = await Registrants.StoreAsync(Persons.Amira());
        (
            await Registrants.ArchiveAsync(archived.Id, 1, "entered twice", PortCallers.Registrar, Cancellation)
        ).Require();
        var reader = Reader();

        var household = (await Ports.BreakGlass.OpenAsync(group.Id, Emergency, reader, Cancellation)).Require();
        var old = (await Ports.BreakGlass.OpenAsync(archived.Id, Emergency, reader, Cancellation)).Require();
        var nobody = await Ports.BreakGlass.OpenAsync(
            new RegistrantId(Guid.CreateVersion7()),
            Emergency,
            reader,
            Cancellation
        );

        Assert.Equal(RegistrantKinds.Group, household.Kind);
        Assert.Equal(RegistrantStatuses.Archived, old.Status);
        Assert.NotEmpty(old.Values);
        Assert.Equal("registrants.not_found", nobody.Problem?.Code);
    }

    public static TheoryData<string, string[]?, string, string> Bad =>
        new()
        {
            { "", null, "glass.invalid", "reason required" },
            { "   ", null, "glass.invalid", "reason required" },
            { new string('x', 501), null, "glass.invalid", "reason length" },
            { "two\nlines", null, "glass.invalid", "reason characters" },
            { "emergency", [], "glass.invalid", "fields length" },
            { "emergency", ["surname", "memberships"], "glass.invalid", "fields[1] of_others" },
            { "emergency", ["related_person"], "glass.invalid", "fields[0] of_others" },
            { "emergency", ["surname", "shoe_size"], "registrants.field_unknown", "fields[1] unknown" },
        };

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task What_cannot_be_taken_is_refused_and_shows_nothing(
        string reason,
        string[]? fields,
        string code,
        string field
    )
    {
        var person = await Registrants.StoreAsync(Persons.Amira());
        var reader = Reader();
        var request = new GlassBreak { Reason = reason, Fields = fields };

        var refused = await Ports.BreakGlass.OpenAsync(person.Id, request, reader, Cancellation);

        Assert.Equal(code, refused.Problem?.Code);
        Assert.Equal([field], refused.Problem!.Fields.Select(f => $"{f.Field} {f.Code}"));
        Assert.DoesNotContain(await DisclosuresAsync(person.Id), d => d.ShownTo == reader.Id);
    }

    [Fact]
    public async Task Partners_persons_and_staff_without_the_permission_never_do()
    {
        var person = await Registrants.StoreAsync(Persons.Amira());
        var all = Permissions.All;
        var partner = PortCallers.Partner("cash", ["surname"], []) with { Permissions = all };
        var herself = PortCallers.Person(person.Id) with { Permissions = all };
        var job = Caller.System("job", "job");
        var clerk = PortCallers.Staff("clerk", [.. all.Except([Permissions.BreakGlass])]);

        foreach (var caller in (Caller[])[partner, herself, job])
        {
            var refused = await Ports.BreakGlass.OpenAsync(person.Id, Emergency, caller, Cancellation);
            Assert.Equal("glass.staff_only", refused.Problem?.Code);
        }

        Assert.Equal(
            "access.forbidden",
            (await Ports.BreakGlass.OpenAsync(person.Id, Emergency, clerk, Cancellation)).Problem?.Code
        );
        Assert.DoesNotContain(await DisclosuresAsync(person.Id), d => d.BreakGlass);
    }

    [Fact]
    public async Task A_user_opens_ten_records_an_hour_and_another_is_not_held_back_by_it()
    {
        var person = await Registrants.StoreAsync(Persons.Amira());
        var reader = Reader();
        for (var i = 0; i < 10; i++)
        {
            (await Ports.BreakGlass.OpenAsync(person.Id, Emergency, reader, Cancellation)).Require();
        }

        var eleventh = await Ports.BreakGlass.OpenAsync(person.Id, Emergency, reader, Cancellation);
        var another = await Ports.BreakGlass.OpenAsync(person.Id, Emergency, Reader(), Cancellation);
        Ports.Clock.AdjustTime(Ports.Clock.GetUtcNow().AddHours(1));
        var later = await Ports.BreakGlass.OpenAsync(person.Id, Emergency, reader, Cancellation);

        Assert.Equal(("glass.too_many", ProblemKind.TooMany), (eleventh.Problem?.Code, eleventh.Problem?.Kind));
        Assert.True(another.Succeeded);
        Assert.True(later.Succeeded);
    }

    private async Task<DisclosureView> ShownAsync(RegistrantId person, Caller reader) =>
        Assert.Single(await DisclosuresAsync(person), d => d.ShownTo == reader.Id);

    private async Task<IReadOnlyList<DisclosureView>> DisclosuresAsync(RegistrantId person) =>
        (await Ports.Versions.DisclosuresAsync(person, new PageRequest(), PortCallers.Registrar, Cancellation))
            .Require()
            .Items;
}
