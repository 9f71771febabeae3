using System.Globalization;

namespace SocialRegistry.Host.Demo;

/// <summary>One person as a row of the persons file.</summary>
internal static class SampleCountryPersonRow
{
    public static string[] Columns { get; } =
    [
        "UIN",
        "household",
        "membership_kind",
        "given_name",
        "second_name",
        "surname",
        "maiden_name",
        "sex",
        "birth_date",
        "place_of_birth",
        "marital_status",
        "language_code",
        "phone_number",
        "email",
        "address.address_line_1",
        "address.locality",
        "address.sub_region_code",
        "address.region_code",
        "address.postal_code",
        "address.country_code",
        "area",
        "is_disabled",
        "disability_info.disability_limitation_type",
        "disability_info.functional_severity",
        "employment_status",
        "occupation",
        "income_level",
        "education_level",
    ];

    private static readonly string[] Limitations = ["VIS_SS", "HEAR_SS", "MOB_SS", "COG_SS", "SC_SS", "COM_SS"];
    private static readonly string[] Occupations = ["1", "2", "3", "4", "5", "6", "6", "6", "7", "8", "9"];

    /// <param name="full">Something stands in every field that fits a living person without a disability.</param>
    public static string?[] Of(
        SampleCountryRandom random,
        SampleCountryPerson person,
        SampleCountryPlace place,
        string household,
        string address,
        string uin,
        bool full
    )
    {
        var isHead = person.Kind == "head";
        var adult = person.Age >= 18;
        var disabled = !(full && isHead) && random.Percent(person.Age > 60 ? 22 : 5);
        var working = person.Age is >= 16 and < 66 && (isHead || random.Percent(62));
        var bornElsewhere = !isHead && random.Percent(20);
        return
        [
            uin,
            household,
            person.Kind,
            person.Given,
            person.Second,
            person.Family,
            person.Maiden,
            person.Female ? "female" : "male",
            person.BirthDate.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            bornElsewhere ? random.Pick(SampleCountryPlaces.All).Name : place.Name,
            person.MaritalStatus,
            place.Names.Language,
            isHead || (adult && random.Percent(70)) ? Phone(random) : null,
            isHead && (full || random.Percent(30)) ? $"hh{uin[^6..]}@mail.example" : null,
            address,
            place.Name,
            place.District,
            place.Region,
            place.PostalCode,
            SampleCountryPlaces.Country,
            place.Area,
            disabled ? "true" : "false",
            disabled ? random.Pick(Limitations) : null,
            disabled ? random.Between(2, 4).ToString(CultureInfo.InvariantCulture) : null,
            person.Age < 16 ? null
            : working ? random.Pick(["4", "6", "6", "8"])
            : "2",
            working ? random.Pick(Occupations) : null,
            isHead ? "1" : null,
            Education(random, person.Age),
        ];
    }

    /// <summary>+999 belongs to no country.</summary>
    private static string Phone(SampleCountryRandom random) =>
        "+999" + random.Between(10_000_000, 99_999_999).ToString(CultureInfo.InvariantCulture);

    private static string? Education(SampleCountryRandom random, int age) =>
        age switch
        {
            < 4 => null,
            < 7 => "0",
            < 13 => "1",
            < 16 => "2",
            < 19 => "3",
            _ => random.Pick(["0", "1", "1", "2", "3", "3", "4", "6", "7"]),
        };
}
