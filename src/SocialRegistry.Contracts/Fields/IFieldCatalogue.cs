using System.Text.Json;

namespace SocialRegistry.Contracts;

/// <summary>The fields, code lists and identifier types of this registry. Reading it needs no permission: it holds no personal data.</summary>
public interface IFieldCatalogue
{
    /// <summary>The catalogue that stands.</summary>
    Task<CatalogueView> GetAsync(CancellationToken cancellationToken);
}

/// <summary>One state of the catalogue.</summary>
public sealed record CatalogueView
{
    /// <summary>One more with every change.</summary>
    public required int Version { get; init; }

    public required IReadOnlyList<FieldView> Fields { get; init; }

    public required IReadOnlyList<CodeListView> CodeLists { get; init; }

    public required IReadOnlyList<IdentifierTypeView> IdentifierTypes { get; init; }

    /// <summary>Finds a published field of a kind by its id.</summary>
    public FieldView? Field(string kind, string id) => Fields.FirstOrDefault(f => f.Id == id && f.Kind == kind);
}

/// <summary>What values a field takes.</summary>
public enum FieldType
{
    Text,
    Integer,
    Decimal,

    /// <summary>ISO 8601 calendar date, <c>YYYY-MM-DD</c>.</summary>
    Date,
    Boolean,

    /// <summary>A code of the field's code list.</summary>
    Code,

    /// <summary>An object with the members in <see cref="FieldView.Parts"/>.</summary>
    Group,
}

/// <summary>How a field is protected: public and internal stand clear, personal and sensitive are SRF1 (design section 5).</summary>
public enum FieldClass
{
    Public,
    Internal,
    Personal,
    Sensitive,
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

    public string Section { get; init; } = "general";

    /// <summary>True: the value is a JSON array of this type.</summary>
    public bool Repeated { get; init; }

    public bool Required { get; init; }

    /// <summary>Attestors may state that the value is true.</summary>
    public bool Attestable { get; init; }

    public bool Searchable { get; init; }

    /// <summary>Id of the code list of a <see cref="FieldType.Code"/>.</summary>
    public string? CodeList { get; init; }

    /// <summary>Members of a <see cref="FieldType.Group"/>; their class is the field's.</summary>
    public IReadOnlyList<FieldView> Parts { get; init; } = [];

    /// <summary>A JSON Schema 2020-12 fragment the value must meet: here <c>pattern</c>, <c>minLength</c>, <c>maxLength</c>, <c>minimum</c>, <c>maximum</c>, <c>maxItems</c>.</summary>
    public JsonElement? Validation { get; init; }

    /// <summary>Path in the DCI record, such as <c>demographic_info.name.given_name</c>; absent when DCI has no such member.</summary>
    public string? DciPath { get; init; }

    /// <summary>Claim name in credentials; absent when it never becomes a claim.</summary>
    public string? Claim { get; init; }
}

/// <summary>Allowed codes.</summary>
public sealed record CodeListView(string Id, IReadOnlyList<CodeView> Codes);

/// <summary>One code with its labels by language and what partners also call it.</summary>
public sealed record CodeView(string Code, IReadOnlyDictionary<string, string> Labels, IReadOnlyList<string> Synonyms);

/// <summary>A scheme of identifiers.</summary>
public sealed record IdentifierTypeView
{
    public required string Id { get; init; }

    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    /// <summary>Kind of registrant that carries it.</summary>
    public required string Kind { get; init; }

    /// <summary>Regular expression over the normalised value; absent means any.</summary>
    public string? Pattern { get; init; }

    /// <summary><c>alphanumeric</c> (upper case, letters and digits only), <c>digits</c> or <c>text</c> (NFKC, case folded, trimmed).</summary>
    public string Normalisation { get; init; } = "alphanumeric";

    /// <summary>Other spellings on the wire, such as <c>NationalID</c>.</summary>
    public IReadOnlyList<string> Synonyms { get; init; } = [];

    /// <summary>The rule that the last characters of a number obey (<see cref="CheckDigits"/>); absent means none.</summary>
    public string? CheckDigit { get; init; }

    /// <summary>How this registry makes numbers of the type itself; absent means that it does not.</summary>
    public IdentifierGeneratorView? Generator { get; init; }
}
