using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;

namespace SocialRegistry.Registry.Versions;

/// <summary>
/// Lets records join an open named version in the transaction of the change that they join with. Who joins holds the named version open
/// until then, so that nothing comes into a closed one.
/// </summary>
internal sealed class NamedVersionJoins(IRowLocks locks)
{
    /// <summary>Begins a transaction in which records may join; without a name, nothing.</summary>
    /// <param name="dryRun">The named version is looked at and nothing joins.</param>
    public async Task<Outcome<Joining>> BeginAsync(
        RegistryDbContext db,
        string? name,
        bool dryRun,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        if (name is null)
        {
            return Joining.None;
        }

        if (Refused(caller) is { } refused)
        {
            return refused;
        }

        var transaction = dryRun ? null : await db.Database.BeginTransactionAsync(cancellationToken);
        if (await ClosedAsync(db, name, cancellationToken) is not { } problem)
        {
            return new Joining(db, name, transaction);
        }

        if (transaction is not null)
        {
            await transaction.DisposeAsync();
        }

        return problem;
    }

    public static Problem? Refused(Caller caller) =>
        caller.May(Permissions.WriteVersions) && caller.Kind != CallerKind.Person
            ? null
            : RegistrantProblems.NotAllowed(Permissions.WriteVersions);

    /// <summary>Why nothing can join; otherwise the named version stays open to the end of the transaction.</summary>
    public async Task<Problem?> ClosedAsync(RegistryDbContext db, string name, CancellationToken cancellationToken)
    {
        if (!NamedVersionRows.IsName(name))
        {
            return NamedVersionProblems.Unknown;
        }

        if (db.Database.CurrentTransaction is not null)
        {
            await locks.LockNamedVersionAsync(db, name, alone: false, cancellationToken);
        }

        var version = await db
            .NamedVersions.AsNoTracking()
            .SingleOrDefaultAsync(v => v.Name == name, cancellationToken);
        return version is null ? NamedVersionProblems.Unknown
            : version.IsOpen ? null
            : NamedVersionProblems.Closed;
    }
}

/// <summary>A change whose record joins a named version; or one that joins none.</summary>
internal sealed class Joining(RegistryDbContext? db, string name, IDbContextTransaction? transaction) : IAsyncDisposable
{
    public static Joining None { get; } = new(null, "", null);

    /// <summary>The record joins with this version; stored with the next SaveChanges.</summary>
    public async Task AddAsync(Guid registrant, long number, ChangeNote note, CancellationToken cancellationToken)
    {
        if (db is null || transaction is null)
        {
            return;
        }

        var entry = await db.NamedVersionEntries.FindAsync([name, registrant], cancellationToken);
        if (entry is null)
        {
            db.NamedVersionEntries.Add(New(name, registrant, number, note));
        }
        else
        {
            Renew(entry, number, note);
        }
    }

    /// <summary>Ends the transaction that was begun.</summary>
    public async Task CommitAsync(CancellationToken cancellationToken)
    {
        if (transaction is not null)
        {
            await transaction.CommitAsync(cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (transaction is not null)
        {
            await transaction.DisposeAsync();
        }
    }

    public static NamedVersionEntry New(string name, Guid registrant, long number, ChangeNote note) =>
        new()
        {
            Name = name,
            RegistrantId = registrant,
            Number = number,
            JoinedAt = note.Now,
            JoinedBy = note.Caller.Id,
        };

    public static void Renew(NamedVersionEntry entry, long number, ChangeNote note)
    {
        entry.Number = number;
        entry.JoinedAt = note.Now;
        entry.JoinedBy = note.Caller.Id;
    }
}
