using SocialRegistry.Contracts;

namespace SocialRegistry.Access.Roles;

/// <summary>
/// The field rules of roles, written out for one state of the catalogue: the core is given fields, not classes, so that a field
/// nobody decided about is shown to nobody.
/// </summary>
internal sealed record Sights(FieldScope Fields, FieldScope Masked, FieldScope Filters)
{
    /// <summary>What is no field of the catalogue but is shown or filtered by like an internal one; it names other records.</summary>
    private static readonly string[] Beside =
    [
        "memberships",
        "member_list",
        "group_head_info",
        "relationships",
        "related_person",
        "area",
    ];

    /// <summary>What every record has and is no secret to who may read records.</summary>
    private static readonly string[] Filterable = ["kind", "status"];

    /// <param name="catalogue">Not needed when the roles show everything or nothing.</param>
    public static Sights Of(IReadOnlyCollection<RoleContent> roles, CatalogueView? catalogue)
    {
        if (roles.Any(role => role.ShowsAll))
        {
            return new Sights(FieldScope.All, FieldScope.None, FieldScope.All);
        }

        if (catalogue is null || roles.All(ShowsNothing))
        {
            return new Sights(FieldScope.None, FieldScope.None, FieldScope.None);
        }

        var fields = new HashSet<string>();
        var masked = new HashSet<string>();
        var filters = new HashSet<string>(Filterable);
        var classes = Classes(catalogue);
        foreach (var (id, fieldClass) in classes)
        {
            var sight = roles.Max(role => Sight(role, id, fieldClass));
            if (sight != FieldSight.None)
            {
                fields.Add(id);
                (sight == FieldSight.Masked ? masked : filters).Add(id);
            }
        }

        if (catalogue.IdentifierTypes.All(type => filters.Contains(type.Id)))
        {
            fields.Add("identifiers");
            filters.Add("identifiers");
        }

        return new Sights(FieldScope.Of(fields), FieldScope.Of(masked), FieldScope.Of(filters));
    }

    public static bool ShowsNothing(RoleContent role) => role.Classes == ClassSights.None && role.Fields.Count == 0;

    /// <summary>The class of each name; of a field that two kinds define, the narrower one.</summary>
    private static Dictionary<string, FieldClass> Classes(CatalogueView catalogue)
    {
        var classes = Beside.ToDictionary(name => name, _ => FieldClass.Internal);
        foreach (var field in catalogue.Fields)
        {
            classes[field.Id] = classes.TryGetValue(field.Id, out var other)
                ? (FieldClass)Math.Max((int)other, (int)field.Class)
                : field.Class;
        }

        foreach (var type in catalogue.IdentifierTypes)
        {
            classes[type.Id] = FieldClass.Personal;
        }

        return classes;
    }

    private static FieldSight Sight(RoleContent role, string id, FieldClass fieldClass) =>
        role.Fields.TryGetValue(id, out var named)
            ? named
            : fieldClass switch
            {
                FieldClass.Public => FieldSight.Clear,
                FieldClass.Internal => role.Classes.Internal,
                FieldClass.Personal => role.Classes.Personal,
                _ => role.Classes.Sensitive,
            };
}
