using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using SocialRegistry.Access.Accounts;
using SocialRegistry.Access.Changes;
using SocialRegistry.Access.Persistence;
using SocialRegistry.Access.Roles;
using SocialRegistry.Access.Setup;
using SocialRegistry.Contracts;

namespace SocialRegistry.Access.Users;

/// <summary>What accounts are and may do, as an administrator sets it. Nobody does it to her own.</summary>
internal sealed class ChangeUsers(
    AccessWork work,
    UserWork users,
    IFieldCatalogue catalogue,
    Passwords passwords,
    RegistrantLinks links
)
{
    private static readonly JsonSerializerOptions Plain = new(JsonSerializerDefaults.Web);

    public async Task<Outcome<OneTimePasswordResponse>> CreateAsync(
        CreateUserRequest request,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var names = new CatalogueNames(await catalogue.GetAsync(cancellationToken));
        var (password, hash) = passwords.MakeOneTime();
        return await work.RunAsync<OneTimePasswordResponse>(
            async (db, now) =>
            {
                var standing = await RoleDirectory.StandingAsync(db, cancellationToken);
                var place = Place(request);
                var user = UserReader.User(place);
                var roles = UserReader.Roles(place, standing);
                var areas = UserReader.Areas(place);
                var registrant = UserReader.Registrant(place.Member("registrant"), names);
                if (registrant is not null && !UserReader.IsPerson(roles, standing))
                {
                    place.Wrong("roles", "registrant belongs to a role of persons");
                }

                if (place.Problems.Count > 0 || user is null)
                {
                    return AccessProblems.Invalid(place.Problems);
                }

                var key = Account.KeyOf(user);
                if (await db.Accounts.AnyAsync(a => a.UserKey == key, cancellationToken))
                {
                    return UserProblems.Taken;
                }

                var account = new Account(Guid.CreateVersion7(now), user, now);
                account.SetRoles(roles, now);
                account.SetAreas(areas, now);
                account.SetPassword(hash, expired: true, now);
                if (registrant is not null)
                {
                    links.Store(account, registrant, now);
                }

                db.Accounts.Add(account);
                var changes = Difference.Between(null, UserState.Of(account));
                db.Changes.Add(AccessEntry.Of("users.created", UserWork.Target, user, changes, caller, now));
                return new OneTimePasswordResponse(UserResponse.Of(account), password);
            },
            cancellationToken
        );
    }

    public Task<Outcome<UserResponse>> SetRightsAsync(
        string id,
        long expected,
        ChangeUserRequest request,
        Caller caller,
        CancellationToken cancellationToken
    ) =>
        users.RunAsync(
            id,
            expected,
            "users.rights_changed",
            caller,
            async (db, account, now) =>
            {
                var standing = await RoleDirectory.StandingAsync(db, cancellationToken);
                var place = Place(request);
                var roles = UserReader.Roles(place, standing);
                var areas = UserReader.Areas(place);
                if (place.Problems.Count > 0)
                {
                    return AccessProblems.Invalid(place.Problems);
                }

                if (account.LinkTail is not null && !UserReader.IsPerson(roles, standing))
                {
                    return UserProblems.Linked;
                }

                account.SetRoles(roles, now);
                account.SetAreas(areas, now);
                return null;
            },
            cancellationToken
        );

    public async Task<Outcome<UserResponse>> LinkAsync(
        string id,
        long expected,
        Identifier? identifier,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var names = new CatalogueNames(await catalogue.GetAsync(cancellationToken));
        return await users.RunAsync(
            id,
            expected,
            identifier is null ? "users.registrant_unlinked" : "users.registrant_linked",
            caller,
            async (db, account, now) =>
            {
                var registrant = identifier;
                if (identifier is not null)
                {
                    var place = Place(identifier);
                    registrant = UserReader.Registrant(place, names);
                    if (place.Problems.Count > 0)
                    {
                        return AccessProblems.Invalid(place.Problems);
                    }

                    var standing = await RoleDirectory.StandingAsync(db, cancellationToken);
                    if (!UserReader.IsPerson(account.Roles, standing))
                    {
                        return UserProblems.NotAPerson;
                    }
                }

                links.Store(account, registrant, now);
                // A session holds the record that was found when it was opened.
                await UserWork.EndSessionsAsync(db, account, cancellationToken);
                return null;
            },
            cancellationToken
        );
    }

    private static JsonPlace Place<T>(T request) => new(JsonSerializer.SerializeToElement(request, Plain), "", []);
}
