using SocialRegistry.Access.Accounts;
using SocialRegistry.Access.Roles;
using SocialRegistry.Access.Sessions;
using SocialRegistry.Contracts;

namespace SocialRegistry.Access.Setup;

/// <summary>Reads what is said of an account, by the bootstrap file or an administrator.</summary>
internal static class UserReader
{
    public static readonly string[] Members = ["user", "password", "roles", "areas", "registrant"];

    private const int MaxUser = 100;
    private const int MaxRoles = 20;

    /// <summary>Areas of one account; each call to the core carries them.</summary>
    public const int MaxAreas = 100;

    private const int MaxAreaCode = 60;

    /// <summary>One item of <c>users</c>.</summary>
    public static UserEntry? Read(
        JsonPlace place,
        CatalogueNames names,
        IReadOnlyDictionary<string, RoleContent> standing
    )
    {
        if (!place.IsObject(Members))
        {
            return null;
        }

        var user = User(place);
        var password = Password(place, user ?? "");
        var areas = Areas(place);
        var roles = Roles(place, standing);
        var registrant = Registrant(place.Member("registrant"), names);
        if (registrant is not null && !IsPerson(roles, standing))
        {
            place.Wrong("roles", "registrant belongs to the role person");
        }

        return user is null || password is null
            ? null
            : new UserEntry
            {
                User = user,
                Password = password,
                Roles = roles,
                Areas = areas,
                Registrant = registrant,
            };
    }

    /// <summary>True when these roles are those of a person about her own record.</summary>
    public static bool IsPerson(IEnumerable<string> roles, IReadOnlyDictionary<string, RoleContent> standing) =>
        roles.Any(role => standing.TryGetValue(role, out var content) && content.Kind == CallerKind.Person);

    public static string? User(JsonPlace place)
    {
        if (place.Required("user") is not { } member || member.Text(MaxUser) is not { } user)
        {
            return null;
        }

        if (user == user.Trim())
        {
            return user;
        }

        member.Wrong("pattern", "no blanks at the ends");
        return null;
    }

    /// <summary>At least one role, all of them standing, and such that one account may hold them together. Sorted.</summary>
    public static IReadOnlyList<string> Roles(JsonPlace place, IReadOnlyDictionary<string, RoleContent> standing)
    {
        string[] known = [.. standing.Keys.Order(StringComparer.Ordinal)];
        var roles = place.Required("roles")?.Distinct(MaxRoles, role => role.Word(known)) ?? [];
        if (roles.Count == 0)
        {
            place.Wrong("required", "at least one role");
        }

        if (RoleRules.Conflict([.. roles.Select(role => standing[role])]) is { } conflict)
        {
            place.Wrong("roles", conflict);
        }

        return [.. roles.Order(StringComparer.Ordinal)];
    }

    /// <summary>Codes of areas, sorted; none means everywhere. A code that no area has yet admits nobody until it has.</summary>
    public static IReadOnlyList<string> Areas(JsonPlace place) =>
        [
            .. (place.Member("areas")?.Distinct(MaxAreas, area => area.Text(MaxAreaCode)) ?? []).Order(
                StringComparer.Ordinal
            ),
        ];

    public static Identifier? Registrant(JsonPlace? place, CatalogueNames names)
    {
        if (place is not { } member || !member.IsObject(["type", "value"]))
        {
            return null;
        }

        var type = member.Required("type");
        var value = member.Required("value")?.Text(200);
        if (type?.Text(100) is not { } name || value is null)
        {
            return null;
        }

        if (names.FindIdentifierType(name) is { } id)
        {
            return new Identifier(id, value);
        }

        type.Value.Wrong("unknown", "an identifier type of the catalogue");
        return null;
    }

    private static string? Password(JsonPlace place, string user)
    {
        if (place.Required("password") is not { } member || member.Text(Passwords.MaxLength) is not { } password)
        {
            return null;
        }

        if (SignIn.IsAcceptable(user, password))
        {
            return password;
        }

        member.Wrong("length", $"at least {Passwords.MinLength} characters, and not the user name");
        return null;
    }
}
