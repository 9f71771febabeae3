using Microsoft.EntityFrameworkCore;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;

namespace SocialRegistry.Registry.Versions;

/// <summary>The port: named versions and feedback. Persons have no part in it.</summary>
internal sealed class NamedVersionsPort(
    UnitOfWork work,
    IRowLocks locks,
    NamedVersionJoins joins,
    GiveFeedback feedback,
    ReadNamedVersions read,
    RecordStore store,
    RegistryOptions options,
    TimeProvider time
) : INamedVersions
{
    public async Task<Outcome<NamedVersionView>> CreateAsync(
        NewNamedVersion version,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        if (NamedVersionJoins.Refused(caller) is { } refused)
        {
            return refused;
        }

        if (NamedVersionCheck.Problems(version, options) is { Count: > 0 } problems)
        {
            return NamedVersionProblems.Invalid(problems);
        }

        return await work.RunAsync<NamedVersionView>(
            async db =>
            {
                var there = await db.NamedVersions.SingleOrDefaultAsync(v => v.Name == version.Name, cancellationToken);
                if (there is null)
                {
                    there = New(version, caller, ChangeNote.Moment(time));
                    db.NamedVersions.Add(there);
                    await db.SaveChangesAsync(cancellationToken);
                }
                else if (!IsSame(there, version, caller))
                {
                    return NamedVersionProblems.Taken;
                }

                return ReadNamedVersions.View(there);
            },
            _ => null,
            cancellationToken
        );
    }

    public Task<Outcome<Page<NamedVersionView>>> ListAsync(
        NamedVersionFilter filter,
        PageRequest page,
        Caller caller,
        CancellationToken cancellationToken
    ) => read.ListAsync(filter, page, caller, cancellationToken);

    public Task<Outcome<NamedVersionView>> GetAsync(string name, Caller caller, CancellationToken cancellationToken) =>
        read.GetAsync(name, caller, cancellationToken);

    public Task<Outcome<Page<NamedVersionMember>>> MembersAsync(
        string name,
        PageRequest page,
        Caller caller,
        CancellationToken cancellationToken
    ) => read.MembersAsync(name, page, caller, cancellationToken);

    public async Task<Outcome<NamedVersionMember>> JoinAsync(
        string name,
        RegistrantId registrant,
        long? version,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        if (NamedVersionJoins.Refused(caller) is { } refused)
        {
            return refused;
        }

        var note = ChangeNote.By(caller, null, null, time);
        return await work.RunAsync<NamedVersionMember>(
            async db =>
            {
                var begun = await joins.BeginAsync(db, name, dryRun: false, caller, cancellationToken);
                if (!begun.Succeeded)
                {
                    return begun.Problem;
                }

                await using var joining = begun.Value;
                var loaded = await store.LoadAsync(db, [registrant.Value], caller, cancellationToken);
                using var record = loaded.GetValueOrDefault(registrant.Value);
                if (record is null || (record.Row.IsArchived && !PastRecord.SeesArchived(caller)))
                {
                    return RegistrantProblems.NotFound;
                }

                var number = version ?? record.Row.Version;
                if (number < 1 || number > record.Row.Version)
                {
                    return RegistrantProblems.VersionNotFound;
                }

                await joining.AddAsync(record, number, note, time, cancellationToken);
                await db.SaveChangesAsync(cancellationToken);
                await joining.CommitAsync(cancellationToken);
                return new NamedVersionMember(registrant, number, note.Now);
            },
            _ => null,
            cancellationToken
        );
    }

    public async Task<Outcome<NamedVersionView>> CloseAsync(
        string name,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        if (NamedVersionJoins.Refused(caller) is { } refused)
        {
            return refused;
        }

        return await work.RunAsync<NamedVersionView>(
            async db =>
            {
                if (!NamedVersionRows.IsName(name))
                {
                    return NamedVersionProblems.Unknown;
                }

                await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
                // Those who are joining are waited for.
                await locks.LockNamedVersionAsync(db, name, alone: true, cancellationToken);
                var version = await db.NamedVersions.SingleOrDefaultAsync(v => v.Name == name, cancellationToken);
                if (version is null)
                {
                    return NamedVersionProblems.Unknown;
                }

                if (GiveFeedback.IsOfAnother(version, caller))
                {
                    return NamedVersionProblems.Others;
                }

                if (version.IsOpen)
                {
                    version.Close(ChangeNote.Moment(time), caller.Id);
                    await db.SaveChangesAsync(cancellationToken);
                }

                await transaction.CommitAsync(cancellationToken);
                return await ReadNamedVersions.CountedAsync(db, version, caller, cancellationToken);
            },
            _ => null,
            cancellationToken
        );
    }

    public Task<Outcome<FeedbackResult>> FeedbackAsync(
        Feedback sent,
        Caller caller,
        CancellationToken cancellationToken
    ) => feedback.HandleAsync(sent, caller, cancellationToken);

    public static NamedVersion New(NewNamedVersion version, Caller caller, DateTimeOffset now) =>
        new()
        {
            Name = version.Name,
            Kind = version.Kind,
            Source = version.Source,
            PeriodFrom = version.PeriodFrom,
            PeriodTo = version.PeriodTo,
            CreatedAt = now,
            CreatedByKind = NamedVersion.KindOf(caller),
            CreatedBy = caller.Id,
        };

    private static bool IsSame(NamedVersion there, NewNamedVersion version, Caller caller) =>
        there.CreatedBy == caller.Id
        && there.CreatedByKind == NamedVersion.KindOf(caller)
        && there.Kind == version.Kind
        && there.Source == version.Source
        && there.PeriodFrom == version.PeriodFrom
        && there.PeriodTo == version.PeriodTo;
}
