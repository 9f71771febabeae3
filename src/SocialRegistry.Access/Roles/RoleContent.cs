using System.Text.Json.Serialization;
using SocialRegistry.Contracts;

namespace SocialRegistry.Access.Roles;

/// <summary>What a role gives its holders.</summary>
internal sealed record RoleContent
{
    /// <summary>Who may hold it: <see cref="CallerKind.Staff"/>, <see cref="CallerKind.Person"/> or <see cref="CallerKind.Partner"/>.</summary>
    public required CallerKind Kind { get; init; }

    public required string Title { get; init; }

    public string? Description { get; init; }

    /// <summary>Why holders look at data; the first is the one taken when none is named.</summary>
    public required IReadOnlyList<string> Purposes { get; init; }

    /// <summary>Of <see cref="Permissions.All"/>, sorted.</summary>
    public required IReadOnlyList<string> Permissions { get; init; }

    public ClassSights Classes { get; init; } = ClassSights.None;

    /// <summary>Fields and identifier types, by id, that are shown otherwise than their class says.</summary>
    public IReadOnlyDictionary<string, FieldSight> Fields { get; init; } = new Dictionary<string, FieldSight>();

    /// <summary>Only records of which this query (JSON text) is true; absent means any.</summary>
    public string? Population { get; init; }

    /// <summary>Holders sign in with a one-time code; without one set up they can do nothing but set it up.</summary>
    public bool CodeRequired { get; init; }

    [JsonIgnore]
    public bool ManagesAccess => Permissions.Contains(Contracts.Permissions.ManageAccess);

    /// <summary>Everything of every field: then no list of fields is needed.</summary>
    [JsonIgnore]
    public bool ShowsAll => Classes == ClassSights.All && Fields.Values.All(sight => sight == FieldSight.Clear);
}
