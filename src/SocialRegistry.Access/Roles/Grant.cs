using SocialRegistry.Contracts;

namespace SocialRegistry.Access.Roles;

/// <summary>What an account may do. The first purpose is the one taken when none is named.</summary>
internal sealed record Grant
{
    public required CallerKind Kind { get; init; }

    public required IReadOnlySet<string> Permissions { get; init; }

    public required FieldScope Fields { get; init; }

    /// <summary>Those of <see cref="Fields"/> that are shown masked.</summary>
    public required FieldScope Masked { get; init; }

    public required FieldScope Filters { get; init; }

    public required Query? Population { get; init; }

    public required IReadOnlyList<string> Purposes { get; init; }

    public required bool CodeRequired { get; init; }

    /// <summary>Permissions and fields of several roles add up; their row rules narrow each other, so that no second role opens what the first one closes.</summary>
    public static Grant Of(IReadOnlyCollection<RoleContent> roles, CatalogueView? catalogue)
    {
        var kind = roles.Any(role => role.Kind == CallerKind.Person) ? CallerKind.Person : CallerKind.Staff;
        var sights = Sights.Of(roles, catalogue);
        var populations = roles
            .Where(role => role.Population is not null)
            .Select(role => QueryReader.Read(role.Population!, "population").Require())
            .ToList();
        return new Grant
        {
            Kind = kind,
            Permissions = roles.SelectMany(role => role.Permissions).ToHashSet(),
            Fields = sights.Fields,
            Masked = sights.Masked,
            Filters = kind == CallerKind.Person ? FieldScope.None : sights.Filters,
            Population = populations switch
            {
                [] => null,
                [var one] => one,
                _ => new AndQuery(populations),
            },
            Purposes = [.. roles.SelectMany(role => role.Purposes).Distinct()],
            CodeRequired = roles.Any(role => role.CodeRequired),
        };
    }
}
