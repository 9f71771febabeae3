using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using SocialRegistry.Contracts;
using SocialRegistry.Http;

namespace SocialRegistry.Api.Groups;

/// <summary>What happens to households, each as one call and one transaction.</summary>
internal static class HouseholdEndpoints
{
    public static void MapHouseholdOperations(this RouteGroupBuilder groups)
    {
        groups
            .MapPost("/{id}/exit", ExitAsync)
            .RequireAuthorization(Permissions.WriteRegistrants)
            .WithSummary("A person leaves the group; a head names who follows");
        groups
            .MapPost("/{id}/move", MoveAsync)
            .RequireAuthorization(Permissions.WriteRegistrants)
            .WithSummary("Move a person to another group");
        groups
            .MapPost("/{id}/split", SplitAsync)
            .RequireAuthorization(Permissions.WriteRegistrants)
            .WithSummary("Some members leave and make a new group");
        groups
            .MapPost("/{id}/merge", MergeAsync)
            .RequireAuthorization(Permissions.WriteRegistrants)
            .WithSummary("Take all members of another group in; the other gets the status merged");
        groups
            .MapPost("/{id}/head", ChangeHeadAsync)
            .RequireAuthorization(Permissions.WriteRegistrants)
            .WithSummary("Another member becomes head");
        groups
            .MapPost("/{id}/dissolve", DissolveAsync)
            .RequireAuthorization(Permissions.WriteRegistrants)
            .WithSummary("End all memberships; the group gets the status inactive");
    }

    private static async Task<Results<Ok<GroupChangeResponse>, ProblemHttpResult>> ExitAsync(
        string id,
        ExitRequest body,
        [AsParameters] GroupConditions conditions,
        HttpCaller caller,
        HttpContext context,
        IGroups groups,
        CancellationToken cancellationToken
    )
    {
        var head = GroupRequests.Optional(body.NewHead, "newHead");
        if (
            !RegistrantId.TryParse(id, out var group)
            || !RegistrantId.TryParse(body.Member, out var member)
            || !head.Succeeded
        )
        {
            return (head.Problem ?? Requests.UnknownRegistrant).ToHttp();
        }

        var end = new MembershipEnd
        {
            Reason = body.EndReason,
            EndedOn = body.EndedOn,
            NewHead = head.Value.Id,
        };
        return await context.AnswerAsync(
            conditions.ToCommand(body.Reason, null),
            command => groups.EndMemberAsync(group, member, end, command, caller.ToCaller(), cancellationToken),
            GroupChangeResponse.From,
            change => change.VersionOf(group)
        );
    }

    private static async Task<Results<Ok<GroupChangeResponse>, ProblemHttpResult>> MoveAsync(
        string id,
        MoveRequest body,
        [AsParameters] GroupConditions conditions,
        HttpCaller caller,
        HttpContext context,
        IGroups groups,
        CancellationToken cancellationToken
    )
    {
        var head = GroupRequests.Optional(body.NewHead, "newHead");
        if (
            !RegistrantId.TryParse(id, out var group)
            || !RegistrantId.TryParse(body.Member, out var member)
            || !RegistrantId.TryParse(body.ToGroup, out var toGroup)
            || !head.Succeeded
        )
        {
            return (head.Problem ?? Requests.UnknownRegistrant).ToHttp();
        }

        var move = new MemberMove
        {
            Member = member,
            ToGroup = toGroup,
            Kinds = body.Kinds,
            NewHead = head.Value.Id,
        };
        return await context.AnswerAsync(
            conditions.ToCommand(body.Reason, body.EffectiveOn),
            command => groups.MoveMemberAsync(group, move, command, caller.ToCaller(), cancellationToken),
            GroupChangeResponse.From,
            change => change.VersionOf(group)
        );
    }

