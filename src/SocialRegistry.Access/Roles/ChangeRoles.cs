using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using SocialRegistry.Access.Accounts;
using SocialRegistry.Access.Changes;
using SocialRegistry.Access.Persistence;
using SocialRegistry.Access.Setup;
using SocialRegistry.Contracts;

namespace SocialRegistry.Access.Roles;

/// <summary>What an administrator does with roles. Nobody changes a role that she holds.</summary>
internal sealed class ChangeRoles(AccessWork work, IFieldCatalogue catalogue)
{
    private const string Target = "role";

    /// <summary>Retired ones included, so that the list stays one to read.</summary>
    private const int MaxRoles = 500;

    private static readonly JsonSerializerOptions Plain = new(JsonSerializerDefaults.Web);

    private static readonly string[] Needed =
    [
        RoleNames.SystemAdministrator,
        RoleNames.Person,
        RoleNames.PartnerSystem,
    ];

    public async Task<Outcome<RoleResponse>> CreateAsync(
        CreateRoleRequest request,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var names = new CatalogueNames(await catalogue.GetAsync(cancellationToken));
        var place = Place(request);
        var name = RoleReader.Name(place);
        var kind = RoleReader.Kind(place);
        var content = RoleReader.Content(place, kind ?? CallerKind.Staff, names);
        if (place.Problems.Count > 0 || name is null)
        {
            return AccessProblems.Invalid(place.Problems);
        }

        return await work.RunAsync<RoleResponse>(
            async (db, now) =>
            {
                if (await db.Roles.AnyAsync(r => r.Name == name, cancellationToken))
                {
                    return RoleProblems.Taken;
                }

                if (await db.Roles.CountAsync(cancellationToken) >= MaxRoles)
                {
                    return RoleProblems.TooMany(MaxRoles);
                }

                var role = new Role(name, content, now);
                db.Roles.Add(role);
                db.Changes.Add(
                    AccessEntry.Of("roles.created", Target, name, Difference.Between(null, content), caller, now)
                );
                return RoleResponse.Of(role);
            },
            cancellationToken
        );
    }

    public async Task<Outcome<RoleResponse>> SetAsync(
        string name,
        long expected,
        RoleRequest request,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var names = new CatalogueNames(await catalogue.GetAsync(cancellationToken));
        return await RunAsync(
            name,
            expected,
            "roles.changed",
            caller,
            async (db, role, now) =>
            {
                var place = Place(request);
                var content = RoleReader.Content(place, role.Kind, names);
                if (place.Problems.Count > 0)
                {
                    return AccessProblems.Invalid(place.Problems);
                }

                if (name == RoleNames.SystemAdministrator && !content.ManagesAccess)
                {
                    return RoleProblems.NeedsManageAccess;
                }

                if (await BreaksAsync(db, name, content, cancellationToken) is var holders && holders > 0)
                {
                    return RoleProblems.BreaksHolders(holders);
                }

                role.Set(content, now);
                return null;
            },
            cancellationToken
        );
    }

    public Task<Outcome<RoleResponse>> RetireAsync(
        string name,
        long expected,
        Caller caller,
        CancellationToken cancellationToken
    ) =>
        RunAsync(
            name,
            expected,
            "roles.retired",
            caller,
            async (db, role, now) =>
            {
                if (Needed.Contains(name))
                {
                    return RoleProblems.Needed;
                }

                var holders = await db.Accounts.CountAsync(
                    a => !a.Deactivated && a.Roles.Contains(name),
                    cancellationToken
                );
                if (holders > 0)
                {
                    return RoleProblems.InUse(holders);
                }

                role.Retire(now);
                return null;
            },
            cancellationToken
        );

    /// <summary>How many accounts would then hold roles that do not go together.</summary>
    private static async Task<int> BreaksAsync(
        AccessDbContext db,
        string name,
        RoleContent content,
        CancellationToken cancellationToken
    )
    {
        var standing = new Dictionary<string, RoleContent>(await RoleDirectory.StandingAsync(db, cancellationToken))
        {
            [name] = content,
        };
        var held = await db
            .Accounts.Where(a => !a.Deactivated && a.Roles.Contains(name))
            .Select(a => a.Roles)
            .ToListAsync(cancellationToken);
        return held.Count(roles =>
            RoleRules.Conflict([.. roles.Select(standing.GetValueOrDefault).OfType<RoleContent>()]) is not null
        );
    }

    private Task<Outcome<RoleResponse>> RunAsync(
        string name,
        long expected,
        string action,
        Caller caller,
        Func<AccessDbContext, Role, DateTimeOffset, Task<Problem?>> change,
        CancellationToken cancellationToken
    ) =>
        work.RunAsync<RoleResponse>(
            async (db, now) =>
            {
                if (
                    !PlainText.Is(name, RoleNames.MaxLength)
                    || await db.Roles.SingleOrDefaultAsync(r => r.Name == name, cancellationToken) is not { } role
                )
                {
                    return RoleProblems.NotFound;
                }

                if (await HoldsAsync(db, caller, name, cancellationToken))
                {
                    return AccessProblems.OwnRights;
                }

                if (role.Retired)
                {
                    return RoleProblems.Retired;
                }

                if (role.Version != expected)
                {
                    return AccessProblems.ChangedSince(role.Version);
                }

                var before = role.ToContent();
                if (await change(db, role, now) is { } problem)
                {
                    return problem;
                }

                var changes = Difference.Between(before, role.Retired ? null : role.ToContent());
                db.Changes.Add(AccessEntry.Of(action, Target, name, changes, caller, now));
                return await Administrators.SaveAsync(db, cancellationToken) is { } nobodyLeft
                    ? nobodyLeft
                    : RoleResponse.Of(role);
            },
            cancellationToken
        );

    private static async Task<bool> HoldsAsync(
        AccessDbContext db,
        Caller caller,
        string role,
        CancellationToken cancellationToken
    )
    {
        if (caller.Kind is not (CallerKind.Staff or CallerKind.Person))
        {
            return false;
        }

        var key = Account.KeyOf(caller.Id);
        return await db.Accounts.AnyAsync(a => a.UserKey == key && a.Roles.Contains(role), cancellationToken);
    }

    private static JsonPlace Place<T>(T request) => new(JsonSerializer.SerializeToElement(request, Plain), "", []);
}
