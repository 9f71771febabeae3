using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Changes;
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
    /// <summary>In the change log, before the name of the named version.</summary>
    public const string LogField = "named_versions.";

    public static Joining None { get; } = new(null, "", null);

    /// <summary>A record that is loaded to be changed joins with this version; stored with the next SaveChanges.</summary>
    public async Task AddAsync(
        OpenRecord record,
        long number,
        ChangeNote note,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        if (db is null || transaction is null)
        {
            return;
        }

        var id = record.Row.Id;
        var entry = await db.NamedVersionEntries.FindAsync([id, name], cancellationToken);
        var last = db
            .ChangeTracker.Entries<ChangeEntry>()
            .Where(e => e.State == EntityState.Added && e.Entity.RegistrantId == id)
            .Select(e => e.Entity)
            .MaxBy(e => e.Sequence);
        Log(new RecordWriter(db, time), record, last, name, entry?.Number, number, note);
        if (entry is null)
        {
            db.NamedVersionEntries.Add(New(name, id, number, note));
        }
        else
        {
            Renew(entry, number, note);
        }
    }

    /// <summary>The change log tells the join: the last entry of the transaction, or one of its own.</summary>
    /// <param name="last">The last entry of the record that the transaction writes.</param>
    /// <param name="old">The version with which the record was in it.</param>
    public static void Log(
        RecordWriter writer,
        OpenRecord record,
        ChangeEntry? last,
        string name,
        long? old,
        long number,
        ChangeNote note
    )
    {
        var change = JsonText.Object(json =>
        {
            json.WriteStartObject(LogField + name);
            json.WritePropertyName("old");
            if (old is { } before)
            {
                json.WriteNumberValue(before);
            }
            else
            {
                json.WriteNullValue();
            }

            json.WriteNumber("new", number);
            json.WriteEndObject();
        });
        if (last is null)
        {
            writer.WriteEntry(record, ChangeOperations.Joined, change, [], note);
            writer.KeepNewKeys(record);
        }
        else
        {
            last.Fields = last.Fields == "{}" ? change : $"{last.Fields[..^1]},{change[1..]}";
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
