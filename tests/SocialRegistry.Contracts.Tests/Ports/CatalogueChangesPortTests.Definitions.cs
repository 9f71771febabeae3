using System.Text.Json;
using Xunit;

namespace SocialRegistry.Contracts.Tests.Ports;

public abstract partial class CatalogueChangesPortTests
{
    /// <summary>Definitions that cannot stand, and the member at fault.</summary>
    public static TheoryData<string, string> Faulty =>
        new()
        {
            { """{"kind":"person"}""", "kind" },
            { """{"labels":{"fra":"Note"}}""", "labels.eng" },
            { """{"labels":{"eng":"Note","english":"Note"}}""", "labels" },
            { """{"labels":{"eng":" "}}""", "labels" },
            { """{"section":"no_such_section"}""", "section" },
            { """{"type":"code"}""", "codeList" },
            { """{"codeList":"sex"}""", "codeList" },
            { """{"type":"code","codeList":"no_such_list"}""", "codeList" },
            { """{"precisions":["year"]}""", "precisions" },
            { """{"type":"date","precisions":["year","year"]}""", "precisions" },
            { """{"type":"group"}""", "parts" },
            { """{"parts":[{"id":"a","type":"text","labels":{"eng":"A"}}]}""", "parts" },
            { """{"type":"group","parts":[{"id":"A","type":"text","labels":{"eng":"A"}}]}""", "parts[0].id" },
            {
                """{"type":"group","parts":[{"id":"a","type":"text","labels":{"eng":"A"}},{"id":"a","type":"text","labels":{"eng":"A"}}]}""",
                "parts"
            },
            { """{"validation":{"pattern":"("}}""", "validation" },
            { """{"validation":{"minLength":-1}}""", "validation" },
            { """{"validation":[]}""", "validation" },
            {
                """{"type":"group","class":"personal","searchable":true,"parts":[{"id":"a","type":"text","labels":{"eng":"A"}}]}""",
                "searchable"
            },
            { """{"attestationPolicy":{"twoPersons":true}}""", "attestationPolicy" },
            { """{"attestable":true,"attestationPolicy":{"validMonths":0}}""", "attestationPolicy.validMonths" },
            { """{"statistics":"dimension"}""", "statistics" },
            { """{"type":"integer","class":"personal","statistics":"measure"}""", "statistics" },
            { """{"dciPath":"a..b"}""", "dciPath" },
            { """{"dciPath":"demographic_info.name"}""", "dciPath" },
            { """{"dciPath":"marital_status"}""", "dciPath" },
            { """{"claim":"birthdate"}""", "claim" },
            { """{"claim":"a b"}""", "claim" },
            { """{"id":"memberships"}""", "id" },
            { """{"id":"brn"}""", "id" },
            { """{"id":"Note"}""", "id" },
            { """{"retired":true}""", "retired" },
        };

    [Theory]
    [MemberData(nameof(Faulty))]
    public async Task A_definition_that_cannot_stand_is_refused_with_the_member_at_fault(string changes, string member)
    {
        var definition = new Dictionary<string, JsonElement>
        {
            ["id"] = JsonSerializer.SerializeToElement("note"),
            ["kind"] = JsonSerializer.SerializeToElement("individual"),
            ["type"] = JsonSerializer.SerializeToElement("text"),
            ["class"] = JsonSerializer.SerializeToElement("internal"),
            ["labels"] = JsonSerializer.SerializeToElement(new { eng = "Note" }),
        };
        foreach (var change in JsonDocument.Parse(changes).RootElement.EnumerateObject())
        {
            definition[change.Name] = change.Value;
        }

        var field = JsonSerializer.SerializeToElement(definition).Deserialize<FieldDefinition>(FieldDefinition.Format)!;

        var outcome = await DraftAsync(field.ToView());

        Assert.Equal("fields.invalid", outcome.Problem?.Code);
        Assert.Equal(member, outcome.Problem!.Fields[0].Field);
        Assert.DoesNotContain((await Changes.DraftsAsync(Designer, Cancellation)).Require(), d => d.Field.Id == "note");
    }

    [Fact]
    public async Task Dates_are_as_exact_as_the_field_allows()
    {
        var id = NewId();
        await PublishAsync(
            Text(id, FieldClass.Internal) with
            {
                Type = FieldType.Date,
                Validation = null,
                Precisions = [DatePrecision.Month, DatePrecision.Year],
            }
        );

        Assert.Null(await FaultAsync($$"""{"{{id}}":"1984-03"}"""));
        Assert.Null(await FaultAsync($$"""{"{{id}}":"1984"}"""));
        foreach (var bad in new[] { "1984-03-02", "1984-13", "84", "0000", "1984-3", "" })
        {
            Assert.Equal(id, (await FaultAsync($$"""{"{{id}}":"{{bad}}"}"""))?.Field);
        }
    }

