using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using SocialRegistry.Contracts;

namespace SocialRegistry.Api.Groups;

/// <summary>A registrant id that may be left out.</summary>
internal readonly record struct OptionalId(RegistrantId? Id);

/// <summary>Reads ids in bodies, and answers.</summary>
internal static class GroupRequests
{
    private const string InvalidCode = "registrants.invalid";

    public static Outcome<OptionalId> Optional(string? text, string path) =>
        text is null ? default(OptionalId)
        : RegistrantId.TryParse(text, out var id) ? new OptionalId(id)
        : Unreadable(path);

    public static Outcome<IReadOnlyList<MemberKinds>> Kinds(IReadOnlyList<MemberKindsRequest> list, string path)
    {
        var kinds = new List<MemberKinds>(list.Count);
        foreach (var (index, item) in list.Index())
        {
            if (!RegistrantId.TryParse(item?.Member, out var member))
            {
                return Unreadable($"{path}[{index}].member");
            }

            kinds.Add(new MemberKinds { Member = member, Kinds = item.Kinds });
        }

        return kinds;
    }

    public static Outcome<IReadOnlyList<NewMember>> NewMembers(
        IReadOnlyList<AddMemberRequest> list,
        string path = "members"
    )
    {
        var members = new List<NewMember>(list.Count);
        foreach (var (index, item) in list.Index())
        {
            if (!RegistrantId.TryParse(item?.Member, out var member))
            {
                return Unreadable($"{path}[{index}].member");
            }

            if (item.EndedOn is not null || item.EndReason is not null)
            {
                return Problem.Invalid(
                    InvalidCode,
                    "Who joins here joins openly; memberships of the past are added one by one.",
                    new FieldProblem($"{path}[{index}].endedOn", "open", "Leave the end away here.")
                );
            }

            members.Add(
                new NewMember
                {
                    Member = member,
                    Kinds = item.Kinds,
                    StartedOn = item.StartedOn,
                }
            );
        }

        return members;
    }

    public static Outcome<MembersChange> Changes(ChangeMembersRequest body)
    {
        var kinds = Kinds(body.Change, "change");
        var members = NewMembers(body.Add, "add");
        if ((kinds.Problem ?? members.Problem) is { } problem)
        {
            return problem;
        }

        var ends = new List<MemberEnd>(body.End.Count);
        foreach (var (index, item) in body.End.Index())
        {
            if (!RegistrantId.TryParse(item?.Member, out var member))
            {
                return Unreadable($"end[{index}].member");
            }

            ends.Add(
                new MemberEnd
                {
                    Member = member,
                    Reason = item.EndReason,
                    EndedOn = item.EndedOn,
                }
            );
        }

        return new MembersChange
        {
            End = ends,
            Change = kinds.Value!,
            Add = members.Value!,
        };
    }

    /// <summary>The version of a group after a change.</summary>
    public static long? VersionOf(this GroupChangeView change, RegistrantId group) =>
        change.DryRun ? null : change.Groups.FirstOrDefault(g => g.Id == group)?.Version;

    /// <summary>200 with what the change did and the group's ETag after it, or the problem.</summary>
    public static async Task<Results<Ok<TResponse>, ProblemHttpResult>> AnswerAsync<TView, TResponse>(
        this HttpContext context,
        Outcome<GroupCommand> command,
        Func<GroupCommand, Task<Outcome<TView>>> change,
        Func<TView, TResponse> show,
        Func<TView, long?> version
    )
    {
        if (!command.Succeeded)
        {
            return context.Refuse(command.Problem);
        }

        var outcome = await change(command.Value);
        if (!outcome.Succeeded)
        {
            return context.Refuse(outcome.Problem);
        }

        if (!command.Value.DryRun && version(outcome.Value) is { } after)
        {
            context.SetETag(after);
        }

        return TypedResults.Ok(show(outcome.Value));
    }

    private static Problem Unreadable(string path) =>
        Problem.Invalid(
            InvalidCode,
            "An id in the request is none.",
            new FieldProblem(path, "type", "Send a registrant id: a UUID of 36 characters.")
        );
}
