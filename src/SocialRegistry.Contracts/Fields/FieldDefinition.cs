using System.Text.Json;
using System.Text.Json.Serialization;

namespace SocialRegistry.Contracts;

/// <summary>
/// A field as people write it down in JSON: in the catalogue's file, in the bootstrap file, as the body of <c>POST /api/v1/fields</c>.
/// Its members mean what those of <see cref="FieldView"/> mean; parts take kind and class from their field. Unknown members are refused.
/// </summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record FieldDefinition
{
    public required string Id { get; init; }

    /// <summary>Needed for a field, absent for a part.</summary>
    public string? Kind { get; init; }

    public required FieldType Type { get; init; }

    /// <summary>Needed for a field, absent for a part.</summary>
    public FieldClass? Class { get; init; }

    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    public string Section { get; init; } = "general";

    public bool Repeated { get; init; }

    public bool Required { get; init; }

    public bool Attestable { get; init; }

    public AttestationPolicyView? AttestationPolicy { get; init; }

    public bool Searchable { get; init; }

    public string? CodeList { get; init; }

    public IReadOnlyList<DatePrecision> Precisions { get; init; } = [];

    public IReadOnlyList<FieldDefinition> Parts { get; init; } = [];

    public JsonElement? Validation { get; init; }

    public SelfServiceRule SelfService { get; init; } = SelfServiceRule.Read;

    public StatisticalUse Statistics { get; init; }

    public string? DciPath { get; init; }

    public string? G2pPath { get; init; }

    public string? GovStackName { get; init; }

    public string? Claim { get; init; }

    /// <summary>Only in a whole catalogue: the field takes no values any more.</summary>
    public bool Retired { get; init; }

    /// <summary>How definitions stand in JSON files.</summary>
    public static JsonSerializerOptions Format { get; } =
        new(JsonSerializerDefaults.Web)
        {
            Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            AllowDuplicateProperties = false,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            MaxDepth = 32,
            RespectNullableAnnotations = true,
        };

    /// <summary>The field; an absent kind or class becomes the empty kind and <see cref="FieldClass.Sensitive"/>, which a check refuses or keeps safe.</summary>
    public FieldView ToView() => ToView(Kind ?? "", Class ?? FieldClass.Sensitive);

    private FieldView ToView(string kind, FieldClass fieldClass) =>
        new()
        {
            Id = Id,
            Kind = kind,
            Type = Type,
            Class = fieldClass,
            Labels = Labels,
            Section = Section,
            Repeated = Repeated,
            Required = Required,
            Attestable = Attestable,
            AttestationPolicy = AttestationPolicy,
            Searchable = Searchable,
            CodeList = CodeList,
            Precisions = Precisions,
            Parts =
                Type == FieldType.GeoPoint && Parts.Count == 0
                    ? FieldView.GeoPointParts(kind, fieldClass)
                    : [.. Parts.Select(p => (p ?? Nothing).ToView(kind, fieldClass))],
            State = Retired ? FieldState.Retired : FieldState.Published,
            Validation = Validation,
            SelfService = SelfService,
            Statistics = Statistics,
            DciPath = DciPath,
            G2pPath = G2pPath,
            GovStackName = GovStackName,
            Claim = Claim,
        };

    /// <summary>Stands for a JSON null among the parts; its empty id is refused.</summary>
    private static readonly FieldDefinition Nothing = new()
    {
        Id = "",
        Type = FieldType.Text,
        Labels = new Dictionary<string, string>(),
    };

    /// <summary>The definition of a field that stands.</summary>
    public static FieldDefinition From(FieldView view) => From(view, isPart: false);

    private static FieldDefinition From(FieldView view, bool isPart) =>
        new()
        {
            Id = view.Id,
            Kind = isPart ? null : view.Kind,
            Type = view.Type,
            Class = isPart ? null : view.Class,
            Labels = view.Labels,
            Section = view.Section,
            Repeated = view.Repeated,
            Required = view.Required,
            Attestable = view.Attestable,
            AttestationPolicy = view.AttestationPolicy,
            Searchable = view.Searchable,
            CodeList = view.CodeList,
            Precisions = view.Precisions,
            // The parts of a position are the type's own.
            Parts = view.Type == FieldType.GeoPoint ? [] : [.. view.Parts.Select(p => From(p, isPart: true))],
            Validation = view.Validation,
            SelfService = view.SelfService,
            Statistics = view.Statistics,
            DciPath = view.DciPath,
            G2pPath = view.G2pPath,
            GovStackName = view.GovStackName,
            Claim = view.Claim,
            Retired = view.State == FieldState.Retired,
        };
}
