using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;

namespace SocialRegistry.Registry.ChangeRequests;

/// <summary>
/// The last agreement: what is asked for is done by its own operation, and the request is marked as applied in the same transaction. When
/// it cannot be done, the request stays agreed to and says why.
/// </summary>
internal sealed class ApplyRequest(
    UnitOfWork work,
    IDbContextFactory<RegistryDbContext> contexts,
    RequestVault vault,
    RequestSight sight,
    RequestViews views,
    RequestBase bases,
    RunChange run,
    TimeProvider time
)
{
    /// <summary>Times that the record may change between reading and writing before the caller is told to come back.</summary>
    private const int MostAttempts = 8;

    public async Task<Outcome<ChangeRequestView>> HandleAsync(
        ChangeRequestId id,
        ChangeRequestStep step,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        for (var i = 0; i < MostAttempts; i++)
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            var row = await db
                .ChangeRequests.AsNoTracking()
                .SingleOrDefaultAsync(r => r.Id == id.Value, cancellationToken);
            if (row is null || !await sight.KnowsAsync(db, row, caller, cancellationToken))
            {
                return ChangeRequestProblems.NotFound;
            }

            using var open = await vault.OpenAsync(db, row, cancellationToken);
            if (await RefusedAsync(db, open, step, caller, cancellationToken) is { } refused)
            {
                return refused;
            }

            var subject = row.SubjectId;
            var version = await db
                .Registrants.AsNoTracking()
                .Where(r => r.Id == subject)
                .Select(r => r.Version)
                .SingleOrDefaultAsync(cancellationToken);
            var attempt = new Attempt(bases, vault, time, row.Version, open.Change.Require(), step, caller);
            var at = new Circumstances(
                subject is { } there ? new RegistrantId(there) : null,
                version,
                open.Content!.Reason,
                row.EffectiveOn,
                DryRun: false
            );
            var outcome = await UnitOfWork.TogetherAsync(
                (together, token) => attempt.JoinAsync(together, id, token),
                () => run.RunAsync(attempt.Change, at, Applying(row, caller, step), cancellationToken)
            );
            if (outcome.Succeeded)
            {
                return views.Plain(attempt.Row!);
            }

            if (attempt.Moved || outcome.Problem.Code == RegistrantProblems.ChangedSince(0).Code)
            {
                // Another step, or another writer of the record: whether that matters is looked at anew.
                continue;
            }

            if (outcome.Problem.Kind == ProblemKind.Unavailable)
            {
                return outcome.Problem;
            }

            var failed = await FailAsync(id, row.Version, outcome.Problem, step, caller, cancellationToken);
            if (failed.Problem?.Code != ChangeRequestProblems.ChangedSince(0).Code)
            {
                return failed;
            }

            // Another was first, and what looked like a failure was its doing.
        }

        return RegistrantProblems.Busy;
    }

    private async Task<Problem?> RefusedAsync(
        RegistryDbContext db,
        OpenRequest open,
        ChangeRequestStep step,
        Caller caller,
        CancellationToken cancellationToken
    ) =>
        step.ExpectedVersion is { } expected && expected != open.Row.Version
            ? ChangeRequestProblems.ChangedSince(open.Row.Version)
            : await ReviewRules.JudgeAsync(
                db,
                open,
                step.Action,
                sight,
                caller,
                ChangeNote.Moment(time),
                cancellationToken
            );

    /// <summary>Who applies: the reviewer, within what the maker could write, on the word of both.</summary>
    private static Caller Applying(ChangeRequest row, Caller caller, ChangeRequestStep step)
    {
        var (fields, filters) = MakerScope.Read(row.Scope);
        return new Caller
        {
            Kind = caller.Kind,
            Id = caller.Id,
            Channel = SubmitRequest.Channel,
            Permissions = new HashSet<string> { Permissions.WriteRegistrants },
            Fields = fields,
            Filters = filters,
            Rows = caller.Rows,
            Purpose = caller.Purpose,
            LegalGround = caller.LegalGround,
            RequestId = row.RequestId.ToString(),
            Decision = new ChangeDecision(row.RequestId.ToString(), row.Maker, Approvers(row, caller, step)),
            ToldTo = caller,
        };
    }

    private static List<string> Approvers(ChangeRequest row, Caller caller, ChangeRequestStep step) =>
        step.Action == ChangeRequestActions.Approve
            ? [.. row.Approvers, ChangeRequest.NameOf(caller)]
            : [.. row.Approvers];

    /// <summary>Agreed to, and not done: in a transaction of its own, the other one left nothing.</summary>
    private Task<Outcome<ChangeRequestView>> FailAsync(
        ChangeRequestId id,
        long version,
        Problem problem,
        ChangeRequestStep step,
        Caller caller,
        CancellationToken cancellationToken
    ) =>
        work.RunAsync<ChangeRequestView>(
            async db =>
            {
                var row = await db.ChangeRequests.SingleAsync(r => r.Id == id.Value, cancellationToken);
                if (row.Version != version)
                {
                    return ChangeRequestProblems.ChangedSince(row.Version);
                }

                using var open = await vault.OpenAsync(db, row, cancellationToken);
                var now = ChangeNote.Moment(time);
                row.Version++;
                row.ApprovedBy = JsonSerializer.Serialize(Approvers(row, caller, step));
                row.State = ChangeRequestStates.Approved;
                row.Failure = JsonSerializer.Serialize(problem);
                row.Release();
                RequestHistory.Note(db, row, caller, step.Action, now, open, step.Comment);
                RequestHistory.Note(db, row, caller, "failed", now, code: problem.Code, number: 1);
                await db.SaveChangesAsync(cancellationToken);
                return views.Plain(row);
            },
            _ => null,
            cancellationToken
        );

    /// <summary>One try, together with the operation's own transaction.</summary>
    private sealed class Attempt(
        RequestBase bases,
        RequestVault vault,
        TimeProvider time,
        long version,
        RequestedChange change,
        ChangeRequestStep step,
        Caller caller
    )
    {
        public RequestedChange Change => change;

        public ChangeRequest? Row { get; private set; }

        /// <summary>The request took another step meanwhile.</summary>
        public bool Moved { get; private set; }

        public async Task<Problem?> JoinAsync(
            RegistryDbContext db,
            ChangeRequestId id,
            CancellationToken cancellationToken
        )
        {
            var row = await db.ChangeRequests.SingleAsync(r => r.Id == id.Value, cancellationToken);
            Moved = row.Version != version;
            if (Moved)
            {
                return ChangeRequestProblems.ChangedSince(row.Version);
            }

            // Tracked as they are now: who changes one of them before this is stored makes it begin again.
            var parties = db.ChangeRequestParties;
            await db
                .Registrants.Where(r => parties.Any(p => p.RequestId == row.Id && p.RegistrantId == r.Id))
                .LoadAsync(cancellationToken);
            var made = JsonSerializer.Deserialize<Dictionary<string, string>>(row.Base)!;
            var stands = await bases.ReadAsync(db, row.SubjectId, change, cancellationToken);
            if (RequestBase.Differences(made, stands) is { Count: > 0 } changed)
            {
                return ChangeRequestProblems.Stale(changed);
            }

            using var open = await vault.OpenAsync(db, row, cancellationToken);
            var now = ChangeNote.Moment(time);
            row.Version++;
            row.ApprovedBy = JsonSerializer.Serialize(Approvers(row, caller, step));
            row.State = ChangeRequestStates.Applied;
            row.OpenHash = null;
            row.Failure = null;
            row.Release();
            RequestHistory.Note(db, row, caller, step.Action, now, open, step.Comment);
            RequestHistory.Note(db, row, caller, "applied", now, number: 1);
            Row = row;
            if (change is MakeRegistrant or SplitHousehold)
            {
                db.ChangeTracker.Tracked += (_, tracked) => KeepResult(row, tracked.Entry);
            }

            return null;
        }

        /// <summary>The first record that the operation makes, before the request is hashed for the log.</summary>
        private static void KeepResult(ChangeRequest row, EntityEntry entry)
        {
            if (entry is { State: EntityState.Added, Entity: Registrant made })
            {
                row.ResultId ??= made.Id;
            }
        }
    }
}