    [Theory]
    [InlineData("""{"birth_date":"1984-05","death_date":"1984"}""", null)]
    [InlineData("""{"birth_date":"1984-05","death_date":"1984-04"}""", "before_birth")]
    [InlineData("""{"birth_date":"1984-05-02","death_date":"1983"}""", "before_birth")]
    [InlineData("""{"birth_date":"2090"}""", "future")]
    [InlineData("""{"stated_age":{"age":40,"as_of":"2025-06-01"}}""", null)]
    [InlineData("""{"stated_age":{"age":40}}""", "required")]
    [InlineData("""{"stated_age":{"age":-1,"as_of":"2025-06-01"}}""", "range")]
    [InlineData("""{"stated_age":{"age":40,"as_of":"2099-06-01"}}""", "future")]
    public async Task Approximate_dates_and_a_stated_age_are_checked_for_what_they_can_be(
        string values,
        string? code
    ) => Assert.Equal(code, (await FaultAsync(values))?.Code);

    [Fact]
    public async Task A_position_and_a_document_have_their_own_form()
    {
        var (position, document) = (NewId(), NewId());
        await PublishAsync(Text(position, FieldClass.Personal) with { Type = FieldType.GeoPoint, Validation = null });
        await PublishAsync(Text(document, FieldClass.Personal) with { Type = FieldType.Document, Validation = null });

        Assert.Null(await FaultAsync($$"""{"{{position}}":{"latitude":9.5,"longitude":-13.7,"accuracy":12} }"""));
        Assert.Equal(
            ("required", position + ".longitude"),
            await FaultAsync($$"""{"{{position}}":{"latitude":9.5} }""")
        );
        Assert.Equal(
            ("range", position + ".latitude"),
            await FaultAsync($$"""{"{{position}}":{"latitude":90.1,"longitude":0} }""")
        );
        var letter = await LetterAsync();
        Assert.Null(await FaultAsync($$"""{"{{document}}":"{{letter}}"}"""));
        Assert.Equal(
            ("document_unknown", document),
            await FaultAsync($$"""{"{{document}}":"0190a1b2-0000-7000-8000-000000000001"}""")
        );
        Assert.Equal(("type", document), await FaultAsync($$"""{"{{document}}":"passport.pdf"}"""));
    }

    [Fact]
    public async Task A_code_list_grows_and_a_retired_code_stays_where_it_is()
    {
        var (list, id) = (NewId(), NewId());
        var codes = new CodeListView(list, [Code("a"), Code("b")])
        {
            Labels = new Dictionary<string, string> { ["eng"] = "List", ["spa"] = "Lista" },
        };
        (await Changes.PutCodeListAsync(codes, Designer, Cancellation)).Require();
        await PublishAsync(
            Text(id, FieldClass.Internal) with
            {
                Type = FieldType.Code,
                CodeList = list,
                Validation = null,
                Repeated = true,
            }
        );
        var stored = await StoreAsync($$"""{"{{id}}":["a","b"]}""");
        Assert.Equal(("code", id + "[0]"), await FaultAsync($$"""{"{{id}}":["c"]}"""));

        var grown = (
            await Changes.PutCodeAsync(
                list,
                Code("c") with
                {
                    Mappings = new Dictionary<string, string> { ["fhir"] = "C-1" },
                    Inverse = "a",
                },
                Designer,
                Cancellation
            )
        ).Require();
        Assert.Equal(["a", "b", "c"], grown.Codes.Select(c => c.Code));
        Assert.Null(await FaultAsync($$"""{"{{id}}":["c"]}"""));

        (await Changes.PutCodeAsync(list, Code("b") with { Retired = true }, Designer, Cancellation)).Require();
        Assert.Equal(("code", id + "[0]"), await FaultAsync($$"""{"{{id}}":["b"]}"""));
        Assert.Equal(2, (await ReadAsync(stored.Id)).Values[id].GetArrayLength());
        var known = (await Ports.Fields.GetAsync(Cancellation)).CodeLists.Single(l => l.Id == list);
        Assert.Equal("Lista", known.Labels["spa"]);
        Assert.Equal(("C-1", "a"), (known.Codes[2].Mappings["fhir"], known.Codes[2].Inverse));
        Assert.True(known.Codes[1].Retired);

        // The stored values with the retired code do not stand in the way of other changes.
        await DraftAsync(
            Text(id, FieldClass.Internal) with
            {
                Type = FieldType.Code,
                CodeList = list,
                Repeated = true,
                Validation = JsonSerializer.SerializeToElement(new { maxItems = 2 }),
            }
        );
        Assert.True((await Changes.PreviewAsync(Name(id), Designer, Cancellation)).Require().Publishable);
    }

