using System.Text.Json;
using System.Text.Json.Serialization;

namespace SocialRegistry.Contracts;

/// <summary>What values a field takes.</summary>
public enum FieldType
{
    Text,
    Integer,
    Decimal,

    /// <summary>ISO 8601 calendar date; less than a day only where <see cref="FieldView.Precisions"/> allows it.</summary>
    Date,
    Boolean,

    /// <summary>A code of the field's code list.</summary>
    Code,

    /// <summary>An object with the members in <see cref="FieldView.Parts"/>.</summary>
    Group,

    /// <summary>A position (WGS 84): an object with the parts <c>latitude</c> and <c>longitude</c> in degrees, and where known <c>altitude</c> and <c>accuracy</c> in metres.</summary>
    GeoPoint,

    /// <summary>The id of a stored document, a UUID.</summary>
    Document,
}

/// <summary>How a field is protected: public and internal stand clear, personal and sensitive are SRF1 (design section 5).</summary>
public enum FieldClass
{
    Public,
    Internal,
    Personal,
    Sensitive,
}

/// <summary>Where a field stands in its life. A draft is not yet in the catalogue: see <see cref="FieldDraftView"/>.</summary>
public enum FieldState
{
    Published,

    /// <summary>Takes no values any more; those that are there stay readable, and so does the history.</summary>
    Retired,
}

/// <summary>How exact a date is.</summary>
public enum DatePrecision
{
    /// <summary><c>YYYY-MM-DD</c>.</summary>
    Day,

    /// <summary><c>YYYY-MM</c>.</summary>
    Month,

    /// <summary><c>YYYY</c>.</summary>
    Year,
}

/// <summary>What a person may do with the field in her own record.</summary>
public enum SelfServiceRule
{
    Hidden,
    Read,
    Edit,

    /// <summary>What she enters waits until staff accept it.</summary>
    ChangeRequest,
}

/// <summary>What statistics make of the field. Only fields that stand clear can be counted.</summary>
public enum StatisticalUse
{
    None,

    /// <summary>Figures are told apart by it: a code, boolean, date (by year) or whole number.</summary>
    Dimension,

    /// <summary>It is summed and averaged: a number.</summary>
    Measure,
}

/// <summary>Who attests a field and how.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record AttestationPolicyView
{
    /// <summary>Roles whose members may attest, and partners as <c>partner:ID</c>; empty: whoever may attest at all.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>A statement names what was looked at.</summary>
    public bool EvidenceRequired { get; init; }

    /// <summary>A statement names a document of the record that was looked at.</summary>
    public bool DocumentRequired { get; init; }

    /// <summary>How long a statement holds, in months, 1 to 1,200; absent: until the value changes.</summary>
    public int? ValidMonths { get; init; }

    /// <summary>A second person confirms.</summary>
    public bool TwoPersons { get; init; }
}

/// <summary>A field of the catalogue (design section 4).</summary>
public sealed record FieldView
{
    /// <summary>snake_case, unique per kind.</summary>
    public required string Id { get; init; }

    /// <summary><see cref="RegistrantKinds"/>.</summary>
    public required string Kind { get; init; }

    public required FieldType Type { get; init; }

    public required FieldClass Class { get; init; }

    /// <summary>Labels by ISO 639-3 language code; <c>eng</c> is always there.</summary>
    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    public FieldState State { get; init; }

    /// <summary>A code of the code list <c>section</c>: where forms show the field.</summary>
    public string Section { get; init; } = "general";

    /// <summary>True: the value is a JSON array of this type.</summary>
    public bool Repeated { get; init; }

    public bool Required { get; init; }

    /// <summary>Attestors may state that the value is true.</summary>
    public bool Attestable { get; init; }

    public AttestationPolicyView? AttestationPolicy { get; init; }

    public bool Searchable { get; init; }

    /// <summary>Nobody enters it: it is computed from other records whenever it is shown.</summary>
    public bool Computed { get; init; }

    /// <summary>Id of the code list of a <see cref="FieldType.Code"/>.</summary>
    public string? CodeList { get; init; }

    /// <summary>How exact a <see cref="FieldType.Date"/> may be; empty: to the day.</summary>
    public IReadOnlyList<DatePrecision> Precisions { get; init; } = [];

    /// <summary>Members of a <see cref="FieldType.Group"/> or <see cref="FieldType.GeoPoint"/>; their class is the field's.</summary>
    public IReadOnlyList<FieldView> Parts { get; init; } = [];

    /// <summary>A JSON Schema 2020-12 fragment the value must meet; of a repeated field each element, but for <c>minItems</c>, <c>maxItems</c>, <c>uniqueItems</c>.</summary>
    public JsonElement? Validation { get; init; }

    public SelfServiceRule SelfService { get; init; } = SelfServiceRule.Read;

    public StatisticalUse Statistics { get; init; }

    /// <summary>Path in the DCI record, such as <c>demographic_info.name.given_name</c>; absent when DCI has no such member.</summary>
    public string? DciPath { get; init; }

    /// <summary>Path in G2P Connect records where it differs from <see cref="DciPath"/>.</summary>
    public string? G2pPath { get; init; }

    /// <summary>Name in GovStack registries where it differs from <see cref="Id"/>.</summary>
    public string? GovStackName { get; init; }

    /// <summary>Claim name in credentials; absent when it never becomes a claim.</summary>
    public string? Claim { get; init; }

    /// <summary>True when the value is an object: its parts have values, the field itself has not.</summary>
    [JsonIgnore]
    public bool HasParts => Type is FieldType.Group or FieldType.GeoPoint;

    /// <summary>The parts that every <see cref="FieldType.GeoPoint"/> has.</summary>
    public static IReadOnlyList<FieldView> GeoPointParts(string kind, FieldClass fieldClass)
    {
        FieldView Part(string id, string[] labels, int from, int to, bool required) =>
            new()
            {
                Id = id,
                Kind = kind,
                Type = FieldType.Decimal,
                Class = fieldClass,
                Labels = new Dictionary<string, string>
                {
                    ["eng"] = labels[0],
                    ["fra"] = labels[1],
                    ["ara"] = labels[2],
                    ["spa"] = labels[3],
                },
                Required = required,
                Validation = JsonSerializer.SerializeToElement(
                    new Dictionary<string, int> { ["minimum"] = from, ["maximum"] = to }
                ),
                DciPath = id,
                Claim = id,
            };

        return
        [
            Part("latitude", ["Latitude", "Latitude", "خط العرض", "Latitud"], -90, 90, required: true),
            Part("longitude", ["Longitude", "Longitude", "خط الطول", "Longitud"], -180, 180, required: true),
            Part(
                "altitude",
                ["Altitude (m)", "Altitude (m)", "الارتفاع (م)", "Altitud (m)"],
                -500,
                9_000,
                required: false
            ),
            Part(
                "accuracy",
                ["Accuracy (m)", "Précision (m)", "الدقة (م)", "Precisión (m)"],
                0,
                100_000,
                required: false
            ),
        ];
    }
}
