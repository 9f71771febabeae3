using System.Text;
using System.Text.Json;
using SocialRegistry.Contracts;
using SocialRegistry.Contracts.Tests.Ports;
using SocialRegistry.Registry.Fields;
using SocialRegistry.Testing;
using Xunit;

namespace SocialRegistry.Registry.Tests.Fields;

/// <summary>The default catalogue against the published DCI files, and what a catalogue may hold.</summary>
public sealed class CatalogueTests
{
    private const string OneField =
        """{"version":1,"codeLists":[],"identifierTypes":[],"fields":[{"id":"note","kind":"individual","type":"text","class":"public","labels":{"eng":"Note"}""";

    [Theory]
    [InlineData("sex", "SexCategoryEnum")]
    [InlineData("marital_status", "MaritalStatusEnum")]
    [InlineData("functional_limitation", "FunctionalLimitationType")]
    [InlineData("functional_severity", "FunctionalSeverityEnum")]
    [InlineData("education_level", "EducationCode")]
    [InlineData("employment_status", "EmploymentStatusEnum")]
    [InlineData("occupation", "OccupationEnum")]
    [InlineData("income_level", "IncomeLevelEnum")]
    [InlineData("group_type", "AssistanceUnit")]
    [InlineData("relation_type", "RelationshipTypeEnum")]
    public void A_code_list_has_the_codes_of_DCI(string list, string file)
    {
        var ours = Default().View.CodeLists.Single(l => l.Id == list);

        Assert.Equal(DciCodes(file), ours.Codes.Select(c => c.Code));
    }

    [Fact]
    public void Identifier_types_hold_those_of_DCI_but_the_marriage_number_which_two_people_share()
    {
        var catalogue = Default();

        Assert.All(
            DciCodes("IdentifierTypeEnum").Where(c => c != "MRN"),
            c => Assert.NotNull(catalogue.IdentifierType(c))
        );
        Assert.Null(catalogue.IdentifierType("MRN"));
    }

    [Fact]
    public void Every_member_of_the_DCI_person_and_member_has_a_field()
    {
        var paths = Default()
            .View.Fields.Where(f => f.Kind == RegistrantKinds.Individual)
            .Select(f => f.DciPath)
            .ToHashSet();
        string[] members =
        [
            .. new[] { "surname", "given_name", "second_name", "maiden_name", "prefix", "suffix" }.Select(n =>
                "name." + n
            ),
            "sex",
            "birth_date",
            "death_date",
            "address",
            "phone_number",
            "email",
        ];
        string[] own =
        [
            "is_disabled",
            "disability_info",
            "marital_status",
            "employment_status",
            "occupation",
            "income_level",
            "education_level",
            "language_code",
            "additional_attributes",
        ];

        Assert.All(members.Select(m => "demographic_info." + m).Concat(own), m => Assert.Contains(m, paths));
    }