    [Fact]
    public async Task A_code_list_loses_no_code_and_no_word_leads_two_ways()
    {
        var list = NewId();
        var good = new CodeListView(list, [Code("a"), Code("b")]);
        var version = await VersionAfterAsync(good);
        Assert.Equal(version, await VersionAfterAsync(good));

        await RefusedAsync(new CodeListView(list, [Code("a")]), "codes");
        await RefusedAsync(new CodeListView(list, [Code("a"), Code("b"), Code("A")]), "codes[2]");
        await RefusedAsync(new CodeListView(list, [Code("a"), Code("b", "A")]), "codes[1]");
        await RefusedAsync(new CodeListView(list, [Code("a"), Code("b") with { Inverse = "z" }]), "codes[1].inverse");
        await RefusedAsync(new CodeListView(list, [Code("a"), Code("b"), Code("c d")]), "codes[2].code");
        await RefusedAsync(new CodeListView("Bad List", []), "id");
        Assert.Equal(
            "code_lists.not_found",
            (await Changes.PutCodeAsync(NewId(), Code("a"), Designer, Cancellation)).Problem!.Code
        );
        Assert.Equal(version, (await Ports.Fields.GetAsync(Cancellation)).Version);
    }

    [Fact]
    public async Task A_file_of_lists_and_fields_is_one_version_or_nothing()
    {
        var (list, id, other) = (NewId(), NewId(), NewId());
        var additions = new CatalogueAdditions(
            [new CodeListView(list, [Code("a")])],
            [
                Text(id, FieldClass.Internal) with
                {
                    Type = FieldType.Code,
                    CodeList = list,
                    Validation = null,
                    Searchable = true,
                },
                Number(other),
            ]
        );
        var before = (await Ports.Fields.GetAsync(Cancellation)).Version;

        var broken = additions with { Fields = [.. additions.Fields, Number(NewId()) with { Section = "attic" }] };
        var refused = await Changes.ApplyAsync(broken, Designer, Cancellation);
        Assert.Equal(
            ("fields.invalid", "fields[2].section"),
            (refused.Problem?.Code, refused.Problem?.Fields[0].Field)
        );
        Assert.Equal(before, (await Ports.Fields.GetAsync(Cancellation)).Version);

        var applied = (await Changes.ApplyAsync(additions, Designer, Cancellation)).Require();
        var again = (await Changes.ApplyAsync(additions, Designer, Cancellation)).Require();

        Assert.Equal(before + 1, applied.Version);
        Assert.Equal([list], applied.CodeLists);
        Assert.Equal(["individual." + id, "individual." + other], applied.Fields);
        Assert.Equal((before + 1, 0, 0), (again.Version, again.CodeLists.Count, again.Fields.Count));
        await StoreAsync($$"""{"{{id}}":"a","{{other}}":3}""");
        Assert.Contains((await Changes.IndexesAsync(Designer, Cancellation)).Require(), i => i.Field == id);
        var narrower = new CatalogueAdditions([], [Number(other, maximum: 2)]);
        Assert.Equal("fields.would_break", (await Changes.ApplyAsync(narrower, Designer, Cancellation)).Problem?.Code);
    }

    [Fact]
    public async Task An_identifier_type_is_made_and_changed_unless_stored_identifiers_would_be_lost()
    {
        var id = "T" + Guid.NewGuid().ToString("N")[..10].ToUpperInvariant();
        var type = new IdentifierTypeView
        {
            Id = id,
            Labels = new Dictionary<string, string> { ["eng"] = "Card " + id },
            Kind = RegistrantKinds.Individual,
            Pattern = "^[0-9]{4,8}$",
            Normalisation = "digits",
        };
        (await Changes.PutIdentifierTypeAsync(type, Designer, Cancellation)).Require();
        var stored = (await CarryAsync(new Identifier(id, "1234 5678"))).Require();

        await LostAsync(type with { Pattern = "^[0-9]{4}$" }, "pattern");
        await LostAsync(type with { CheckDigit = CheckDigits.Luhn }, "pattern");
        await LostAsync(type with { Normalisation = "text" }, "normalisation");
        await LostAsync(type with { Kind = RegistrantKinds.Group }, "kind");
        (
            await Changes.PutIdentifierTypeAsync(
                type with
                {
                    Pattern = "^[0-9]{8}$",
                    Synonyms = [id + "_CARD"],
                },
                Designer,
                Cancellation
            )
        ).Require();
        Assert.NotNull((await FindAsync(new Identifier(id + "_card", "12345678"))).Require()[0]);

        (await Changes.PutIdentifierTypeAsync(type with { Retired = true }, Designer, Cancellation)).Require();
        var refused = await CarryAsync(new Identifier(id, "8765 4321"));
        Assert.Equal("retired", refused.Problem?.Fields[0].Code);
        Assert.Equal(stored.Id, (await FindAsync(new Identifier(id, "12345678"))).Require()[0]!.Id);

        var taken = await Changes.PutIdentifierTypeAsync(
            type with
            {
                Id = id + "X",
                Synonyms = ["UIN"],
            },
            Designer,
            Cancellation
        );
        Assert.Equal(("identifier_types.invalid", "synonyms"), (taken.Problem?.Code, taken.Problem?.Fields[0].Field));
        var faulty = await Changes.PutIdentifierTypeAsync(type with { Pattern = "(" }, Designer, Cancellation);
        Assert.Equal(("identifier_types.invalid", "pattern"), (faulty.Problem?.Code, faulty.Problem?.Fields[0].Field));
    }

