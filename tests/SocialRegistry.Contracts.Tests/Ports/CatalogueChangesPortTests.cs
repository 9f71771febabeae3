using System.Text.Json;
using Xunit;

namespace SocialRegistry.Contracts.Tests.Ports;

/// <summary>The suite of the port <c>ICatalogueChanges</c>: fields.</summary>
public abstract partial class CatalogueChangesPortTests : PortTests
{
    private static Caller Designer { get; } = PortCallers.Staff("designer", Permissions.WriteFields);

    /// <summary>Designs fields, and may read what is stored in them.</summary>
    private static Caller Reader { get; } =
        PortCallers.Staff("reading-designer", Permissions.WriteFields, Permissions.ReadRegistrants);

    private ICatalogueChanges Changes => Ports.CatalogueChanges;

    [Fact]
    public async Task A_field_is_drafted_previewed_published_and_at_once_takes_values()
    {
        var id = NewId();
        Assert.Equal(("unknown", id), await FaultAsync($$"""{"{{id}}":3}"""));

        var draft = (await DraftAsync(Number(id))).Require();
        Assert.Equal((false, "designer"), (draft.Changes, draft.DraftedBy));
        Assert.Equal(("unknown", id), await FaultAsync($$"""{"{{id}}":3}"""));
        var effect = (await Changes.PreviewAsync(Name(id), Designer, Cancellation)).Require();
        Assert.Equal((true, 0, 0, true), (effect.Publishable, effect.Values, effect.Broken, effect.BuildsIndex));

        var before = (await Ports.Fields.GetAsync(Cancellation)).Version;
        var published = (await Changes.PublishAsync(Name(id), Designer, Cancellation)).Require();

        Assert.Equal(before + 1, published.CatalogueVersion);
        Assert.Equal(FieldIndexState.Pending, published.Index!.State);
        var catalogue = await Ports.Fields.GetAsync(Cancellation);
        Assert.Equal(before + 1, catalogue.Version);
        Assert.Equal(FieldState.Published, catalogue.Field(RegistrantKinds.Individual, id)!.State);
        var stored = await StoreAsync($$"""{"{{id}}":3}""");
        Assert.Equal(3, stored.Values[id].GetInt32());
        Assert.Equal(("range", id), await FaultAsync($$"""{"{{id}}":31}"""));
        Assert.DoesNotContain((await Changes.DraftsAsync(Designer, Cancellation)).Require(), d => d.Field.Id == id);
    }

    [Fact]
    public async Task Every_attribute_of_a_definition_arrives()
    {
        var id = NewId();
        var field = Number(id) with
        {
            Labels = new Dictionary<string, string>
            {
                ["eng"] = "Goats " + id,
                ["fra"] = "Chèvres",
                ["ara"] = "ماعز",
            },
            Attestable = true,
            AttestationPolicy = new AttestationPolicyView
            {
                Roles = ["attestor"],
                EvidenceRequired = true,
                ValidMonths = 12,
                TwoPersons = true,
            },
            SelfService = SelfServiceRule.ChangeRequest,
            Statistics = StatisticalUse.Measure,
            DciPath = "own." + id,
            G2pPath = "g2p_" + id,
            GovStackName = "gov_" + id,
            Claim = id,
        };

        await PublishAsync(field);

        var read = (await Changes.FieldAsync(Name(id), Designer, Cancellation)).Require();
        Assert.Equal(JsonSerializer.Serialize(field), JsonSerializer.Serialize(read.Field));
    }

    [Fact]
    public async Task A_change_that_would_break_stored_values_is_refused_and_the_preview_lists_the_records()
    {
        var id = NewId();
        await PublishAsync(Number(id));
        var low = await StoreAsync($$"""{"{{id}}":3}""");
        var high = await StoreAsync($$"""{"{{id}}":30}""");
        await DraftAsync(Number(id, maximum: 10));

        var effect = (await Changes.PreviewAsync(Name(id), Reader, Cancellation)).Require();

        Assert.Equal((false, 2, 1), (effect.Publishable, effect.Values, effect.Broken));
        var broken = Assert.Single(effect.BrokenRecords);
        Assert.Equal((high.Id, "range"), (broken.Id, broken.Problem.Code));
        var refused = await Changes.PublishAsync(Name(id), Designer, Cancellation);
        Assert.Equal(("fields.would_break", ProblemKind.Conflict), (refused.Problem!.Code, refused.Problem.Kind));
        Assert.Equal(30, (await ReadAsync(high.Id)).Values[id].GetInt32());
        Assert.Null(await FaultAsync($$"""{"{{id}}":20}"""));

        await PatchAsync(high, $$"""{"{{id}}":9}""");
        var others = (await Changes.PreviewAsync(Name(id), Designer, Cancellation)).Require().BrokenRecords;
        Assert.Single(others);
        await PatchAsync(await ReadAsync(others[0].Id), $$"""{"{{id}}":null}""");
        (await Changes.PublishAsync(Name(id), Designer, Cancellation)).Require();
        Assert.Equal(("range", id), await FaultAsync($$"""{"{{id}}":20}"""));
        Assert.Equal(3, (await ReadAsync(low.Id)).Values[id].GetInt32());
    }

