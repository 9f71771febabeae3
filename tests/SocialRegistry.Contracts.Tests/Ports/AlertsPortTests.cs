using Xunit;

namespace SocialRegistry.Contracts.Tests.Ports;

/// <summary>The suite of the port <c>IAlerts</c>.</summary>
public abstract class AlertsPortTests : PortTests
{
    private const string Reason = "Found unconscious at the clinic";

    private static readonly Caller Officer = PortCallers.Staff("officer", Permissions.ReviewAlerts);

    [Fact]
    public async Task An_alert_tells_who_read_what_of_whom_and_why()
    {
        var person = await Registrants.StoreAsync(Persons.Amira());
        var reader = BreakGlassPortTests.Reader();
        var request = new GlassBreak { Reason = Reason, Fields = ["surname"] };
        (await Ports.BreakGlass.OpenAsync(person.Id, request, reader, Cancellation)).Require();

        var alert = Assert.Single(await OfAsync(reader));

        Assert.Equal(
            (AlertKinds.BreakGlass, AlertStates.Open, "staff", person.Id, Reason, "request-1"),
            (alert.Kind, alert.State, alert.ReaderKind, alert.Registrant, alert.Reason, alert.RequestId)
        );
        Assert.Equal(["surname"], alert.Fields);
        Assert.Equal(Ports.Clock.GetUtcNow(), alert.At, TimeSpan.FromMinutes(1));
        var shown = (
            await Ports.Versions.DisclosuresAsync(person.Id, new PageRequest(), PortCallers.Registrar, Cancellation)
        ).Require();
        // The reason tells of her, so the officer's look is a showing too.
        Assert.Equal(["alerts"], shown.Items.First(d => d.ShownTo == Officer.Id).Fields);
    }

    [Fact]
    public async Task Another_reviews_it_once_and_never_the_reader_herself()
    {
        var reader = BreakGlassPortTests.Reader() with
        {
            Permissions = new HashSet<string> { Permissions.BreakGlass, Permissions.ReviewAlerts },
        };
        var alert = await RaiseAsync(reader);

        var own = await ReviewAsync(alert.Id, "it was me", reader with { Rows = RowScope.All });
        var reviewed = (await ReviewAsync(alert.Id, "Called the clinic: confirmed", Officer)).Require();
        var again = await ReviewAsync(alert.Id, "once more", PortCallers.Staff("second", Permissions.ReviewAlerts));

        Assert.Equal("alerts.own", own.Problem?.Code);
        Assert.Equal(
            (AlertStates.Reviewed, "officer", "Called the clinic: confirmed", Reason),
            (reviewed.State, reviewed.ReviewedBy, reviewed.Note, reviewed.Reason)
        );
        Assert.NotNull(reviewed.ReviewedAt);
        Assert.Equal(("alerts.reviewed", ProblemKind.Conflict), (again.Problem?.Code, again.Problem?.Kind));
        Assert.Equivalent(reviewed, Assert.Single(await OfAsync(reader)));
    }

    [Fact]
    public async Task Alerts_are_filtered_by_state_and_kind_and_paged()
    {
        var reader = BreakGlassPortTests.Reader();
        Ports.Clock.AdjustTime(Ports.Clock.GetUtcNow().AddSeconds(1));
        var first = await RaiseAsync(reader);
        Ports.Clock.AdjustTime(Ports.Clock.GetUtcNow().AddSeconds(1));
        var second = await RaiseAsync(reader);
        (await ReviewAsync(first.Id, "confirmed", Officer)).Require();

        Assert.Equal([second.Id], Ids(await OfAsync(reader, new AlertFilter { State = AlertStates.Open })));
        Assert.Equal([first.Id], Ids(await OfAsync(reader, new AlertFilter { State = AlertStates.Reviewed })));
        Assert.Equal(
            [second.Id, first.Id],
            Ids(await OfAsync(reader, new AlertFilter { Kind = AlertKinds.BreakGlass }))
        );
        Assert.Empty(await OfAsync(reader, new AlertFilter { Kind = AlertKinds.UnusualReading }));

        // Nobody else's alert lies between the two: the suite's tests run one after the other.
        var page = (await ListAsync(new PageRequest(1), Officer)).Require();
        var next = (await ListAsync(new PageRequest(1, page.Next), Officer)).Require();
        Assert.Equal([second.Id, first.Id], page.Items.Concat(next.Items).Select(a => a.Id));
    }

