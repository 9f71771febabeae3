using System.Text.Json;
using Xunit;

namespace SocialRegistry.Contracts.Tests.Ports;

/// <summary>Who saw my data, and all of it to take away.</summary>
public abstract class PersonalDataPortTests : PortTests
{
    private static readonly Caller Helper = PortCallers.Staff(
        "helper",
        Permissions.ReadDisclosures,
        Permissions.ExportRegistrants
    );

    [Fact]
    public async Task Showings_stand_together_by_month_institution_and_purpose_in_her_language()
    {
        var id = (await Registrants.StoreAsync(Persons.Amira())).Id;
        var partner = PortCallers.Partner("cash", ["surname", "birth_date"], []) with { Institution = "Cash Agency" };
        foreach (var _ in Enumerable.Range(0, 3))
        {
            (await Registrants.GetAsync(id, ReadOptions.Default, partner, Cancellation)).Require();
        }

        (
            await Registrants.GetAsync(id, ReadOptions.Default, partner with { Purpose = "audit" }, Cancellation)
        ).Require();
        (await Registrants.GetAsync(id, ReadOptions.Default, PortCallers.Registrar, Cancellation)).Require();

        var report = await ReportAsync(id, Myself(id), "fr");

        Assert.Equal("fra", report.Language);
        Assert.True(report.IsComplete);
        Assert.Equal(report.Showings, report.Groups.Sum(g => g.Count));
        var cash = report.Groups.Where(g => g.Institution == "Cash Agency").ToList();
        Assert.Equal([("audit", 1), ("cash-transfer", 3)], cash.Select(g => (g.Purpose!, g.Count)));
        Assert.All(cash, g => Assert.Equal(Ports.Clock.GetUtcNow().ToString("yyyy-MM", null), g.Month));
        Assert.Equal(["act-7"], cash[1].LegalGrounds);
        var fields = cash[1].Fields.ToDictionary(f => f.Id);
        Assert.Equal((3, false), (fields["birth_date"].Count, fields["birth_date"].Masked));
        Assert.Contains("naissance", fields["birth_date"].Label, StringComparison.OrdinalIgnoreCase);
        // Staff are an institution to her, and no names.
        Assert.DoesNotContain("registrar", JsonSerializer.Serialize(report), StringComparison.Ordinal);
        Assert.Contains(report.Groups, g => g.ReaderKind == "staff");
        // Looking was a showing too, to herself.
        Assert.Contains((await ReportAsync(id, Helper, "ara")).Groups, g => g.ReaderKind == "person");
    }

    [Fact]
    public async Task A_report_keeps_to_its_period()
    {
        var id = (await Registrants.StoreAsync(Persons.Amira())).Id;
        (await Registrants.GetAsync(id, ReadOptions.Default, PortCallers.Registrar, Cancellation)).Require();
        var today = DateOnly.FromDateTime(Ports.Clock.GetUtcNow().UtcDateTime);
        async Task<int> ShowingsAsync(DateOnly? from, DateOnly? to) =>
            (
                await Ports.PersonalData.ReportAsync(
                    id,
                    new DisclosureReportQuery { From = from, To = to },
                    Helper,
                    Cancellation
                )
            )
                .Require()
                .Showings;

        Assert.Equal(0, await ShowingsAsync(today.AddDays(1), null));
        Assert.Equal(0, await ShowingsAsync(null, today.AddDays(-1)));
        Assert.True(await ShowingsAsync(today, today) > 0);
        var wrong = await Ports.PersonalData.ReportAsync(
            id,
            new DisclosureReportQuery { From = today, To = today.AddDays(-1) },
            Helper,
            Cancellation
        );
        Assert.Equal("to", Assert.Single(wrong.Problem!.Fields).Field);
        var words = new DisclosureReportQuery { Language = "english" };
        var unknown = await Ports.PersonalData.ReportAsync(id, words, Helper, Cancellation);
        Assert.Equal("language", Assert.Single(unknown.Problem!.Fields).Field);
    }

    [Fact]
    public async Task Everything_is_handed_out_part_by_part_and_each_part_is_disclosed()
    {
        var (uin, id) = await StoreAsync();
        var me = Myself(id);

        var record = Assert.Single(await PartAsync(id, ExportParts.Record, me));
        var label = record.GetProperty("fields").EnumerateArray().Single(f => Text(f, "field") == "surname");
        Assert.Equal("Solbakk", label.GetProperty("text").GetString());
        Assert.Equal(uin.Value, record.GetProperty("identifiers")[0].GetProperty("value").GetString());
        Assert.Equal(id.ToString(), record.GetProperty("id").GetString());
        Assert.Equal(2, (await PartAsync(id, ExportParts.Versions, me, size: 1)).Count);
        var changes = await PartAsync(id, ExportParts.Changes, me, size: 1);
        Assert.True(changes.Count >= 3);
        Assert.All(changes, c => Assert.Equal("withheld", Text(c, "changedBy")));
        Assert.Single(await PartAsync(id, ExportParts.Attestations, me), a => Text(a, "field") == "surname");
        Assert.Single(await PartAsync(id, ExportParts.Consents, me));
        var shown = await PartAsync(id, ExportParts.Disclosures, me);
        Assert.Contains(shown, d => Text(d, "channel") == "export" && Text(d, "readerKind") == "person");
        Assert.DoesNotContain(shown, d => Text(d, "shownTo") == "registrar");
        Assert.Empty(await PartAsync(id, ExportParts.Documents, me));
        Assert.Empty(await PartAsync(id, ExportParts.Requests, me));
        Assert.Single(await PartAsync(id, ExportParts.Record, Helper));
    }

