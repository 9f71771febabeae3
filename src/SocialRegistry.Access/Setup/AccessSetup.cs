using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using SocialRegistry.Access.Accounts;
using SocialRegistry.Access.Partners;
using SocialRegistry.Access.Persistence;
using SocialRegistry.Access.Sessions;
using SocialRegistry.Contracts;

namespace SocialRegistry.Access.Setup;

/// <summary>Brings partners and accounts to what the file says.</summary>
internal sealed partial class AccessSetup(
    IDbContextFactory<AccessDbContext> contexts,
    IFieldCatalogue catalogue,
    PartnerDirectory directory,
    PartnerSecrets secrets,
    Passwords passwords,
    RegistrantLinks links,
    TimeProvider time,
    ILogger<AccessSetup> logger
) : IAccessSetup
{
    public Outcome<Done> Check(ReadOnlyMemory<byte> file, CatalogueView catalogue) =>
        BootstrapReader.Read(file, catalogue).Map(_ => default(Done));

    public async Task<Outcome<AppliedBootstrap>> ApplyAsync(
        ReadOnlyMemory<byte> file,
        CancellationToken cancellationToken
    )
    {
        var read = BootstrapReader.Read(file, await catalogue.GetAsync(cancellationToken));
        if (!read.Succeeded)
        {
            return read.Problem;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var partners = await ApplyPartnersAsync(db, read.Value.Partners, cancellationToken);
        var users = await ApplyUsersAsync(db, read.Value.Users, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        directory.Forget();
        var applied = new AppliedBootstrap(partners.Added, partners.Changed, users.Added, users.Changed);
        Log.Applied(logger, partners.Added, partners.Changed, users.Added, users.Changed);
        return applied;
    }

    public async Task<FirstAdministrator?> EnsureAdministratorAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        // In this order: a name found taken by an administrator just made shows in the second question.
        var name = await FreeNameAsync(db, cancellationToken);
        if (await HasAdministratorAsync(db, cancellationToken))
        {
            return null;
        }

        var now = time.GetUtcNow();
        var password = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(18));
        var account = new Account(Guid.CreateVersion7(now), name, now);
        account.SetRoles([Roles.SystemAdministrator], now);
        account.SetPassword(passwords.Hash(password), expired: true, now);
        db.Accounts.Add(account);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException)
        {
            // Another process that starts at the same moment made it, and prints its password.
            db.ChangeTracker.Clear();
            if (await HasAdministratorAsync(db, cancellationToken))
            {
                return null;
            }

            throw;
        }

        Log.AdministratorMade(logger, account.Id);
        return new FirstAdministrator(account.User, password);
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
            partner ??= new Partner(entry.Id, now);
            partner.Apply(entry, SecretHash(partner.SecretHash, entry.Secret));
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
            account ??= new Account(Guid.CreateVersion7(now), entry.User, now);
            account.SetRoles(entry.Roles, now);
            if (account.BootstrapHash is null || !passwords.Matches(account.BootstrapHash, entry.Password))
            {
                account.SetBootstrapPassword(passwords.Hash(entry.Password), now);
            }

            if (links.Read(account) != entry.Registrant)
            {
                links.Store(account, entry.Registrant, now);
            }

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
        }

        return (added, changed);
    }

    private static async Task<bool> HasAdministratorAsync(AccessDbContext db, CancellationToken cancellationToken) =>
        await db.Accounts.AnyAsync(a => !a.Suspended && a.Roles.Contains(Roles.SystemAdministrator), cancellationToken);

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
    }
}
