using Microsoft.EntityFrameworkCore;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;

namespace SocialRegistry.Registry.Areas;

/// <summary>Changes the tree: checks the permission, takes the writers' turn, stores all or nothing and has the kept tree read anew.</summary>
internal sealed class AreaWork(UnitOfWork work, AreaTrees trees, Repeats repeats, TimeProvider time)
{
    public Task<Outcome<T>> RunAsync<T>(
        Caller caller,
        bool dryRun,
        Func<AreaEditor, Task<Outcome<T>>> change,
        CancellationToken cancellationToken
    ) => RunAsync(caller, new WriteConditions { DryRun = dryRun }, "", change, cancellationToken);

    /// <param name="content">All that was sent, for idempotency keys.</param>
    public async Task<Outcome<T>> RunAsync<T>(
        Caller caller,
        WriteConditions conditions,
        object content,
        Func<AreaEditor, Task<Outcome<T>>> change,
        CancellationToken cancellationToken
    )
    {
        if (!caller.May(Permissions.WriteAreas) || caller.Kind == CallerKind.Person)
        {
            return RegistrantProblems.NotAllowed(Permissions.WriteAreas);
        }

        if (IdempotencyKey.Check(conditions.IdempotencyKey) is { } wrongKey)
        {
            return wrongKey;
        }

        var note = ChangeNote.By(caller, null, null, time);
        var repeat = repeats.Of(conditions.IdempotencyKey, conditions.DryRun, "area", content, note);
        var stored = false;
        var outcome = await work.RunAsync<T>(
            async db =>
            {
                await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
                await db.AreaTree.ExecuteUpdateAsync(
                    set => set.SetProperty(r => r.Revision, r => r.Revision + 1),
                    cancellationToken
                );
                if (await repeats.RecallAsync<T>(db, repeat, _ => [], cancellationToken) is { } recalled)
                {
                    return recalled;
                }

                var result = await change(new AreaEditor(db, note));
                if (!result.Succeeded)
                {
                    return result;
                }

                Repeats.Remember(db, repeat, Guid.Empty, result.Value);
                await db.SaveChangesAsync(cancellationToken);
                if (!conditions.DryRun)
                {
                    await transaction.CommitAsync(cancellationToken);
                    stored = true;
                }

                return result;
            },
            _ => null,
            cancellationToken
        );
        if (stored)
        {
            trees.Forget();
        }

        return outcome;
    }

    /// <summary>Changes one area that stands at the version the caller has seen.</summary>
    public Task<Outcome<AreaView>> RunAsync(
        string code,
        long expectedVersion,
        IEnumerable<string> others,
        WriteConditions conditions,
        Caller caller,
        Func<AreaEditor, Area, Task<Problem?>> change,
        CancellationToken cancellationToken
    ) =>
        RunAsync<AreaView>(
            caller,
            conditions with
            {
                IdempotencyKey = null,
            },
            code,
            async editor =>
            {
                await editor.LoadAsync(others.Append(code), cancellationToken);
                if (editor.Find(code) is not { } area)
                {
                    return AreaProblems.NotFound;
                }

                if (area.Version != expectedVersion)
                {
                    return AreaProblems.ChangedSince(area.Version);
                }

                if (await change(editor, area) is { } problem)
                {
                    return problem;
                }

                await editor.Db.SaveChangesAsync(cancellationToken);
                return await ReadAreas.ShowAsync(editor.Db, area, cancellationToken);
            },
            cancellationToken
        );
}
