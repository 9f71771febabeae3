using SocialRegistry.Access.Accounts;
using SocialRegistry.Access.Sessions;
using SocialRegistry.Contracts;

namespace SocialRegistry.Access.Setup;

/// <summary>One item of <c>users</c>.</summary>
internal static class UserReader
{
    public static readonly string[] Members = ["user", "password", "roles", "areas", "registrant"];

    private static readonly string[] RoleNames = [.. Roles.All.Keys.Order(StringComparer.Ordinal)];

    public static UserEntry? Read(JsonPlace place, CatalogueNames names)
    {
        if (!place.IsObject(Members))
        {
            return null;
        }

        var user = User(place);
        var password = Password(place, user ?? "");
        if (place.Member("areas") is { } areas && areas.Items(10_000).Count > 0)
        {
            areas.Wrong("unsupported", "this version cannot hold an account to areas; leave it out or empty");
        }

        var roles = place.Required("roles")?.Distinct(20, role => role.Word(RoleNames)) ?? [];
        if (roles.Count == 0)
        {
            place.Wrong("required", "at least one role");
        }

        if (Roles.Conflict(roles) is { } conflict)
        {
            place.Wrong("roles", conflict);
        }

        var registrant = Registrant(place, names);
        if (registrant is not null && !roles.Contains(Roles.Person))
        {
            place.Wrong("roles", "registrant belongs to the role person");
        }

        return user is null || password is null
            ? null
            : new UserEntry
            {
                User = user,
                Password = password,
                Roles = [.. roles.Order(StringComparer.Ordinal)],
                Registrant = registrant,
            };
    }

    private static string? User(JsonPlace place)
    {
        if (place.Required("user") is not { } member || member.Text(100) is not { } user)
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

    private static Identifier? Registrant(JsonPlace place, CatalogueNames names)
    {
        if (place.Member("registrant") is not { } member || !member.IsObject(["type", "value"]))
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
}
