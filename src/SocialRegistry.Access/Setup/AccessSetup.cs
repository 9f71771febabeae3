using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using SocialRegistry.Access.Accounts;
using SocialRegistry.Access.Changes;
using SocialRegistry.Access.Partners;
using SocialRegistry.Access.Persistence;
using SocialRegistry.Access.Roles;
using SocialRegistry.Access.Sessions;
using SocialRegistry.Contracts;

namespace SocialRegistry.Access.Setup;

/// <summary>Brings roles, partners and accounts to what a new deployment and its file say.</summary>
internal sealed partial class AccessSetup(
    AccessWork work,
    IFieldCatalogue catalogue,
    RoleDirectory roles,
    PartnerSecrets secrets,
    Passwords passwords,
    RegistrantLinks links,
    TimeProvider time,
    ILogger<AccessSetup> logger
) : IAccessSetup
{
    private static readonly Caller Bootstrap = Caller.System("bootstrap", "cli");

    public async Task<Outcome<Done>> CheckAsync(
        ReadOnlyMemory<byte> file,
        CatalogueView catalogue,
        CancellationToken cancellationToken
    )
    {
        await roles.SeedAsync(cancellationToken);
        return BootstrapReader.Read(file, catalogue, await roles.AllAsync(cancellationToken)).Map(_ => default(Done));
    }

    public async Task<Outcome<AppliedBootstrap>> ApplyAsync(
        ReadOnlyMemory<byte> file,
        CancellationToken cancellationToken
    )
    {
        await roles.SeedAsync(cancellationToken);
        var read = BootstrapReader.Read(
            file,
            await catalogue.GetAsync(cancellationToken),
            await roles.AllAsync(cancellationToken)
        );
        if (!read.Succeeded)
        {
            return read.Problem;
        }

        var outcome = await work.RunAsync<AppliedBootstrap>(
            async (db, _) =>
            {
                var partners = await ApplyPartnersAsync(db, read.Value.Partners, cancellationToken);
                var users = await ApplyUsersAsync(db, read.Value.Users, cancellationToken);
                return new AppliedBootstrap(partners.Added, partners.Changed, users.Added, users.Changed);
            },
            cancellationToken
        );
        var applied = outcome.Require();
        Log.Applied(logger, applied.PartnersAdded, applied.PartnersChanged, applied.UsersAdded, applied.UsersChanged);
        foreach (var partner in read.Value.Partners.Where(p => RoleRules.BreaksSeparation(p.Scopes)))
        {
            Log.NotSeparated(logger, partner.Id);
        }

        return applied;
    }

    public async Task<FirstAdministrator?> EnsureAdministratorAsync(CancellationToken cancellationToken)
    {
        await roles.SeedAsync(cancellationToken);
        var now = time.GetUtcNow();
        var password = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(18));
        var hash = passwords.Hash(password);
        var made = await work.RunAsync<Account?>(
            async (db, _) =>
            {
                if (await Administrators.ExistAsync(db, cancellationToken))
                {
                    return (Account?)null;
                }

                var account = new Account(Guid.CreateVersion7(now), await FreeNameAsync(db, cancellationToken), now);
                account.SetRoles([RoleNames.SystemAdministrator], now);
                account.SetPassword(hash, expired: true, now);
                db.Accounts.Add(account);
                db.Changes.Add(
                    AccessEntry.Of(
                        "users.created",
                        "user",
                        account.User,
                        Difference.Between(null, UserState.Of(account)),
                        Bootstrap,
                        now
                    )
                );
                return account;
            },
            cancellationToken
        );
        if (made.Value is not { } administrator)
        {
            return null;
        }

        Log.AdministratorMade(logger, administrator.Id);
        return new FirstAdministrator(administrator.User, password);
    }

    private async Task<(int Added, int Changed)> ApplyPartnersAsync(
        AccessDbContext db,
        IReadOnlyList<PartnerEntry> entries,
        CancellationToken cancellationToken
    )
    {
        var (added, changed) = (0, 0);
        var now = time.GetUtcNow();
        var ids = entries.Select(entry => entry.Id).ToList();
        var standing = await db.Partners.Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, cancellationToken);
        foreach (var entry in entries)
        {
            var isNew = !standing.TryGetValue(entry.Id, out var partner);
            var before = partner is null ? null : PartnerState.Of(partner);
            partner ??= new Partner(entry.Id, now);
            partner.Apply(entry);
            partner.SetSecret(SecretHash(partner.SecretHash, entry.Secret), now);
            if (isNew)
            {
                db.Partners.Add(partner);
                added++;
            }
            else if (db.Entry(partner).State == EntityState.Modified)
            {
                partner.Touch(now);
                changed++;
            }
            else
            {
                continue;
            }

            Note(
                db,
                isNew ? "partners.created" : "partners.changed",
                "partner",
                partner.Id,
                Difference.Between(before, PartnerState.Of(partner)),
                now
            );
        }

        return (added, changed);
    }

    /// <summary>The hash that stands when it is of this secret: a new salt for the same secret would be a change.</summary>
    private string? SecretHash(string? standing, string? secret) =>
        secret is null ? null
        : standing is not null && secrets.Matches(standing, secret) ? standing
        : secrets.Hash(secret);

    private async Task<(int Added, int Changed)> ApplyUsersAsync(
        AccessDbContext db,
        IReadOnlyList<UserEntry> entries,
        CancellationToken cancellationToken
    )
    {
        var (added, changed) = (0, 0);
        var now = time.GetUtcNow();
        var keys = entries.Select(entry => Account.KeyOf(entry.User)).ToList();
        var standing = await db
            .Accounts.Where(a => keys.Contains(a.UserKey))
            .ToDictionaryAsync(a => a.UserKey, cancellationToken);
        foreach (var entry in entries)
        {
            var isNew = !standing.TryGetValue(Account.KeyOf(entry.User), out var account);
            var before = account is null ? null : UserState.Of(account);
            account ??= new Account(Guid.CreateVersion7(now), entry.User, now);
            Apply(account, entry, now);
            if (isNew)
            {
                db.Accounts.Add(account);
                added++;
            }
            else if (db.Entry(account).State == EntityState.Modified)
            {
                // Whoever signed in with what was, signs in again.
                await db.Sessions.Where(s => s.AccountId == account.Id).ExecuteDeleteAsync(cancellationToken);
                changed++;
            }
            else
            {
                continue;
            }

            Note(
                db,
                isNew ? "users.created" : "users.changed",
                "user",
                account.User,
                Difference.Between(before, UserState.Of(account)),
                now
            );
        }

        return (added, changed);
    }

    private void Apply(Account account, UserEntry entry, DateTimeOffset now)
    {
        account.SetRoles(entry.Roles, now);
        account.SetAreas(entry.Areas, now);
        if (account.BootstrapHash is null || !passwords.Matches(account.BootstrapHash, entry.Password))
        {
            account.SetBootstrapPassword(passwords.Hash(entry.Password), now);
        }

        if (links.Read(account) != entry.Registrant)
        {
            links.Store(account, entry.Registrant, now);
        }
    }

    private static void Note(
        AccessDbContext db,
        string action,
        string kind,
        string target,
        JsonObject changes,
        DateTimeOffset now
    ) => db.Changes.Add(AccessEntry.Of(action, kind, target, changes, Bootstrap, now));

    /// <summary><c>admin</c>, or with a number when that name is somebody else's.</summary>
    private static async Task<string> FreeNameAsync(AccessDbContext db, CancellationToken cancellationToken)
    {
        for (var number = 1; ; number++)
        {
            var name = number == 1 ? "admin" : $"admin{number}";
            var key = Account.KeyOf(name);
            if (!await db.Accounts.AnyAsync(a => a.UserKey == key, cancellationToken))
            {
                return name;
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            EventId = 6030,
            Level = LogLevel.Information,
            Message = "Bootstrap file applied: partners {PartnersAdded} added, {PartnersChanged} changed; users {UsersAdded} added, {UsersChanged} changed"
        )]
        public static partial void Applied(
            ILogger logger,
            int partnersAdded,
            int partnersChanged,
            int usersAdded,
            int usersChanged
        );

        // The password goes to the console only.
        [LoggerMessage(
            EventId = 6031,
            Level = LogLevel.Warning,
            Message = "First administrator made: account {Account}"
        )]
        public static partial void AdministratorMade(ILogger logger, Guid account);

        [LoggerMessage(
            EventId = 6032,
            Level = LogLevel.Warning,
            Message = "The bootstrap file lets partner {Partner} manage access and read persons; fit for a demonstration only"
        )]
        public static partial void NotSeparated(ILogger logger, string partner);
    }
}
