using Microsoft.EntityFrameworkCore;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.ChangeRequests;
using SocialRegistry.Registry.Disclosures;
using SocialRegistry.Registry.Fields;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;
using SocialRegistry.Registry.Search;

namespace SocialRegistry.Registry.Groups;

/// <summary>What is to be done with groups.</summary>
/// <param name="Name">Told apart by it in idempotency keys.</param>
/// <param name="Groups">To be held until it is done; the first is the one whose version may be expected.</param>
/// <param name="Content">All that was sent, for idempotency keys.</param>
internal sealed record GroupTask(
    string Name,
    IReadOnlyList<RegistrantId> Groups,
    object Content,
    GroupCommand Command,
    Caller Caller
);

/// <summary>
/// Carries a change of groups out in one transaction: repeats the answer of a known key, holds the groups' rows, lets the change happen,
/// checks the rules, stores, or on a dry run takes all of it back.
/// </summary>
internal sealed class GroupWork(
    UnitOfWork work,
    IRowLocks locks,
    RecordStore store,
    MembershipRules rules,
    RowRules rows,
    FieldCatalogue catalogue,
    DisclosureLog disclosures,
    EditRules editRules,
    Repeats repeats,
    TimeProvider time
)
{
    /// <summary>A change that answers with what became of groups.</summary>
    public Task<Outcome<GroupChangeView>> RunAsync(
        GroupTask task,
        Func<GroupEdit, Task<Outcome<GroupChangeView>>> change,
        CancellationToken cancellationToken
    ) =>
        RunAsync(
            task,
            change,
            view => view.Groups.Select(g => g.Id).Concat(view.Memberships.SelectMany(Ends)),
            cancellationToken
        );

    /// <summary>A change that answers with one membership.</summary>
    public Task<Outcome<MembershipView>> RunAsync(
        GroupTask task,
        Func<GroupEdit, Task<Outcome<MembershipView>>> change,
        CancellationToken cancellationToken
    ) => RunAsync(task, change, Ends, cancellationToken);

    /// <param name="named">Records that an answer names: who sends the same again must still be one who may know of them.</param>
    public async Task<Outcome<T>> RunAsync<T>(
        GroupTask task,
        Func<GroupEdit, Task<Outcome<T>>> change,
        Func<T, IEnumerable<RegistrantId>> named,
        CancellationToken cancellationToken
    )
    {
        if ((Refused(task) ?? Asked(task)) is { } refused)
        {
            return refused;
        }

        var note = ChangeNote.By(task.Caller, task.Command.Reason, task.Command.EffectiveOn, time);
        var repeat = repeats.Of(task.Command.IdempotencyKey, task.Command.DryRun, task.Name, Sent(task), note);
        var result = await work.RunAsync<T>(
            async db =>
            {
                await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
                using var edit = new GroupEdit(db, store, locks, catalogue.Current, note, time);
                var unknown = await edit.LoadGroupsAsync(task.Groups, cancellationToken);
                if (
                    await repeats.RecallAsync<T>(db, repeat, a => named(a).Select(i => i.Value), cancellationToken) is
                    { } recalled
                )
                {
                    await DiscloseAsync(db, task.Caller, recalled, cancellationToken);
                    await transaction.CommitAsync(cancellationToken);
                    return recalled;
                }

                if ((unknown ?? ChangedSince(edit, task)) is { } problem)
                {
                    return problem;
                }

                var outcome = await change(edit);
                if (!outcome.Succeeded)
                {
                    return outcome;
                }

                if (await rules.CheckAsync(edit, cancellationToken) is { } broken)
                {
                    return broken;
                }

                var of = task.Groups.Count > 0 ? task.Groups[0].Value : edit.Groups.First().Row.Id;
                Repeats.Remember(db, repeat, of, outcome.Value);

                var written = RowRules.Written(db);
                await HeadOrder.ReleaseAsync(db, cancellationToken);
                await db.SaveChangesAsync(cancellationToken);
                if (await rows.LeftAsync(db, written, task.Caller, cancellationToken) is { } left)
                {
                    return left;
                }

                if (task.Command.DryRun)
                {
                    // What it showed stays logged.
                    await transaction.RollbackAsync(cancellationToken);
                    db.ChangeTracker.Clear();
                    await DiscloseAsync(db, task.Caller, outcome, cancellationToken);
                }
                else
                {
                    await DiscloseAsync(db, task.Caller, outcome, cancellationToken);
                    await transaction.CommitAsync(cancellationToken);
                }

                return outcome;
            },
            conflict =>
                conflict switch
                {
                    WriteConflict.Head => GroupProblems.HeadExists,
                    WriteConflict.Member => GroupProblems.MemberExists,
                    // With a key it may be this very request, sent twice at once: the next attempt finds its answer.
                    WriteConflict.Identifier when repeat is null => RegistrantProblems.IdentifierTaken,
                    _ => null,
                },
            cancellationToken
        );
        await disclosures.WriteAsync(note, cancellationToken);
        return result;
    }

    /// <summary>Logs whom the answer names: members that the caller did not name are told in it.</summary>
    private async Task DiscloseAsync<T>(
        RegistryDbContext db,
        Caller caller,
        Outcome<T> outcome,
        CancellationToken cancellationToken
    )
    {
        if (outcome.Value is GroupChangeView { Memberships.Count: > 0 } view)
        {
            db.Disclosures.AddRange(
                view.Memberships.SelectMany(m => new[] { m.GroupId.Value, m.MemberId.Value })
                    .Distinct()
                    .Select(id => disclosures.Row(caller, id, ["memberships"]))
            );
            await db.SaveChangesAsync(cancellationToken);
        }
    }

    private static IEnumerable<RegistrantId> Ends(MembershipView view) => [view.GroupId, view.MemberId];

    private static Problem? Refused(GroupTask task)
    {
        var (command, caller) = (task.Command, task.Caller);
        if (!caller.May(Permissions.WriteRegistrants) || caller.Kind == CallerKind.Person)
        {
            return RegistrantProblems.NotAllowed(Permissions.WriteRegistrants);
        }

        if (!ReadGate.OfWriter(caller).ShowsMemberships)
        {
            return GroupProblems.NotForCaller;
        }

        var problems = new List<FieldProblem>();
        if (command.Reason?.Length > ValueLimits.MaxReasonLength)
        {
            var most = $"A reason has at most {ValueLimits.MaxReasonLength} characters.";
            problems.Add(new FieldProblem("reason", "length", most));
        }

        if (!ValueLimits.IsPlausible(command.EffectiveOn))
        {
            problems.Add(new FieldProblem("effectiveOn", "range", "This date cannot be."));
        }

        return problems.Count > 0 ? RegistrantProblems.Invalid(problems) : IdempotencyKey.Check(command.IdempotencyKey);
    }

    /// <summary>A new group is made directly; the members of one that stands may have to be asked for.</summary>
    private Problem? Asked(GroupTask task) =>
        task.Groups.Count > 0 ? editRules.Refuse([EditRules.Memberships], task.Caller) : null;

    private static Problem? ChangedSince(GroupEdit edit, GroupTask task) =>
        task.Command.ExpectedVersion is { } expected
        && task.Groups.Count > 0
        && edit.Group(task.Groups[0]).Row.Version is var version
        && version != expected
            ? RegistrantProblems.ChangedSince(version)
            : null;

    private static object Sent(GroupTask task) =>
        new
        {
            task.Groups,
            task.Content,
            task.Command.Reason,
            task.Command.EffectiveOn,
        };
}
