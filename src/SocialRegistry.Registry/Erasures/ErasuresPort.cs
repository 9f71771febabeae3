using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Changes;
using SocialRegistry.Registry.Fields;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;

namespace SocialRegistry.Registry.Erasures;

/// <summary>The port: one asks, another confirms.</summary>
internal sealed partial class ErasuresPort(
    UnitOfWork work,
    RecordStore store,
    IDbContextFactory<RegistryDbContext> contexts,
    EraseRecord erase,
    LeftHouseholds households,
    FieldCatalogue catalogue,
    ErasureOptions options,
    TimeProvider time
) : IErasures
{
    public Task<Outcome<ErasureView>> RequestAsync(
        RegistrantId registrant,
        NewErasure erasure,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var note = ChangeNote.By(caller, erasure.Reason, null, time);
        var validator = new ValueValidator(catalogue.Current, note.EffectiveOn);
        Reasons.CheckGiven(erasure.Reason, validator);
        var problems = validator.Problems.ToList();
        if (erasure.Ground is null || !GroundPattern().IsMatch(erasure.Ground))
        {
            problems.Add(new FieldProblem("ground", "pattern", "1 to 100 letters, digits and . _ : / -"));
        }

        return RunAsync(
            registrant,
            note,
            async (db, record, standing) =>
            {
                if (problems.Count > 0)
                {
                    return ErasureProblems.Invalid(problems);
                }

                if (standing?.State == ErasureStates.Requested)
                {
                    return ErasureProblems.Standing;
                }

                if (standing is null)
                {
                    standing = new Erasure
                    {
                        RegistrantId = registrant.Value,
                        State = ErasureStates.Requested,
                        Ground = erasure.Ground!,
                        RequestedAt = note.Now,
                        RequestedBy = caller.Id,
                    };
                    db.Erasures.Add(standing);
                }
                else
                {
                    (standing.State, standing.Ground) = (ErasureStates.Requested, erasure.Ground!);
                    (standing.RequestedAt, standing.RequestedBy) = (note.Now, caller.Id);
                    (standing.EndedAt, standing.EndedBy) = (null, null);
                }

                Log(db, record, ChangeOperations.ErasureRequested, note);
                await db.SaveChangesAsync(cancellationToken);
                return standing.ToView();
            },
            cancellationToken
        );
    }

    public async Task<Outcome<ErasureView>> ConfirmAsync(
        RegistrantId registrant,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var note = ChangeNote.By(caller, null, null, time);
        var outcome = await RunAsync(
            registrant,
            note,
            async (db, record, standing) =>
            {
                if (standing?.State != ErasureStates.Requested)
                {
                    return ErasureProblems.None;
                }

                if (standing.RequestedBy == caller.Id)
                {
                    return ErasureProblems.OwnRequest;
                }

                End(standing, ErasureStates.Erased, note);
                await erase.HandleAsync(db, record, note, cancellationToken);
                return standing.ToView();
            },
            cancellationToken
        );
        if (!outcome.Succeeded)
        {
            return outcome;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await households.TellAsync(db, outcome.Value, caller, cancellationToken);
    }

    public Task<Outcome<ErasureView>> RefuseAsync(
        RegistrantId registrant,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var note = ChangeNote.By(caller, null, null, time);
        return RunAsync(
            registrant,
            note,
            async (db, record, standing) =>
            {
                if (standing?.State != ErasureStates.Requested)
                {
                    return ErasureProblems.None;
                }

                End(standing, ErasureStates.Refused, note);
                Log(db, record, ChangeOperations.ErasureRefused, note);
                await db.SaveChangesAsync(cancellationToken);
                return standing.ToView();
            },
            cancellationToken
        );
    }

    public async Task<Outcome<ErasureView>> GetAsync(
        RegistrantId registrant,
        Caller caller,
        CancellationToken cancellationToken
    ) => Refused(caller) is { } refused ? refused : await ReadAsync(registrant, caller, cancellationToken);

    private async Task<Outcome<ErasureView>> ReadAsync(
        RegistrantId registrant,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return !await store.ExistsAsync(db, registrant.Value, caller, cancellationToken) ? RegistrantProblems.NotFound
            : await FindAsync(db, registrant, cancellationToken) is { } standing
                ? await households.TellAsync(db, standing.ToView(), caller, cancellationToken)
            : ErasureProblems.None;
    }

    private async Task<Outcome<ErasureView>> RunAsync(
        RegistrantId registrant,
        ChangeNote note,
        Func<RegistryDbContext, OpenRecord, Erasure?, Task<Outcome<ErasureView>>> change,
        CancellationToken cancellationToken
    )
    {
        if (Refused(note.Caller) is { } refused)
        {
            return refused;
        }

        return await work.RunAsync<ErasureView>(
            async db =>
            {
                await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
                var loaded = await store.LoadAsync(db, [registrant.Value], note.Caller, cancellationToken);
                using var record = loaded.GetValueOrDefault(registrant.Value);
                if (record is null)
                {
                    return RegistrantProblems.NotFound;
                }

                if (!options.Allowed)
                {
                    return ErasureProblems.Off;
                }

                if (record.Row.IsErased)
                {
                    return RegistrantProblems.Erased;
                }

                if (record.Row.Kind != RegistrantKinds.Individual)
                {
                    return ErasureProblems.NotOfGroups;
                }

                var outcome = await change(db, record, await FindAsync(db, registrant, cancellationToken));
                if (outcome.Succeeded)
                {
                    await transaction.CommitAsync(cancellationToken);
                }

                return outcome;
            },
            _ => null,
            cancellationToken
        );
    }

    private static Problem? Refused(Caller caller) =>
        !caller.May(Permissions.EraseRegistrants) || caller.Kind is CallerKind.Person or CallerKind.Partner
            ? RegistrantProblems.NotAllowed(Permissions.EraseRegistrants)
            : null;

    private static Task<Erasure?> FindAsync(
        RegistryDbContext db,
        RegistrantId registrant,
        CancellationToken cancellationToken
    ) => db.Erasures.SingleOrDefaultAsync(e => e.RegistrantId == registrant.Value, cancellationToken);

    private static void End(Erasure erasure, string state, ChangeNote note) =>
        (erasure.State, erasure.EndedAt, erasure.EndedBy) = (state, note.Now, note.Caller.Id);

    private void Log(RegistryDbContext db, OpenRecord record, string operation, ChangeNote note)
    {
        var writer = new RecordWriter(db, time);
        writer.WriteEntry(record, operation, "{}", [], note);
        writer.KeepNewKeys(record);
    }

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._:/-]{0,99}\z")]
    private static partial Regex GroundPattern();
}
