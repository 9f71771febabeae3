using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;

namespace SocialRegistry.Registry.ChangeRequests;

/// <summary>Steps of a request that is submitted: claimed, released, agreed to, refused, withdrawn, commented on.</summary>
internal sealed class ReviewRequests(
    UnitOfWork work,
    RequestVault vault,
    RequestSight sight,
    RequestViews views,
    SubmitDraft submit,
    ApplyRequest apply,
    ChangeRequestOptions options,
    TimeProvider time
)
{
    private const int MostComment = 2_000;

    private static readonly string[] OfReviewers =
    [
        ChangeRequestActions.Claim,
        ChangeRequestActions.Release,
        ChangeRequestActions.Approve,
        ChangeRequestActions.Reject,
        ChangeRequestActions.Apply,
    ];

    public async Task<Outcome<ChangeRequestView>> ActAsync(
        ChangeRequestId id,
        ChangeRequestStep step,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        if (Refused(step, caller) is { } refused)
        {
            return refused;
        }

        switch (step.Action)
        {
            case ChangeRequestActions.Submit:
            case ChangeRequestActions.Rebase:
                return await submit.HandleAsync(id, step, caller, cancellationToken);
            case ChangeRequestActions.Apply:
                return await apply.HandleAsync(id, step, caller, cancellationToken);
        }

        var isLast = false;
        var outcome = await work.RunAsync<ChangeRequestView>(
            async db =>
            {
                isLast = false;
                var row = await db.ChangeRequests.SingleOrDefaultAsync(r => r.Id == id.Value, cancellationToken);
                if (row is null || !await sight.KnowsAsync(db, row, caller, cancellationToken))
                {
                    return ChangeRequestProblems.NotFound;
                }

                using var open = await vault.OpenAsync(db, row, cancellationToken);
                var now = ChangeNote.Moment(time);
                if (await CheckAsync(db, open, step, caller, now, cancellationToken) is { } problem)
                {
                    return problem;
                }

                if (step.Action == ChangeRequestActions.Approve && row.Stage == row.Stages)
                {
                    isLast = true;
                    return views.Plain(row);
                }

                row.Version++;
                Take(row, step.Action, caller, now);
                RequestHistory.Note(db, row, caller, step.Action, now, open, step.Comment);
                await db.SaveChangesAsync(cancellationToken);
                return views.Plain(row);
            },
            _ => null,
            cancellationToken
        );
        return isLast ? await apply.HandleAsync(id, step, caller, cancellationToken) : outcome;
    }

    private static Problem? Refused(ChangeRequestStep step, Caller caller)
    {
        if (!ChangeRequestActions.All.Contains(step.Action))
        {
            return ChangeRequestProblems.Invalid(
                new FieldProblem("action", "unknown", "One of " + string.Join(", ", ChangeRequestActions.All) + ".")
            );
        }

        var reviews = OfReviewers.Contains(step.Action);
        var permission = reviews ? Permissions.ReviewRequests : Permissions.WriteRequests;
        var may =
            caller.May(permission)
            || (step.Action == ChangeRequestActions.Comment && caller.May(Permissions.ReviewRequests));
        if (!may || (reviews && caller.Kind == CallerKind.Person))
        {
            return RegistrantProblems.NotAllowed(permission);
        }

        var needed = step.Action is ChangeRequestActions.Reject or ChangeRequestActions.Comment;
        return string.IsNullOrWhiteSpace(step.Comment)
            ? needed
                ? ChangeRequestProblems.Invalid(new FieldProblem("comment", "required", "Say why."))
                : null
            : step.Comment.Length > MostComment
            || step.Comment.Any(c =>
                (char.IsControl(c) && c is not ('\n' or '\t')) || char.IsSurrogate(c) && IsHalf(step.Comment)
            )
                ? ChangeRequestProblems.Invalid(
                    new FieldProblem("comment", "text", $"Up to {MostComment} characters of text.")
                )
                : null;
    }

    private static bool IsHalf(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
            {
                continue;
            }

            if (i + 1 >= text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
            {
                return true;
            }

            i++;
        }

        return false;
    }

    private async Task<Problem?> CheckAsync(
        RegistryDbContext db,
        OpenRequest open,
        ChangeRequestStep step,
        Caller caller,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var row = open.Row;
        if (step.ExpectedVersion is { } expected && expected != row.Version)
        {
            return ChangeRequestProblems.ChangedSince(row.Version);
        }

        switch (step.Action)
        {
            case ChangeRequestActions.Withdraw:
                return !RequestSight.IsMaker(row, caller) ? ChangeRequestProblems.NotMaker
                    : row.IsOpen || row.State == ChangeRequestStates.Draft ? null
                    : ChangeRequestProblems.NotOpen(row.State, step.Action);
            case ChangeRequestActions.Comment:
                return open.Content is null ? ChangeRequestProblems.Erased : null;
            case ChangeRequestActions.Approve:
                return await ReviewRules.JudgeAsync(db, open, step.Action, sight, caller, now, cancellationToken);
            case ChangeRequestActions.Release:
                return row.Holder(now) == ChangeRequest.NameOf(caller) ? null : ChangeRequestProblems.NotClaimed;
            default:
                return ReviewRules.Refuse(row, step.Action, caller, now);
        }
    }

    private void Take(ChangeRequest row, string action, Caller caller, DateTimeOffset now)
    {
        switch (action)
        {
            case ChangeRequestActions.Claim:
                row.State = row.State == ChangeRequestStates.Submitted ? ChangeRequestStates.InReview : row.State;
                row.ClaimedBy = ChangeRequest.NameOf(caller);
                row.ClaimedUntil = now.AddMinutes(options.ClaimMinutes);
                break;
            case ChangeRequestActions.Release:
                row.State = row is { State: ChangeRequestStates.InReview, Stage: 1 }
                    ? ChangeRequestStates.Submitted
                    : row.State;
                row.Release();
                break;
            case ChangeRequestActions.Approve:
                row.State = ChangeRequestStates.InReview;
                row.ApprovedBy = JsonSerializer.Serialize(row.Approvers.Append(ChangeRequest.NameOf(caller)));
                row.Stage++;
                row.Release();
                break;
            case ChangeRequestActions.Reject:
            case ChangeRequestActions.Withdraw:
                row.State =
                    action == ChangeRequestActions.Reject
                        ? ChangeRequestStates.Rejected
                        : ChangeRequestStates.Withdrawn;
                row.OpenHash = null;
                row.Release();
                break;
        }
    }
}

