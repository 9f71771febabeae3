using System.Text.Json;
using SocialRegistry.Contracts;

namespace SocialRegistry.Api.Fields;

/// <summary>The form of a kind of record.</summary>
public sealed record FormResponse
{
    public required string Kind { get; init; }

    /// <summary>ISO 639-3.</summary>
    public required string Language { get; init; }

    /// <summary><c>ltr</c> or <c>rtl</c>: which way the language is written.</summary>
    public required string Direction { get; init; }

    /// <summary>The version of the catalogue that the form was made from.</summary>
    public required int CatalogueVersion { get; init; }

    /// <summary>In the order in which they are shown; none is empty.</summary>
    public required IReadOnlyList<FormSection> Sections { get; init; }

    private static readonly HashSet<string> RightToLeft =
    [
        "ara",
        "arc",
        "div",
        "fas",
        "heb",
        "kur",
        "pus",
        "snd",
        "urd",
        "uig",
    ];

    /// <summary>Makes the form from the catalogue; a person sees no field that is hidden from her.</summary>
    internal static FormResponse For(CatalogueView catalogue, string kind, string language, bool forPerson)
    {
        var fields = catalogue
            .Fields.Where(f =>
                f.Kind == kind
                && f.State == FieldState.Published
                && !(forPerson && f.SelfService == SelfServiceRule.Hidden)
            )
            .ToLookup(f => f.Section);
        var sections = catalogue.CodeLists.FirstOrDefault(l => l.Id == "section")?.Codes ?? [];
        return new FormResponse
        {
            Kind = kind,
            Language = language,
            Direction = RightToLeft.Contains(language) ? "rtl" : "ltr",
            CatalogueVersion = catalogue.Version,
            Sections =
            [
                .. sections
                    .Select(s => (Id: s.Code, Label: Label(s.Labels, language)))
                    .Concat(
                        // A catalogue without a list of sections names them by their ids.
                        fields
                            .Select(g => g.Key)
                            .Except(sections.Select(s => s.Code))
                            .Select(id => (Id: id, Label: id))
                    )
                    .Where(s => fields.Contains(s.Id))
                    .Select(s => new FormSection(
                        s.Id,
                        s.Label,
                        [.. fields[s.Id].Select(f => FormField.From(f, catalogue, language))]
                    )),
            ],
        };
    }

    /// <summary>The label in the language, else in eng.</summary>
    internal static string Label(IReadOnlyDictionary<string, string> labels, string language) =>
        labels.GetValueOrDefault(language) ?? labels["eng"];
}

/// <summary>Fields that are shown together.</summary>
public sealed record FormSection(string Id, string Label, IReadOnlyList<FormField> Fields);

/// <summary>One field of a form, or a part of one.</summary>
public sealed record FormField
{
    public required string Id { get; init; }

    public required string Label { get; init; }

    public required FieldType Type { get; init; }

    public required FieldClass Class { get; init; }

    public required bool Repeated { get; init; }

    public required bool Required { get; init; }

    public required bool Attestable { get; init; }

    /// <summary>What a person may do with it in her own record.</summary>
    public required SelfServiceRule SelfService { get; init; }

    /// <summary>How exact a date may be.</summary>
    public required IReadOnlyList<DatePrecision> Precisions { get; init; }

    /// <summary>What a code may be; retired codes are left out.</summary>
    public required IReadOnlyList<FormOption> Options { get; init; }

    public required IReadOnlyList<FormField> Parts { get; init; }

    /// <summary>A JSON Schema 2020-12 fragment.</summary>
    public JsonElement? Validation { get; init; }

    internal static FormField From(FieldView field, CatalogueView catalogue, string language) =>
        new()
        {
            Id = field.Id,
            Label = FormResponse.Label(field.Labels, language),
            Type = field.Type,
            Class = field.Class,
            Repeated = field.Repeated,
            Required = field.Required,
            Attestable = field.Attestable,
            SelfService = field.SelfService,
            Precisions =
                field.Type == FieldType.Date && field.Precisions.Count == 0 ? [DatePrecision.Day] : field.Precisions,
            Options =
            [
                .. (catalogue.CodeLists.FirstOrDefault(l => l.Id == field.CodeList)?.Codes ?? [])
                    .Where(c => !c.Retired)
                    .Select(c => new FormOption(c.Code, FormResponse.Label(c.Labels, language))),
            ],
            Parts = [.. field.Parts.Select(p => From(p, catalogue, language))],
            Validation = field.Validation,
        };
}

/// <summary>A code that may be chosen.</summary>
public sealed record FormOption(string Code, string Label);
