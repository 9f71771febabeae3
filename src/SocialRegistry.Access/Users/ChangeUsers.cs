using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using SocialRegistry.Access.Accounts;
using SocialRegistry.Access.Changes;
using SocialRegistry.Access.Persistence;
using SocialRegistry.Access.Roles;
using SocialRegistry.Access.Sessions;
using SocialRegistry.Access.Setup;
using SocialRegistry.Contracts;

namespace SocialRegistry.Access.Users;

/// <summary>What an administrator does with accounts. Nobody does it to her own.</summary>
internal sealed class ChangeUsers(
    AccessWork work,
    IFieldCatalogue catalogue,
    Passwords passwords,
    RegistrantLinks links,
    LockOut lockOut
)
{
    private const string Target = "user";

    private static readonly JsonSerializerOptions Plain = new(JsonSerializerDefaults.Web);

    public async Task<Outcome<OneTimePasswordResponse>> CreateAsync(
        CreateUserRequest request,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var names = new CatalogueNames(await catalogue.GetAsync(cancellationToken));
        var (password, hash) = MakePassword();
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
                db.Changes.Add(AccessEntry.Of("users.created", Target, user, changes, caller, now));
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
        RunAsync(
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
        return await RunAsync(
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
                await EndSessionsAsync(db, account, cancellationToken);
                return null;
            },
            cancellationToken
        );
    }

    public Task<Outcome<UserResponse>> LockAsync(string id, Caller caller, CancellationToken cancellationToken) =>
        RunAsync(
            id,
            null,
            "users.locked",
            caller,
            async (db, account, now) =>
            {
                account.SetSuspended(true, now);
                await EndSessionsAsync(db, account, cancellationToken);
                return null;
            },
            cancellationToken
        );

    /// <summary>Also forgets wrong passwords that locked the name for a while.</summary>
    public async Task<Outcome<UserResponse>> UnlockAsync(string id, Caller caller, CancellationToken cancellationToken)
    {
        var outcome = await RunAsync(
            id,
            null,
            "users.unlocked",
            caller,
            (_, account, now) =>
            {
                account.SetSuspended(false, now);
                return Task.FromResult<Problem?>(null);
            },
            cancellationToken
        );
        if (outcome.Succeeded)
        {
            await lockOut.SucceedAsync(outcome.Value.User, cancellationToken);
        }

        return outcome;
    }

    public async Task<Outcome<OneTimePasswordResponse>> ResetPasswordAsync(
        string id,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var (password, hash) = MakePassword();
        var outcome = await RunAsync(
            id,
            null,
            "users.password_reset",
            caller,
            async (db, account, now) =>
            {
                account.SetPassword(hash, expired: true, now);
                await EndSessionsAsync(db, account, cancellationToken);
                return null;
            },
            cancellationToken
        );
        return outcome.Map(user => new OneTimePasswordResponse(user, password));
    }

    /// <summary>For somebody who lost her device and her recovery codes: a password signs in alone again.</summary>
    public Task<Outcome<UserResponse>> EndCodesAsync(string id, Caller caller, CancellationToken cancellationToken) =>
        RunAsync(
            id,
            null,
            "users.codes_ended",
            caller,
            async (db, account, now) =>
            {
                account.EndCodes(now);
                await EndSessionsAsync(db, account, cancellationToken);
                return null;
            },
            cancellationToken
        );

    public Task<Outcome<UserResponse>> EndSessionsAsync(
        string id,
        Caller caller,
        CancellationToken cancellationToken
    ) =>
        RunAsync(
            id,
            null,
            "users.sessions_ended",
            caller,
            async (db, account, _) =>
            {
                await EndSessionsAsync(db, account, cancellationToken);
                return null;
            },
            cancellationToken
        );

    public Task<Outcome<UserResponse>> DeactivateAsync(
        string id,
        long expected,
        Caller caller,
        CancellationToken cancellationToken
    ) =>
        RunAsync(
            id,
            expected,
            "users.deactivated",
            caller,
            async (db, account, now) =>
            {
                account.Deactivate(now);
                await EndSessionsAsync(db, account, cancellationToken);
                return null;
            },
            cancellationToken
        );

    private Task<Outcome<UserResponse>> RunAsync(
        string id,
        long? expected,
        string action,
        Caller caller,
        Func<AccessDbContext, Account, DateTimeOffset, Task<Problem?>> change,
        CancellationToken cancellationToken
    ) =>
        work.RunAsync<UserResponse>(
            async (db, now) =>
            {
                if (
                    !Guid.TryParseExact(id, "D", out var key)
                    || await db.Accounts.SingleOrDefaultAsync(a => a.Id == key, cancellationToken) is not { } account
                )
                {
                    return UserProblems.NotFound;
                }

                if (caller.Kind is CallerKind.Staff or CallerKind.Person && caller.Id == account.User)
                {
                    return AccessProblems.OwnRights;
                }

                if (account.Deactivated)
                {
                    return UserProblems.Deactivated;
                }

                if (expected is { } version && version != account.Version)
                {
                    return AccessProblems.ChangedSince(account.Version);
                }

                var before = UserState.Of(account);
                if (await change(db, account, now) is { } problem)
                {
                    return problem;
                }

                var changes = Difference.Between(before, UserState.Of(account));
                db.Changes.Add(AccessEntry.Of(action, Target, account.User, changes, caller, now));
                return await Administrators.SaveAsync(db, cancellationToken) is { } nobodyLeft
                    ? nobodyLeft
                    : UserResponse.Of(account);
            },
            cancellationToken
        );

    private static Task<int> EndSessionsAsync(
        AccessDbContext db,
        Account account,
        CancellationToken cancellationToken
    ) => db.Sessions.Where(s => s.AccountId == account.Id).ExecuteDeleteAsync(cancellationToken);

    private (string Password, string Hash) MakePassword()
    {
        var password = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(18));
        return (password, passwords.Hash(password));
    }

    private static JsonPlace Place<T>(T request) => new(JsonSerializer.SerializeToElement(request, Plain), "", []);
}