    private static async Task<Results<Ok<GroupChangeResponse>, ProblemHttpResult>> SplitAsync(
        string id,
        SplitRequest body,
        [AsParameters] GroupConditions conditions,
        HttpCaller caller,
        HttpContext context,
        IGroups groups,
        CancellationToken cancellationToken
    )
    {
        var head = GroupRequests.Optional(body.Head, "head");
        var newHead = GroupRequests.Optional(body.NewHead, "newHead");
        var members = GroupRequests.Kinds(body.Members, "members");
        if ((head.Problem ?? newHead.Problem ?? members.Problem) is { } problem)
        {
            return problem.ToHttp();
        }

        if (!RegistrantId.TryParse(id, out var group))
        {
            return Requests.UnknownRegistrant.ToHttp();
        }

        var split = new GroupSplit
        {
            Members = members.Value!,
            Head = head.Value.Id,
            NewHead = newHead.Value.Id,
            Values = body.Values,
            Take = body.Take,
            Identifiers = body.Identifiers,
        };
        return await context.AnswerAsync(
            conditions.ToCommand(body.Reason, body.EffectiveOn),
            command => groups.SplitAsync(group, split, command, caller.ToCaller(), cancellationToken),
            GroupChangeResponse.From,
            change => change.VersionOf(group)
        );
    }

    private static async Task<Results<Ok<GroupChangeResponse>, ProblemHttpResult>> MergeAsync(
        string id,
        MergeRequest body,
        [AsParameters] GroupConditions conditions,
        HttpCaller caller,
        HttpContext context,
        IGroups groups,
        CancellationToken cancellationToken
    )
    {
        var head = GroupRequests.Optional(body.Head, "head");
        var kinds = GroupRequests.Kinds(body.Kinds, "kinds");
        if ((head.Problem ?? kinds.Problem) is { } problem)
        {
            return problem.ToHttp();
        }

        if (!RegistrantId.TryParse(id, out var group) || !RegistrantId.TryParse(body.Other, out var other))
        {
            return Requests.UnknownRegistrant.ToHttp();
        }

        var merge = new GroupMerge
        {
            Other = other,
            Head = head.Value.Id,
            Kinds = kinds.Value!,
        };
        return await context.AnswerAsync(
            conditions.ToCommand(body.Reason, body.EffectiveOn),
            command => groups.MergeAsync(group, merge, command, caller.ToCaller(), cancellationToken),
            GroupChangeResponse.From,
            change => change.VersionOf(group)
        );
    }

    private static async Task<Results<Ok<GroupChangeResponse>, ProblemHttpResult>> ChangeHeadAsync(
        string id,
        ChangeHeadRequest body,
        [AsParameters] GroupConditions conditions,
        HttpCaller caller,
        HttpContext context,
        IGroups groups,
        CancellationToken cancellationToken
    )
    {
        var kinds = GroupRequests.Kinds(body.Kinds, "kinds");
        if (
            !RegistrantId.TryParse(id, out var group)
            || !RegistrantId.TryParse(body.Head, out var head)
            || !kinds.Succeeded
        )
        {
            return (kinds.Problem ?? Requests.UnknownRegistrant).ToHttp();
        }

        var change = new HeadChange { Head = head, Kinds = kinds.Value };
        return await context.AnswerAsync(
            conditions.ToCommand(body.Reason, body.EffectiveOn),
            command => groups.ChangeHeadAsync(group, change, command, caller.ToCaller(), cancellationToken),
            GroupChangeResponse.From,
            change => change.VersionOf(group)
        );
    }

    private static async Task<Results<Ok<GroupChangeResponse>, ProblemHttpResult>> DissolveAsync(
        string id,
        DissolveRequest body,
        [AsParameters] GroupConditions conditions,
        HttpCaller caller,
        HttpContext context,
        IGroups groups,
        CancellationToken cancellationToken
    ) =>
        RegistrantId.TryParse(id, out var group)
            ? await context.AnswerAsync(
                conditions.ToCommand(body.Reason, body.EffectiveOn),
                command =>
                    groups.DissolveAsync(
                        group,
                        new GroupDissolution { Reason = body.EndReason },
                        command,
                        caller.ToCaller(),
                        cancellationToken
                    ),
                GroupChangeResponse.From,
                change => change.VersionOf(group)
            )
            : Requests.UnknownRegistrant.ToHttp();
}