    [Theory]
    [InlineData(RegistrantStatuses.Archived)]
    [InlineData(RegistrantStatuses.Deceased)]
    [InlineData(RegistrantStatuses.Inactive)]
    public async Task A_record_breaks_whatever_its_status(string status)
    {
        var id = NewId();
        await PublishAsync(Number(id));
        var high = await StoreAsync($$"""{"{{id}}":30}""");
        async Task<Outcome<RegistrantView>> StatusAsync(long version, string next) =>
            await Registrants.ChangeStatusAsync(
                high.Id,
                new StatusChange
                {
                    ExpectedVersion = version,
                    Status = next,
                    Reason = "as told",
                    On =
                        next == RegistrantStatuses.Deceased
                            ? DateOnly.FromDateTime(Ports.Clock.GetUtcNow().UtcDateTime)
                            : null,
                },
                PortCallers.Registrar,
                Cancellation
            );
        (await StatusAsync(1, status)).Require();
        await DraftAsync(Number(id, maximum: 10));

        var effect = (await Changes.PreviewAsync(Name(id), Reader, Cancellation)).Require();

        Assert.Equal((false, 1, 1), (effect.Publishable, effect.Values, effect.Broken));
        Assert.Equal(high.Id, Assert.Single(effect.BrokenRecords).Id);
        Assert.Equal("fields.would_break", (await Changes.PublishAsync(Name(id), Reader, Cancellation)).Problem?.Code);
        var back = (await StatusAsync(2, RegistrantStatuses.Active)).Require();
        await PatchAsync(back, $$"""{"{{id}}":3}""");
        (await StatusAsync(4, status)).Require();
        (await Changes.PublishAsync(Name(id), Reader, Cancellation)).Require();
    }

    [Fact]
    public async Task A_preview_tells_of_values_what_its_reader_may_read_and_is_a_disclosure()
    {
        var id = NewId();
        await PublishAsync(Number(id));
        var (near, far) = (
            await StoreAsync($$"""{"{{id}}":30,"area":"N-01-004"}"""),
            await StoreAsync($$"""{"{{id}}":29,"area":"N-02-001"}""")
        );
        await DraftAsync(Number(id, maximum: 10));
        var rows = new RowScope { Areas = new HashSet<string> { "N-01-004" } };
        var (only, masked, reader) = (
            Designer with
            {
                Id = "only-" + id,
            },
            Reader with
            {
                Id = "masked-" + id,
                Masked = FieldScope.Of([id]),
                Rows = rows,
            },
            Reader with
            {
                Id = "reader-" + id,
                Rows = rows,
            }
        );

        var ofOnly = (await Changes.PreviewAsync(Name(id), only, Cancellation)).Require();
        var ofMasked = (await Changes.PreviewAsync(Name(id), masked, Cancellation)).Require();
        var ofReader = (await Changes.PreviewAsync(Name(id), reader, Cancellation)).Require();

        Assert.All(new[] { ofOnly, ofMasked, ofReader }, e => Assert.Equal((2, 2), (e.Values, e.Broken)));
        Assert.Equal(
            new[] { near.Id, far.Id }.Select(i => (i, id, "not_valid")).OrderBy(b => b.i.Value),
            ofOnly.BrokenRecords.Select(b => (b.Id, b.Problem.Field, b.Problem.Code)).OrderBy(b => b.Id.Value)
        );
        Assert.DoesNotContain(
            "10",
            JsonSerializer.Serialize(ofOnly.BrokenRecords[0].Problem),
            StringComparison.Ordinal
        );
        Assert.Equal([(near.Id, "not_valid")], ofMasked.BrokenRecords.Select(b => (b.Id, b.Problem.Code)));
        Assert.Equal([(near.Id, "range")], ofReader.BrokenRecords.Select(b => (b.Id, b.Problem.Code)));
        Assert.Equal([id + ":rule", id + ":rule", id], [.. await ShownAsync(near.Id, only, masked, reader)]);
        Assert.Equal([id + ":rule"], [.. await ShownAsync(far.Id, only, masked, reader)]);
        var refused = await Changes.PublishAsync(Name(id), only, Cancellation);
        Assert.Equal("not_valid", Assert.Single(refused.Problem!.Fields).Code);
    }

