using System.Text.Json.Serialization;

namespace SocialRegistry.Contracts;

/// <summary>Allowed codes.</summary>
/// <param name="Id">snake_case.</param>
/// <param name="Codes">In the order in which forms offer them.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record CodeListView(string Id, IReadOnlyList<CodeView> Codes)
{
    /// <summary>Labels of the list itself by ISO 639-3 language code.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();
}

/// <summary>One code with its labels by language and what partners also call it.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record CodeView(string Code, IReadOnlyDictionary<string, string> Labels, IReadOnlyList<string> Synonyms)
{
    /// <summary>Other words for the code, in files and messages, compared without case.</summary>
    public IReadOnlyList<string> Synonyms { get; init; } = Synonyms ?? [];

    /// <summary>The one word that a standard or a partner uses for this code, by the name of the standard (<c>dci</c>, <c>fhir</c>) or the partner's id.</summary>
    public IReadOnlyDictionary<string, string> Mappings { get; init; } = new Dictionary<string, string>();

    /// <summary>In a list of relations: the code that holds the other way round, whatever the sexes.</summary>
    public string? Inverse { get; init; }

    /// <summary>In the list <c>membership_kind</c>: at most one open member of a group is of this kind.</summary>
    public bool Unique { get; init; }

    /// <summary>No value takes this code any more; the values that have it stay.</summary>
    public bool Retired { get; init; }
}

/// <summary>A scheme of identifiers.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
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

    /// <summary>No record takes a new identifier of this type; those that are there stay and are found.</summary>
    public bool Retired { get; init; }
}