    [Fact]
    public void Synonyms_of_a_list_never_contradict_each_other()
    {
        foreach (var list in Default().View.CodeLists)
        {
            var words = list.Codes.SelectMany(c =>
                c.Synonyms.Append(c.Code).Distinct(StringComparer.OrdinalIgnoreCase)
            );
            Assert.Equal(words.Count(), words.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        }
    }

    [Fact]
    public void Labels_tell_the_fields_of_a_kind_apart()
    {
        foreach (var kind in Default().View.Fields.GroupBy(f => f.Kind))
        {
            Assert.Equal(kind.Count(), kind.Select(f => f.Labels["eng"]).Distinct().Count());
        }
    }

    [Theory]
    [InlineData("""{"format":"colour"}""", "format")]
    [InlineData("""{"minLenght":2}""", "minLenght")]
    [InlineData("""{"$ref":"https://example.org/other"}""", "$ref")]
    [InlineData("""{"minLength":"two"}""", "minLength")]
    [InlineData("""{"pattern":"("}""", "pattern")]
    [InlineData("""{"maximum":null}""", "maximum")]
    public void A_validation_that_is_not_known_here_is_refused(string validation, string named)
    {
        var error = Assert.Throws<InvalidOperationException>(() =>
            Load(OneField + ",\"validation\":" + validation + "}]}")
        );

        Assert.Contains(named, error.Message, StringComparison.Ordinal);
        Assert.Contains("note", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("}]}", null)]
    [InlineData(""","colour":"red"}]}""", "colour")]
    [InlineData(""","codeList":"sex","type":"code"}]}""", "type")]
    [InlineData(""","parts":[{"id":"a","type":"text","labels":{"eng":"A"}}]}]}""", "group")]
    [InlineData(
        """},{"id":"note","kind":"individual","type":"text","class":"public","labels":{"eng":"Note"}}]}""",
        "twice"
    )]
    [InlineData(
        """},{"id":"Other Note","kind":"individual","type":"text","class":"public","labels":{"eng":"X"}}]}""",
        "snake"
    )]
    [InlineData(
        """},{"id":"other","kind":"individual","type":"text","class":"public","labels":{"fra":"X"}}]}""",
        "eng"
    )]
    [InlineData("""},{"id":"other","kind":"person","type":"text","class":"public","labels":{"eng":"X"}}]}""", "person")]
    [InlineData(
        """},{"id":"other","kind":"group","type":"code","codeList":"no","class":"public","labels":{"eng":"X"}}]}""",
        "code list"
    )]
    [InlineData("""},{"id":"other","kind":"group","type":"text","labels":{"eng":"X"}}]}""", "class")]
    public void A_catalogue_that_contradicts_itself_is_refused(string rest, string? named)
    {
        if (named is null)
        {
            Assert.NotNull(Load(OneField + rest).Rule(RegistrantKinds.Individual, "note"));
            return;
        }

        var error = Assert.Throws<InvalidOperationException>(() => Load(OneField + rest));
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_core_with_a_faulty_catalogue_refuses_to_work_and_says_why()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("catalogue-").FullName, "catalogue.json");
        await File.WriteAllTextAsync(
            file,
            OneField + ""","validation":{"format":"colour"}}]}""",
            TestContext.Current.CancellationToken
        );

        var error = await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            await using var host = await RegistryHost.StartAsync(
                settings: new Dictionary<string, string?> { ["Registry:CatalogueFile"] = file }
            );
            await host.Registrants.StoreAsync(Persons.Amira());
        });

        Assert.Contains("format", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_catalogue_of_ones_own_rules_what_is_stored()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("catalogue-").FullName, "catalogue.json");
        await File.WriteAllTextAsync(
            file,
            OneField + ""","required":true,"validation":{"pattern":"^(a+)+$"}}]}""",
            TestContext.Current.CancellationToken
        );
        await using var host = await RegistryHost.StartAsync(
            settings: new Dictionary<string, string?> { ["Registry:CatalogueFile"] = file }
        );

