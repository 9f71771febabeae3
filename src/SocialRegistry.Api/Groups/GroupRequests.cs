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

    public static Outcome<IReadOnlyList<NewMember>> NewMembers(IReadOnlyList<AddMemberRequest> list)
    {
        var members = new List<NewMember>(list.Count);
        foreach (var (index, item) in list.Index())
        {
            if (!RegistrantId.TryParse(item?.Member, out var member))
            {
                return Unreadable($"members[{index}].member");
            }

            if (item.EndedOn is not null || item.EndReason is not null)
            {
                return Problem.Invalid(
                    InvalidCode,
                    "A new group has members, not past ones.",
                    new FieldProblem($"members[{index}].endedOn", "open", "Leave the end away here.")
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

    /// <summary>200 with what the change did, or the problem.</summary>
    public static async Task<Results<Ok<TResponse>, ProblemHttpResult>> AnswerAsync<TView, TResponse>(
        this HttpContext context,
        Outcome<GroupCommand> command,
        Func<GroupCommand, Task<Outcome<TView>>> change,
        Func<TView, TResponse> show
    )
    {
        if (!command.Succeeded)
        {
            return context.Refuse(command.Problem);
        }

        var outcome = await change(command.Value);
        return outcome.Succeeded ? TypedResults.Ok(show(outcome.Value)) : context.Refuse(outcome.Problem);
    }

    private static Problem Unreadable(string path) =>
        Problem.Invalid(
            InvalidCode,
            "An id in the request is none.",
            new FieldProblem(path, "type", "Send a registrant id: a UUID of 36 characters.")
        );
}
