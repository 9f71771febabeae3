using System.Text.Json;
using System.Text.Json.Serialization;
using SocialRegistry.Contracts;

namespace SocialRegistry.Access.Roles;

/// <summary>What a role shows of fields of each class: <c>clear</c>, <c>masked</c> or <c>none</c>. Public fields are always clear.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record RoleClasses
{
    public string Internal { get; init; } = "none";

    public string Personal { get; init; } = "none";

    public string Sensitive { get; init; } = "none";
}

/// <summary>What a role gives its holders, as a whole.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public record RoleRequest
{
    /// <summary>1 to 100 characters.</summary>
    public required string Title { get; init; }

    /// <summary>Up to 500 characters.</summary>
    public string? Description { get; init; }

    /// <summary>Why holders look at data; the first is taken when a request names none.</summary>
    public IReadOnlyList<string> Purposes { get; init; } = [];

    /// <summary>See <c>GET /api/v1/permissions</c>. Beside <c>access:manage</c> stands none that reads persons.</summary>
    public required IReadOnlyList<string> Permissions { get; init; }

    public RoleClasses Classes { get; init; } = new();

    /// <summary>Fields and identifier types, by id, that are shown otherwise than their class says: <c>clear</c>, <c>masked</c> or <c>none</c>.</summary>
    public IReadOnlyDictionary<string, string> Fields { get; init; } = new Dictionary<string, string>();

    /// <summary>A query tree: holders know only of records of which it is true. Absent: of all.</summary>
    public JsonElement? Population { get; init; }

    /// <summary>Holders sign in with a one-time code.</summary>
    public bool CodeRequired { get; init; }
}

/// <summary>A role to be made.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record CreateRoleRequest : RoleRequest
{
    /// <summary>Lower-case letters, digits and hyphens, up to 60; never given a second time.</summary>
    public required string Name { get; init; }

    /// <summary>Who may hold it: <c>staff</c> or <c>person</c>; a role of kind <c>partner</c> is a set of scopes for partners.</summary>
    public string Kind { get; init; } = "staff";
}

/// <summary>A role.</summary>
public sealed record RoleResponse
{
    public required string Name { get; init; }

    public required string Kind { get; init; }

    public required string Title { get; init; }

    public string? Description { get; init; }

    public required IReadOnlyList<string> Purposes { get; init; }

    public required IReadOnlyList<string> Permissions { get; init; }

    public required RoleClasses Classes { get; init; }

    public required IReadOnlyDictionary<string, string> Fields { get; init; }

    public JsonElement? Population { get; init; }

    public required bool CodeRequired { get; init; }

    /// <summary>A retired role gives nothing and is held by nobody.</summary>
    public required bool Retired { get; init; }

    /// <summary>The ETag.</summary>
    public required long Version { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    internal static RoleResponse Of(Role role)
    {
        var content = role.ToContent();
        return new RoleResponse
        {
            Name = role.Name,
            Kind = Word(content.Kind),
            Title = content.Title,
            Description = content.Description,
            Purposes = content.Purposes,
            Permissions = content.Permissions,
            Classes = new RoleClasses
            {
                Internal = Word(content.Classes.Internal),
                Personal = Word(content.Classes.Personal),
                Sensitive = Word(content.Classes.Sensitive),
            },
            Fields = content.Fields.ToDictionary(f => f.Key, f => Word(f.Value)),
            Population = content.Population is null ? null : JsonElement.Parse(content.Population),
            CodeRequired = content.CodeRequired,
            Retired = role.Retired,
            Version = role.Version,
            UpdatedAt = role.UpdatedAt,
        };
    }

    internal static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}

/// <summary>One thing that can be allowed.</summary>
/// <param name="ReadsPersons">True when it gives sight of persons: it then never stands beside <c>access:manage</c>.</param>
public sealed record PermissionResponse(string Id, string Description, bool ReadsPersons);