        Assert.Equal(("note", "required"), await FaultAsync(host, "{}"));
        Assert.Equal(("note", "pattern"), await FaultAsync(host, $$"""{"note":"{{new string('a', 5_000)}}!"}"""));
        Assert.Null(await FaultAsync(host, """{"note":"aaa"}"""));
    }

    [Theory]
    [InlineData("text", """{"format":"email"}""", "\"a@example.org\"", "\"a\"", "format")]
    [InlineData("text", """{"minLength":2,"maxLength":3}""", "\"abc\"", "\"abcd\"", "length")]
    [InlineData("text", """{"pattern":"^\\p{Lu}$"}""", "\"Ä\"", "\"ä\"", "pattern")]
    [InlineData("text", """{"enum":["a","b"]}""", "\"b\"", "\"c\"", "enum")]
    [InlineData("text", """{"anyOf":[{"const":"a"},{"minLength":3}]}""", "\"a\"", "\"bb\"", "rule")]
    [InlineData("integer", """{"exclusiveMinimum":3}""", "4", "3", "range")]
    [InlineData("decimal", """{"multipleOf":0.5}""", "4.5", "4.2", "range")]
    [InlineData("boolean", """{"const":true}""", "true", "false", "enum")]
    [InlineData("date", """{"pattern":"-01$"}""", "\"2020-05-01\"", "\"2020-05-02\"", "pattern")]
    public async Task The_whole_of_JSON_Schema_checks_values_under_stable_codes(
        string type,
        string validation,
        string good,
        string bad,
        string code
    )
    {
        var catalogue = Load(
            OneField.Replace("\"type\":\"text\"", $"\"type\":\"{type}\"", StringComparison.Ordinal)
                + $",\"validation\":{validation}}}]}}"
        );

        Assert.Empty(Check(catalogue, $$"""{"note":{{good}}}"""));
        var fault = Assert.Single(Check(catalogue, $$"""{"note":{{bad}}}"""));
        Assert.Equal(("note", code), (fault.Field, fault.Code));
        Assert.DoesNotContain(bad.Trim('"'), fault.Detail.Split(' '));
    }

    [Fact]
    public void A_repeated_field_has_rules_for_the_list_and_rules_for_each_element()
    {
        var catalogue = Load(
            OneField
                + ""","repeated":true,"validation":{"maxItems":2,"uniqueItems":true,"$ref":"#/$defs/short","$defs":{"short":{"maxLength":3} } } }]}"""
        );

        Assert.Empty(Check(catalogue, """{"note":["abc","abd"]}"""));
        Assert.Equal(("note", "items"), Single(Check(catalogue, """{"note":["a","b","c"]}""")));
        Assert.Equal(("note", "items"), Single(Check(catalogue, """{"note":["a","a"]}""")));
        Assert.Equal(("note[1]", "length"), Single(Check(catalogue, """{"note":["a","abcd"]}""")));
    }

    [Fact]
    public void A_group_has_rules_over_its_parts()
    {
        var catalogue = Load(
            """
            {"version":1,"codeLists":[],"identifierTypes":[],"fields":[{"id":"note","kind":"individual","type":"group","class":"public","labels":{"eng":"Note"},
             "parts":[{"id":"from","type":"integer","labels":{"eng":"From"} },{"id":"to","type":"integer","labels":{"eng":"To"} }],
             "validation":{"dependentRequired":{"to":["from"]},"properties":{"to":{"maximum":9} } } }]}
            """
        );

        Assert.Empty(Check(catalogue, """{"note":{"from":1,"to":2} }"""));
        Assert.Equal(("note", "required"), Single(Check(catalogue, """{"note":{"to":2} }""")));
        Assert.Equal(("note.to", "range"), Single(Check(catalogue, """{"note":{"from":1,"to":10} }""")));
    }

    private static (string, string) Single(IReadOnlyList<FieldProblem> problems) =>
        (Assert.Single(problems).Field, problems[0].Code);

    private static IReadOnlyList<FieldProblem> Check(Catalogue catalogue, string values)
    {
        var validator = new ValueValidator(catalogue, new DateOnly(2026, 6, 1));
        validator.CheckValues(RegistrantKinds.Individual, Persons.Values(values));
        return validator.Problems;
    }

    private static async Task<(string, string)?> FaultAsync(RegistryHost host, string values)
    {
        var record = new NewRegistrant { Kind = RegistrantKinds.Individual, Values = Persons.Values(values) };
        var outcome = await host.Registrants.CreateAsync(
            record,
            PortCallers.Registrar,
            TestContext.Current.CancellationToken
        );
        return outcome.Succeeded ? null : (outcome.Problem.Fields[0].Field, outcome.Problem.Fields[0].Code);
    }

    private static Catalogue Default() => new(CatalogueFile.Read(null));

    private static Catalogue Load(string json)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(json));
        return new Catalogue(CatalogueFile.Read(stream, "test"));
    }

    private static List<string> DciCodes(string file)
    {
        using var document = JsonDocument.Parse(
            File.ReadAllText(Specs.Public("dci", "schemas-2026-04", "core", "v1", "code", file + ".jsonld"))
        );
        return
        [
            .. document
                .RootElement.GetProperty("@graph")
                .EnumerateArray()
                .Where(n => n.GetProperty("@type").GetString() != "rdfs:Class")
                .Select(n => n.GetProperty("@id").GetString()!.Split(':')[1]),
        ];
    }
}