    [Fact]
    public async Task The_sixth_reading_of_a_day_is_an_alert_of_its_own_and_only_one()
    {
        var day = new DateTimeOffset(Ports.Clock.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero).AddDays(1);
        Ports.Clock.AdjustTime(day.AddHours(9));
        var reader = BreakGlassPortTests.Reader();
        for (var i = 0; i < 5; i++)
        {
            await RaiseAsync(reader);
        }

        var before = await OfAsync(reader, new AlertFilter { Kind = AlertKinds.BreakGlassVolume });
        await RaiseAsync(reader);
        await RaiseAsync(reader);

        Assert.Empty(before);
        var volume = Assert.Single(await OfAsync(reader, new AlertFilter { Kind = AlertKinds.BreakGlassVolume }));
        Assert.Equal((6, day), (volume.Records, volume.WindowStart));
        Assert.Null(volume.Registrant);
        var reviewed = (await ReviewAsync(volume.Id, "a bus accident", Officer)).Require();
        Assert.Equal("a bus accident", reviewed.Note);
    }

    [Fact]
    public async Task What_cannot_be_taken_is_refused()
    {
        var alert = await RaiseAsync(BreakGlassPortTests.Reader());

        Assert.Equal("alerts.not_found", (await ReviewAsync(new AlertId(Guid.NewGuid()), "x", Officer)).Problem?.Code);
        foreach (var note in (string[])["", " ", "two\nlines", new string('x', 501)])
        {
            var refused = await ReviewAsync(alert.Id, note, Officer);
            Assert.Equal("alerts.invalid", refused.Problem?.Code);
            Assert.Equal("note", Assert.Single(refused.Problem!.Fields).Field);
        }

        foreach (var filter in (AlertFilter[])[new() { State = "closed" }, new() { Kind = "theft" }])
        {
            var refused = await Ports.Alerts.ListAsync(filter, new PageRequest(), Officer, Cancellation);
            Assert.Equal("alerts.filter_invalid", refused.Problem?.Code);
        }

        foreach (var page in (PageRequest[])[new(0), new(501), new(50, "yesterday")])
        {
            Assert.Equal("paging.invalid", (await ListAsync(page, Officer)).Problem?.Code);
        }
    }

    [Fact]
    public async Task Only_staff_with_the_permission_and_no_narrower_rows_look_at_them()
    {
        var alert = await RaiseAsync(BreakGlassPortTests.Reader());
        var all = Permissions.All;
        var narrow = Officer with { Rows = new RowScope { Areas = new HashSet<string> { "NORTH" } } };
        Caller[] others =
        [
            PortCallers.Staff("clerk", [.. all.Except([Permissions.ReviewAlerts])]),
            PortCallers.Partner("cash", ["surname"], []) with
            {
                Permissions = all,
            },
            PortCallers.Person(new RegistrantId(Guid.NewGuid())) with
            {
                Permissions = all,
            },
        ];

        foreach (var caller in others)
        {
            Assert.Equal("access.forbidden", (await ListAsync(new PageRequest(), caller)).Problem?.Code);
            Assert.Equal("access.forbidden", (await ReviewAsync(alert.Id, "x", caller)).Problem?.Code);
        }

        Assert.Equal("alerts.rows", (await ListAsync(new PageRequest(), narrow)).Problem?.Code);
        Assert.Equal("alerts.rows", (await ReviewAsync(alert.Id, "x", narrow)).Problem?.Code);
    }

    private static IEnumerable<AlertId> Ids(IEnumerable<AlertView> alerts) => alerts.Select(a => a.Id);

    private async Task<AlertView> RaiseAsync(Caller reader)
    {
        var person = await Registrants.StoreAsync(Persons.Amira());
        var request = new GlassBreak { Reason = Reason };
        (await Ports.BreakGlass.OpenAsync(person.Id, request, reader, Cancellation)).Require();
        return (await OfAsync(reader)).Single(a => a.Registrant == person.Id);
    }

    private async Task<List<AlertView>> OfAsync(Caller reader, AlertFilter? filter = null)
    {
        var found = await Ports.Alerts.ListAsync(
            filter ?? AlertFilter.None,
            new PageRequest(500),
            Officer,
            Cancellation
        );
        return [.. found.Require().Items.Where(a => a.Reader == reader.Id)];
    }

    private Task<Outcome<Page<AlertView>>> ListAsync(PageRequest page, Caller caller) =>
        Ports.Alerts.ListAsync(AlertFilter.None, page, caller, Cancellation);

    private Task<Outcome<AlertView>> ReviewAsync(AlertId id, string note, Caller caller) =>
        Ports.Alerts.ReviewAsync(id, new AlertReview { Note = note }, caller, Cancellation);
}
