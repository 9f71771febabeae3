using Microsoft.EntityFrameworkCore;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;

namespace SocialRegistry.Registry.ChangeRequests;

/// <summary>Submits what stands already: a draft, or a request that could not be applied.</summary>
internal sealed class SubmitDraft(
    UnitOfWork work,
    IDbContextFactory<RegistryDbContext> contexts,
    RequestDrafts drafts,
    RequestVault vault,
    RequestSight sight,
    RequestViews views,
    SubmitRequest submit,
    TimeProvider time
)
{
    /// <summary>From draft to submitted; of a request that could not be applied, from approved to submitted again.</summary>
    public async Task<Outcome<ChangeRequestView>> HandleAsync(
        ChangeRequestId id,
        ChangeRequestStep step,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var now = ChangeNote.Moment(time);
        var from =
            step.Action == ChangeRequestActions.Submit ? ChangeRequestStates.Draft : ChangeRequestStates.Approved;
        Problem? Refused(ChangeRequest row) =>
            !RequestSight.IsMaker(row, caller) ? ChangeRequestProblems.NotMaker
            : row.State != from ? ChangeRequestProblems.NotOpen(row.State, step.Action)
            : step.ExpectedVersion is { } expected && expected != row.Version
                ? ChangeRequestProblems.ChangedSince(row.Version)
            : null;

        RequestDraft draft;
        long seen;
        await using (var db = await contexts.CreateDbContextAsync(cancellationToken))
        {
            var row = await db
                .ChangeRequests.AsNoTracking()
                .SingleOrDefaultAsync(r => r.Id == id.Value, cancellationToken);
            if (row is null || !await sight.KnowsAsync(db, row, caller, cancellationToken))
            {
                return ChangeRequestProblems.NotFound;
            }

            if (Refused(row) is { } refused)
            {
                return refused;
            }

            using var open = await vault.OpenAsync(db, row, cancellationToken);
            if (open.Content is not { } content)
            {
                return ChangeRequestProblems.Erased;
            }

            // A day that has passed is counted anew.
            var today = DateOnly.FromDateTime(now.UtcDateTime);
            var request = RequestDrafts.With(open, content, new ChangeRequestEdit { ExpectedVersion = row.Version });
            var read = await drafts.ReadAsync(
                db,
                request with
                {
                    DueOn = request.DueOn < today ? null : request.DueOn,
                },
                caller,
                cancellationToken
            );
            if (!read.Succeeded)
            {
                return read.Problem;
            }

            (draft, seen) = (read.Value, row.Version);
        }

        if (await submit.TryAsync(draft, caller, cancellationToken) is { } faulty)
        {
            return faulty;
        }

        return await work.RunAsync<ChangeRequestView>(
            async db =>
            {
                await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
                var row = await db.ChangeRequests.SingleAsync(r => r.Id == id.Value, cancellationToken);
                if (Refused(row) is { } refused)
                {
                    return refused;
                }

                if (row.Version != seen)
                {
                    return ChangeRequestProblems.ChangedSince(row.Version);
                }

                using var open = await vault.OpenAsync(db, row, cancellationToken);
                row.Version++;
                row.DueOn = draft.DueOn;
                row.Scope = MakerScope.Of(caller);
                var parties = draft.Parties(row.Id);
                var payload = draft.Content.Payload;
                if (
                    await submit.EnterAsync(db, row, draft.Change, payload, parties, now, cancellationToken) is
                    { } problem
                )
                {
                    return problem;
                }

                RequestHistory.Note(db, row, caller, step.Action, now, open, step.Comment);
                await db.SaveChangesAsync(cancellationToken);
                await transaction.CommitAsync(cancellationToken);
                return views.Plain(row);
            },
            _ => null,
            cancellationToken
        );
    }
}
