using System.Text.Json;

namespace SocialRegistry.Contracts.Tests.Ports;

/// <summary>Fictional records for the suites; identifiers never repeat.</summary>
public static class Persons
{
    private static int last;

    /// <summary>An identifier that nobody carries yet.</summary>
    public static Identifier NewUin() => new("UIN", "7" + Random.Shared.Next(10_000, 99_999) + Next());

    /// <summary>A household number that no group carries yet.</summary>
    public static Identifier NewHousehold() => new("HOUSEHOLD_ID", "HH" + Random.Shared.Next(10_000, 99_999) + Next());

    /// <summary>A number in six digits, one more each time.</summary>
    public static string Next() => Interlocked.Increment(ref last).ToString("D6");

    /// <summary>Values from JSON text.</summary>
    public static Dictionary<string, JsonElement> Values(string json) =>
        JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(json)!;

    public static JsonElement Json(string json) => JsonSerializer.Deserialize<JsonElement>(json);

    /// <summary>A person with values of every class.</summary>
    public static NewRegistrant Amira(Identifier? uin = null) =>
        new()
        {
            Kind = RegistrantKinds.Individual,
            Values = Values(
                """
                {"given_name":"Amira","surname":"Solbakk","sex":"female","birth_date":"1984-03-02","marital_status":"M",
                 "phone_number":["+99912345678"],"address":[{"address_line_1":"Mill Lane 4","locality":"Vessby","country_code":"NW"}],
                 "is_disabled":false,"area":"N-01-004","education_level":"3"}
                """
            ),
            Identifiers = [uin ?? NewUin()],
            Reason = "first registration",
        };

    public static NewRegistrant Household(Identifier? number = null) =>
        new()
        {
            Kind = RegistrantKinds.Group,
            Values = Values("""{"group_type":"2","area":"N-01-004","poverty_score":41.5}"""),
            Identifiers = [number ?? NewHousehold()],
        };

    /// <summary>A group that is no household and needs no head.</summary>
    public static NewRegistrant Club() => Household() with { Values = Values("""{"group_name":"Farmers"}""") };

    public static async Task<RegistrantView> StoreAsync(this IRegistrants registrants, NewRegistrant registrant) =>
        (await registrants.CreateAsync(registrant, PortCallers.Registrar, CancellationToken.None)).Require();

    /// <summary>The text of a value.</summary>
    public static string? Text(this RegistrantView view, string field) =>
        view.Values.TryGetValue(field, out var value) ? value.GetString() : null;
}