/// <summary>Who reviews what, and when.</summary>
internal static class ReviewRules
{
    /// <summary>Why this reviewer does not take this step now.</summary>
    public static Problem? Refuse(ChangeRequest row, string action, Caller caller, DateTimeOffset now)
    {
        var name = ChangeRequest.NameOf(caller);
        var state =
            action is ChangeRequestActions.Apply ? row.State == ChangeRequestStates.Approved
            : action is ChangeRequestActions.Reject ? row.IsOpen
            : row.State is ChangeRequestStates.Submitted or ChangeRequestStates.InReview;
        return RequestSight.IsMaker(row, caller) ? ChangeRequestProblems.Own
            : !state ? ChangeRequestProblems.NotOpen(row.State, action)
            : action is ChangeRequestActions.Approve or ChangeRequestActions.Claim && row.Approvers.Contains(name)
                ? ChangeRequestProblems.SameChecker
            : row.Holder(now) is { } holder && (holder != name || action == ChangeRequestActions.Claim)
                ? ChangeRequestProblems.Claimed
            : null;
    }

    /// <summary>The same, and that she sees all that she agrees to.</summary>
    public static async Task<Problem?> JudgeAsync(
        RegistryDbContext db,
        OpenRequest open,
        string action,
        RequestSight sight,
        Caller caller,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        Refuse(open.Row, action, caller, now)
        ?? (
            open.Change is { Succeeded: true } change
                ? await sight.BlindAsync(db, open.Row, change.Value, caller, cancellationToken)
                : open.Change.Problem
        );
}