    private async Task<IEnumerable<string>> ShownAsync(RegistrantId id, params Caller[] callers)
    {
        var log = await Ports.Versions.DisclosuresAsync(id, new PageRequest(), PortCallers.Registrar, Cancellation);
        var items = log.Require().Items;
        return callers.SelectMany(c => items.Where(d => d.ShownTo == c.Id).SelectMany(d => d.Fields));
    }

    [Fact]
    public async Task Protected_values_are_opened_for_the_preview_and_never_shown()
    {
        var id = NewId();
        await PublishAsync(Text(id, FieldClass.Personal));
        var stored = await StoreAsync($$"""{"{{id}}":"long enough to break"}""");
        await DraftAsync(Text(id, FieldClass.Personal, maxLength: 5));

        var effect = (await Changes.PreviewAsync(Name(id), Reader, Cancellation)).Require();

        var broken = Assert.Single(effect.BrokenRecords);
        Assert.Equal((stored.Id, id, "length"), (broken.Id, broken.Problem.Field, broken.Problem.Code));
        Assert.DoesNotContain("enough", JsonSerializer.Serialize(effect), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_class_is_refused_while_values_are_stored_also_only_in_the_history()
    {
        var id = NewId();
        await PublishAsync(Text(id, FieldClass.Personal));
        await DraftAsync(Text(id, FieldClass.Sensitive));
        Assert.True((await Changes.PreviewAsync(Name(id), Designer, Cancellation)).Require().Publishable);
        var stored = await StoreAsync($$"""{"{{id}}":"secret"}""");
        await PatchAsync(stored, $$"""{"{{id}}":null}""");

        foreach (var fieldClass in new[] { FieldClass.Sensitive, FieldClass.Internal })
        {
            await DraftAsync(Text(id, fieldClass));
            var effect = (await Changes.PreviewAsync(Name(id), Designer, Cancellation)).Require();
            Assert.Equal((0, false), (effect.Values, effect.Publishable));
            Assert.Equal(("class", "stored"), (effect.Obstacles[0].Field, effect.Obstacles[0].Code));
            var refused = (await Changes.PublishAsync(Name(id), Designer, Cancellation)).Problem!;
            Assert.Equal("fields.would_break", refused.Code);
            Assert.Equal("class", refused.Fields[0].Field);
        }
    }

    [Fact]
    public async Task A_field_becomes_required_only_when_every_record_has_it()
    {
        await StoreAsync("{}", RegistrantKinds.Group);
        var id = NewId();
        var field = Number(id) with { Kind = RegistrantKinds.Group, Required = true };
        await DraftAsync(field);
        var name = new FieldName(RegistrantKinds.Group, id);

        var effect = (await Changes.PreviewAsync(name, Reader, Cancellation)).Require();

        Assert.Equal(effect.Records, effect.Broken);
        Assert.NotEqual(0, effect.Broken);
        Assert.Equal("required", effect.BrokenRecords[0].Problem.Code);
        Assert.Equal("fields.would_break", (await Changes.PublishAsync(name, Designer, Cancellation)).Problem!.Code);
        (await Changes.WithdrawAsync(name, Designer, Cancellation)).Require();
    }

    [Fact]
    public async Task A_retired_field_takes_no_values_stays_readable_and_can_come_back()
    {
        var id = NewId();
        await PublishAsync(Number(id));
        var stored = await StoreAsync($$"""{"{{id}}":3}""");

        var retired = (await Changes.RetireAsync(Name(id), Designer, Cancellation)).Require();

        Assert.Equal(FieldState.Retired, retired.Field!.State);
        Assert.Null(retired.Index);
        Assert.Equal(("retired", id), await FaultAsync($$"""{"{{id}}":4}"""));
        Assert.Equal(3, (await ReadAsync(stored.Id)).Values[id].GetInt32());
        var other = await PatchAsync(await ReadAsync(stored.Id), """{"given_name":"Other"}""");
        Assert.Equal(3, other.Values[id].GetInt32());
        var again = (await Changes.RetireAsync(Name(id), Designer, Cancellation)).Require();
        Assert.Equal(retired.CatalogueVersion, again.CatalogueVersion);

        await PublishAsync(Number(id));
        Assert.Null(await FaultAsync($$"""{"{{id}}":4}"""));
    }

    [Fact]
    public async Task A_draft_of_a_change_is_told_from_a_new_one_and_can_be_withdrawn()
    {
        var id = NewId();
        await PublishAsync(Number(id));
        Assert.True((await DraftAsync(Number(id, maximum: 50))).Require().Changes);
        Assert.NotNull((await Changes.FieldAsync(Name(id), Designer, Cancellation)).Require().Draft);
        var reader = PortCallers.Staff("reader", Permissions.ReadRegistrants);
        Assert.Null((await Changes.FieldAsync(Name(id), reader, Cancellation)).Require().Draft);

        (await Changes.WithdrawAsync(Name(id), Designer, Cancellation)).Require();

        Assert.Null((await Changes.FieldAsync(Name(id), Designer, Cancellation)).Require().Draft);
        Assert.Equal("fields.no_draft", (await Changes.PublishAsync(Name(id), Designer, Cancellation)).Problem!.Code);
        Assert.Equal("fields.no_draft", (await Changes.PreviewAsync(Name(id), Designer, Cancellation)).Problem!.Code);
        Assert.Equal("fields.no_draft", (await Changes.WithdrawAsync(Name(id), Designer, Cancellation)).Problem!.Code);
    }

    [Fact]
    public async Task A_name_that_both_kinds_have_needs_its_kind()
    {
        var id = NewId();
        await DraftAsync(Number(id));
        await DraftAsync(Number(id) with { Kind = RegistrantKinds.Group });
        var either = new FieldName(null, id);

        Assert.Equal("fields.kind_needed", (await Changes.PublishAsync(either, Designer, Cancellation)).Problem!.Code);
        (await Changes.PublishAsync(Name(id), Designer, Cancellation)).Require();
        (await Changes.PublishAsync(either, Designer, Cancellation)).Require();
        Assert.Equal("fields.kind_needed", (await Changes.RetireAsync(either, Designer, Cancellation)).Problem!.Code);
        Assert.Equal("fields.kind_needed", (await Changes.FieldAsync(either, Designer, Cancellation)).Problem!.Code);
        Assert.Equal(
            "fields.not_found",
            (await Changes.RetireAsync(new FieldName(null, NewId()), Designer, Cancellation)).Problem!.Code
        );
        Assert.Equal(
            "fields.not_found",
            (await Changes.FieldAsync(new FieldName(null, NewId()), Designer, Cancellation)).Problem!.Code
        );
    }

    [Fact]
    public async Task Only_designers_change_the_catalogue()
    {
        var id = NewId();
        var person = PortCallers.Person((await StoreAsync("{}")).Id) with
        {
            Permissions = new HashSet<string> { Permissions.WriteFields },
        };
        foreach (var caller in new[] { PortCallers.Staff("registrar", Permissions.WriteRegistrants), person })
        {
            Assert.Equal(
                "access.forbidden",
                (await Changes.DraftAsync(Number(id), caller, Cancellation)).Problem!.Code
            );
            Assert.Equal(
                "access.forbidden",
                (await Changes.PublishAsync(Name(id), caller, Cancellation)).Problem!.Code
            );
            Assert.Equal(
                "access.forbidden",
                (await Changes.PreviewAsync(Name(id), caller, Cancellation)).Problem!.Code
            );
            Assert.Equal(
                "access.forbidden",
                (await Changes.RetireAsync(Name("sex"), caller, Cancellation)).Problem!.Code
            );
            Assert.Equal(
                "access.forbidden",
                (await Changes.PutCodeListAsync(new CodeListView(id, []), caller, Cancellation)).Problem!.Code
            );
        }

        var reader = PortCallers.Staff("reader", Permissions.ReadRegistrants);
        Assert.Equal("access.forbidden", (await Changes.DraftsAsync(reader, Cancellation)).Problem!.Code);
        Assert.Equal("access.forbidden", (await Changes.IndexesAsync(reader, Cancellation)).Problem!.Code);
        Assert.Equal(
            "access.forbidden",
            (await Changes.ChangesAsync(new PageRequest(), reader, Cancellation)).Problem!.Code
        );
    }

    [Fact]
    public async Task Every_change_is_a_version_and_an_entry_of_the_log()
    {
        var id = NewId();
        var first = (await Ports.Fields.GetAsync(Cancellation)).Version;
        await StepAsync(() => DraftAsync(Number(id)));
        await StepAsync(() => Changes.PublishAsync(Name(id), Designer, Cancellation));
        await StepAsync(() => DraftAsync(Number(id, maximum: 99)));
        await StepAsync(() => Changes.WithdrawAsync(Name(id), Designer, Cancellation));
        await StepAsync(() => Changes.RetireAsync(Name(id), Designer, Cancellation));

        var log = (await Changes.ChangesAsync(new PageRequest(5), Designer, Cancellation)).Require();

        Assert.Equal(
            [
                ("retired", first + 2),
                ("withdrawn", first + 1),
                ("drafted", first + 1),
                ("published", first + 1),
                ("drafted", first),
            ],
            log.Items.Select(c => (c.Operation, c.Version))
        );
        Assert.All(log.Items, c => Assert.Equal(("individual." + id, "designer", "api"), (c.Subject, c.By, c.Channel)));
        Assert.Contains("99", log.Items[2].After, StringComparison.Ordinal);
        Assert.Null(log.Items[4].Before);
        var rest = (await Changes.ChangesAsync(new PageRequest(3, log.Next), Designer, Cancellation)).Require();
        Assert.DoesNotContain(rest.Items, c => c.Subject == "individual." + id);
        Assert.Equal(
            "paging.invalid",
            (await Changes.ChangesAsync(new PageRequest(0), Designer, Cancellation)).Problem!.Code
        );

        var then = (await Changes.AtAsync(first, Designer, Cancellation)).Require();
        Assert.Null(then.Field(RegistrantKinds.Individual, id));
        var published = (await Changes.AtAsync(first + 1, Designer, Cancellation)).Require();
        Assert.Equal(FieldState.Published, published.Field(RegistrantKinds.Individual, id)!.State);
        Assert.Equal(
            "catalogue.version_not_found",
            (await Changes.AtAsync(first + 1000, Designer, Cancellation)).Problem!.Code
        );
    }

    /// <summary>A moment of its own for each change: the log is in the order of time.</summary>
    private async Task StepAsync<T>(Func<Task<Outcome<T>>> step)
    {
        Ports.Clock.Advance(TimeSpan.FromSeconds(1));
        (await step()).Require();
    }

    private Task<Outcome<FieldDraftView>> DraftAsync(FieldView field) =>
        Changes.DraftAsync(field, Designer, Cancellation);

    private async Task PublishAsync(FieldView field)
    {
        (await DraftAsync(field)).Require();
        (await Changes.PublishAsync(new FieldName(field.Kind, field.Id), Designer, Cancellation)).Require();
    }

    private static string NewId() => "f" + Guid.NewGuid().ToString("N")[..12];

    private static FieldName Name(string id) => new(RegistrantKinds.Individual, id);

    private static FieldView Number(string id, int maximum = 30) =>
        new()
        {
            Id = id,
            Kind = RegistrantKinds.Individual,
            Type = FieldType.Integer,
            Class = FieldClass.Internal,
            Labels = new Dictionary<string, string> { ["eng"] = "Number " + id },
            Section = "identity",
            Searchable = true,
            Validation = JsonSerializer.SerializeToElement(new { minimum = 0, maximum }),
        };

    private static FieldView Text(string id, FieldClass fieldClass, int maxLength = 100) =>
        new()
        {
            Id = id,
            Kind = RegistrantKinds.Individual,
            Type = FieldType.Text,
            Class = fieldClass,
            Labels = new Dictionary<string, string> { ["eng"] = "Text " + id },
            Section = "identity",
            Validation = JsonSerializer.SerializeToElement(new { maxLength }),
        };

    private async Task<RegistrantView> StoreAsync(string values, string kind = RegistrantKinds.Individual) =>
        (await CreateAsync(values, kind)).Require();

    private Task<Outcome<RegistrantView>> CreateAsync(string values, string kind = RegistrantKinds.Individual) =>
        Registrants.CreateAsync(
            new NewRegistrant { Kind = kind, Values = Persons.Values(values) },
            PortCallers.Registrar,
            Cancellation
        );

    /// <summary>Code and field of the first thing wrong with a person of these values; <c>null</c> when nothing is.</summary>
    private async Task<(string Code, string Field)?> FaultAsync(string values)
    {
        var outcome = await CreateAsync(values);
        return outcome.Succeeded ? null : (outcome.Problem.Fields[0].Code, outcome.Problem.Fields[0].Field);
    }

    private async Task<RegistrantView> ReadAsync(RegistrantId id) =>
        (await Registrants.GetAsync(id, ReadOptions.Default, PortCallers.Registrar, Cancellation)).Require();

    private async Task<RegistrantView> PatchAsync(RegistrantView record, string values) =>
        (
            await Registrants.UpdateAsync(
                record.Id,
                new RegistrantPatch { ExpectedVersion = record.Version, Values = Persons.Values(values) },
                PortCallers.Registrar,
                Cancellation
            )
        ).Require();
}
