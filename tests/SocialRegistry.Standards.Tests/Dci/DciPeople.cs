using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using SocialRegistry.Contracts;

namespace SocialRegistry.Standards.Tests.Dci;

/// <summary>A household of three and a thousand others.</summary>
internal sealed class DciPeople
{
    public const string Almaz = "5360481001";
    public const string Bekele = "5360481002";
    public const string Chaltu = "5360481003";
    public const string Household = "HH-0001";

    /// <summary>Number of persons <c>70000000</c>, <c>70000001</c>, ….</summary>
    public const int Others = 1_000;

    private static readonly Caller Registrar = Caller.System("registrar", "import");

    public required RegistrantId AlmazId { get; init; }

    public static string Other(int number) => $"7{number:D7}";

    public static async Task<DciPeople> RegisterAsync(IServiceProvider services)
    {
        var registrants = services.GetRequiredService<IRegistrants>();
        var almaz = await CreateAsync(
            registrants,
            RegistrantKinds.Individual,
            [new Identifier("UIN", Almaz), new Identifier("BRN", "B1991")],
            """
            {"given_name":"አልማዝ","surname":"O\"Tolvane\\","sex":"female","birth_date":"1991-04-17","marital_status":"W",
             "phone_number":["+251911000001"],"email":["almaz@example.org"],"is_disabled":true,
             "disability_info":[{"disability_limitation_type":"VIS_SS","functional_severity":"3"}],
             "address":[{"address_line_1":"Bole Road 7","locality":"Adama","country_code":"ET","geo_location":{"plus_code":{"global_code":"6GPQ2222+22"}}}],
             "place_of_birth":"Adama"}
            """
        );
        var bekele = await CreateAsync(
            registrants,
            RegistrantKinds.Individual,
            [new Identifier("UIN", Bekele)],
            """{"given_name":"Bekele","surname":"Tolvane","sex":"male","birth_date":"2012-09-22"}"""
        );
        var chaltu = await CreateAsync(
            registrants,
            RegistrantKinds.Individual,
            [new Identifier("UIN", Chaltu)],
            """{"given_name":"Chaltu","sex":"female","birth_date":"2015-01-02"}"""
        );
        var household = await CreateAsync(
            registrants,
            RegistrantKinds.Group,
            [new Identifier("HOUSEHOLD_ID", Household)],
            """
            {"group_type":"2","poverty_score":45.20,"poverty_score_type":"PMT",
             "place":{"name":"Adama","geo":{"latitude":8.54,"longitude":39.27}},"group_name":"Tolvane"}
            """
        );
        var groups = services.GetRequiredService<IGroups>();
        foreach (
            var (member, kinds) in ((RegistrantId, string[])[])
                [(almaz, ["head"]), (bekele, ["member"]), (chaltu, ["member"])]
        )
        {
            (
                await groups.AddMemberAsync(
                    new MembershipView
                    {
                        GroupId = household,
                        MemberId = member,
                        Kinds = kinds,
                        StartedOn = new DateOnly(2020, 1, 1),
                    },
                    Registrar,
                    CancellationToken.None
                )
            ).Require();
        }

        var rows = Enumerable
            .Range(0, Others)
            .Select(number => new ImportRow
            {
                Kind = RegistrantKinds.Individual,
                Values = Values($$"""{"given_name":"Person {{number}}","sex":"male"}"""),
                Identifiers = [new Identifier("UIN", Other(number))],
            })
            .ToList();
        foreach (
            var row in (await registrants.ImportAsync(rows, dryRun: false, Registrar, CancellationToken.None)).Require()
        )
        {
            row.Require();
        }

        return new DciPeople { AlmazId = almaz };
    }

    private static async Task<RegistrantId> CreateAsync(
        IRegistrants registrants,
        string kind,
        IReadOnlyList<Identifier> identifiers,
        string values
    ) => (
            await registrants.CreateAsync(
                new NewRegistrant
                {
                    Kind = kind,
                    Values = Values(values),
                    Identifiers = identifiers,
                },
                Registrar,
                CancellationToken.None
            )
        ).Require().Id;

    private static Dictionary<string, JsonElement> Values(string json) =>
        JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(json)!;
}