    [Fact]
    public async Task Others_are_refused()
    {
        var (_, id) = await StoreAsync();
        var other = (await Registrants.StoreAsync(Persons.Amira())).Id;
        var group = (await Registrants.StoreAsync(Persons.Household())).Id;
        async Task<string?> TryAsync(RegistrantId of, Caller caller, string part = ExportParts.Record) =>
            (await Ports.PersonalData.ExportAsync(of, part, "en", new PageRequest(), caller, Cancellation))
                .Problem
                ?.Code;

        Assert.Equal("registrants.not_found", await TryAsync(other, Myself(id)));
        Assert.Equal(
            "persons.not_for_partners",
            await TryAsync(id, PortCallers.Partner("cash", [], []) with { Permissions = Permissions.All })
        );
        Assert.Equal("access.forbidden", await TryAsync(id, PortCallers.Staff("nobody")));
        Assert.Equal("persons.not_whole", await TryAsync(id, Helper with { Fields = FieldScope.Of(["surname"]) }));
        Assert.Equal("persons.not_whole", await TryAsync(id, Helper with { Masked = FieldScope.Of(["surname"]) }));
        // Who may reveal by naming sees the whole.
        var revealing = Helper with
        {
            Masked = FieldScope.Of(["surname"]),
            Permissions = new HashSet<string>(Helper.Permissions) { Permissions.RevealFields },
        };
        Assert.Null(await TryAsync(id, revealing));
        Assert.Equal("persons.purpose_required", await TryAsync(id, Helper with { Purpose = null }));
        Assert.Equal("persons.not_of_groups", await TryAsync(group, Helper));
        Assert.Equal("persons.invalid", await TryAsync(id, Helper, "everything"));
        var report = await Ports.PersonalData.ReportAsync(other, new(), Myself(id), Cancellation);
        Assert.Equal("registrants.not_found", report.Problem?.Code);
        var nobody = await Ports.PersonalData.ReportAsync(id, new(), PortCallers.Staff("nobody"), Cancellation);
        Assert.Equal(ProblemKind.Forbidden, nobody.Problem?.Kind);
    }

    private static Caller Myself(RegistrantId id) =>
        PortCallers.Person(id) with
        {
            Permissions = new HashSet<string> { Permissions.ExportRegistrants, Permissions.ReadDisclosures },
        };

    private async Task<(Identifier Uin, RegistrantId Id)> StoreAsync()
    {
        var uin = Persons.NewUin();
        var id = (await Registrants.StoreAsync(Persons.Amira(uin))).Id;
        var patch = new RegistrantPatch { ExpectedVersion = 1, Values = Persons.Values("""{"education_level":"4"}""") };
        (await Registrants.UpdateAsync(id, patch, PortCallers.Registrar, Cancellation)).Require();
        var statement = new AttestationStatement { Status = "ATTESTED", Comments = "seen" };
        (await Ports.Attestations.AttestAsync(id, "surname", statement, PortCallers.Registrar, Cancellation)).Require();
        (await Ports.Consents.GiveAsync(id, ConsentsPortTests.Terms(), PortCallers.Registrar, Cancellation)).Require();
        return (uin, id);
    }

    private async Task<DisclosureReport> ReportAsync(RegistrantId id, Caller caller, string language) =>
        (
            await Ports.PersonalData.ReportAsync(
                id,
                new DisclosureReportQuery { Language = language },
                caller,
                Cancellation
            )
        ).Require();

    private async Task<List<JsonElement>> PartAsync(RegistrantId id, string part, Caller caller, int size = 100)
    {
        var items = new List<JsonElement>();
        string? after = null;
        do
        {
            var asked = new PageRequest(size, after);
            var page = await Ports.PersonalData.ExportAsync(id, part, "en", asked, caller, Cancellation);
            items.AddRange(page.Require().Items.Select(i => JsonSerializer.Deserialize<JsonElement>(i)));
            after = page.Require().Next;
        } while (after is not null);

        return items;
    }

    private static string? Text(JsonElement item, string member) => item.GetProperty(member).GetString();
}
