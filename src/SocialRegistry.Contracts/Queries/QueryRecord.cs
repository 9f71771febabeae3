using System.Text.Json;

namespace SocialRegistry.Contracts;

/// <summary>What <see cref="QueryEvaluation"/> looks at: a record with its clear values and who stands around it.</summary>
public sealed record QueryRecord
{
    /// <summary><see cref="RegistrantKinds"/>.</summary>
    public required string Kind { get; init; }

    public string Status { get; init; } = "active";

    /// <summary>Clear values by field id.</summary>
    public required IReadOnlyDictionary<string, JsonElement> Values { get; init; }

    public IReadOnlyList<Identifier> Identifiers { get; init; } = [];

    /// <summary>Codes of the areas above the one in the value of <c>area</c>.</summary>
    public IReadOnlyCollection<string> AreasAbove { get; init; } = [];

    /// <summary>Of a group: its open members.</summary>
    public Func<IEnumerable<QueryRecord>> Members { get; init; } = () => [];

    /// <summary>Of an individual: the groups she is an open member of.</summary>
    public Func<IEnumerable<QueryRecord>> Groups { get; init; } = () => [];

    public Func<RelativeKind, IEnumerable<QueryRecord>> Relatives { get; init; } = _ => [];
}