    private async Task LostAsync(IdentifierTypeView type, string member)
    {
        var outcome = await Changes.PutIdentifierTypeAsync(type, Designer, Cancellation);
        Assert.Equal(("identifier_types.in_use", member), (outcome.Problem?.Code, outcome.Problem?.Fields[0].Field));
    }

    private Task<Outcome<RegistrantView>> CarryAsync(Identifier identifier) =>
        Registrants.CreateAsync(
            new NewRegistrant
            {
                Kind = RegistrantKinds.Individual,
                Values = Persons.Values("{}"),
                Identifiers = [identifier],
            },
            PortCallers.Registrar,
            Cancellation
        );

    private Task<Outcome<IReadOnlyList<RegistrantView?>>> FindAsync(Identifier identifier) =>
        Registrants.FindAsync([identifier], ReadOptions.Default, PortCallers.Registrar, Cancellation);

    private async Task<int> VersionAfterAsync(CodeListView list)
    {
        (await Changes.PutCodeListAsync(list, Designer, Cancellation)).Require();
        return (await Ports.Fields.GetAsync(Cancellation)).Version;
    }

    private async Task RefusedAsync(CodeListView list, string member)
    {
        var outcome = await Changes.PutCodeListAsync(list, Designer, Cancellation);
        Assert.Equal(("code_lists.invalid", member), (outcome.Problem?.Code, outcome.Problem?.Fields[0].Field));
    }

    [Fact]
    public async Task A_document_that_is_referred_to_is_one_that_the_caller_may_see()
    {
        var id = NewId();
        await PublishAsync(
            Text(id, FieldClass.Personal) with
            {
                Type = FieldType.Document,
                Validation = null,
                Repeated = true,
            }
        );
        var (letter, none) = (await LetterAsync(), Guid.NewGuid().ToString("D"));
        var record = await StoreAsync($$"""{"{{id}}":["{{letter}}"]}""");
        var blind = PortCallers.Registrar with { Rows = new RowScope { Areas = new HashSet<string> { "N-77-777" } } };

        var patched = await Registrants.UpdateAsync(
            record.Id,
            new RegistrantPatch
            {
                ExpectedVersion = 1,
                Values = Persons.Values($$"""{"{{id}}":["{{letter}}","{{none}}"]}"""),
            },
            PortCallers.Registrar,
            Cancellation
        );
        var created = await Registrants.CreateAsync(
            new NewRegistrant
            {
                Kind = RegistrantKinds.Individual,
                Values = Persons.Values($$"""{"{{id}}":["{{letter}}"],"area":"N-77-777"}"""),
            },
            blind,
            Cancellation
        );
        var imported = await Registrants.ImportAsync(
            [
                new ImportRow
                {
                    Kind = RegistrantKinds.Individual,
                    Values = Persons.Values($$"""{"{{id}}":["{{none}}"]}"""),
                    Identifiers = [Persons.NewUin()],
                },
            ],
            dryRun: false,
            PortCallers.Registrar,
            Cancellation
        );

        Assert.Equal((id + "[1]", "document_unknown"), First(patched.Problem!));
        Assert.Equal((id + "[0]", "document_unknown"), First(created.Problem!));
        Assert.Equal((id + "[0]", "document_unknown"), First(Assert.Single(imported.Require()).Problem!));
    }

    private static (string Field, string Code) First(Problem problem) =>
        (problem.Fields[0].Field, problem.Fields[0].Code);

    /// <summary>The id of a document of somebody.</summary>
    private async Task<string> LetterAsync()
    {
        var person = await Registrants.StoreAsync(Persons.Amira());
        await using var content = new MemoryStream("a letter"u8.ToArray());
        var letter = new NewDocument
        {
            Kind = "letter",
            FileName = "letter.txt",
            MediaType = DocumentTypes.Text,
        };
        var added = await Ports.Documents.AddAsync(person.Id, letter, content, PortCallers.Registrar, Cancellation);
        return added.Require().Id.ToString();
    }

    private static CodeView Code(string code, params string[] synonyms) =>
        new(code, new Dictionary<string, string> { ["eng"] = "Code " + code }, synonyms);
}
