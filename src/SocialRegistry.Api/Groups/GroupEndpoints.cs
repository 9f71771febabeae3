using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using SocialRegistry.Api.Registrants;
using SocialRegistry.Api.Versions;
using SocialRegistry.Contracts;
using SocialRegistry.Http;

namespace SocialRegistry.Api.Groups;

internal static class GroupEndpoints
{
    public static void MapGroupMembers(this IEndpointRouteBuilder routes)
    {
        var groups = routes.MapGroup("/groups").WithTags("Groups").WithProblems();
        groups
            .MapPost("/", CreateAsync)
            .RequireAuthorization(Permissions.WriteRegistrants)
            .WithSummary("Store a new household or other group, with its first members");
        groups
            .MapGet("/{id}/members", MembersAsync)
            .RequireAuthorization(Permissions.ReadRegistrants)
            .WithSummary("The members of a group: open memberships, those of a day, or all, page by page")
            .WithDescription(
                "A record of a group shows the first 200 of its open members; membershipsNext in it is the value of after with which this list goes on."
            );
        groups
            .MapPost("/{id}/members", AddMemberAsync)
            .RequireAuthorization(Permissions.WriteRegistrants)
            .WithSummary("Put a person into a group");
        groups
            .MapPost("/{id}/members/batch", ChangeMembersAsync)
            .RequireAuthorization(Permissions.WriteRegistrants)
            .WithSummary("End, change and add up to 500 memberships in one call, all or none; groups of any size");
        groups
            .MapPatch("/{id}/members/{memberId}", ChangeMemberAsync)
            .RequireAuthorization(Permissions.WriteRegistrants)
            .WithSummary("Change kinds or period of an open membership");
        groups
            .MapDelete("/{id}/members/{memberId}", EndMemberAsync)
            .RequireAuthorization(Permissions.WriteRegistrants)
            .WithSummary("End an open membership; it stays as a past one");
        groups.MapHouseholdOperations();
        routes
            .MapGroup("/registrants")
            .WithTags("Groups")
            .WithProblems()
            .MapGet("/{id}/memberships", MembershipsAsync)
            .RequireAuthorization(Permissions.ReadRegistrants)
            .WithSummary("The groups of a person: open memberships, those of a day, or all");
    }

    private static async Task<
        Results<Created<RegistrantResponse>, Ok<RegistrantResponse>, ProblemHttpResult>
    > CreateAsync(
        CreateGroupRequest body,
        [AsParameters] NewGroupConditions conditions,
        HttpCaller caller,
        HttpContext context,
        IGroups groups,
        CancellationToken cancellationToken
    )
    {
        var members = GroupRequests.NewMembers(body.Members);
        if (!members.Succeeded)
        {
            return members.Problem.ToHttp();
        }

        var command = new GroupCommand
        {
            IdempotencyKey = conditions.IdempotencyKey,
            DryRun = conditions.DryRun == true,
            Reason = body.Reason,
            EffectiveOn = body.EffectiveOn,
        };
        var group = new NewGroup
        {
            Values = body.Values,
            Identifiers = body.Identifiers,
            Members = members.Value,
        };
        var outcome = await groups.CreateAsync(group, command, caller.ToCaller(), cancellationToken);
        if (!outcome.Succeeded)
        {
            return outcome.Problem.ToHttp();
        }

        var response = RegistrantResponse.From(outcome.Value);
        if (command.DryRun)
        {
            return TypedResults.Ok(response);
        }

        context.SetETag(outcome.Value.Version);
        return TypedResults.Created($"/api/v1/registrants/{outcome.Value.Id}", response);
    }

    private static async Task<Results<Ok<Page<MemberResponse>>, ProblemHttpResult>> MembersAsync(
        string id,
        [AsParameters] MembershipsQuery query,
        [AsParameters] MemberFieldsQuery fields,
        [AsParameters] PageQuery page,
        HttpCaller caller,
        IGroups groups,
        IRegistrants registrants,
        CancellationToken cancellationToken
    )
    {
        if (!RegistrantId.TryParse(id, out var group))
        {
            return Requests.UnknownRegistrant.ToHttp();
        }

        var found = await groups.MembershipsAsync(
            group,
            query.ToQuery(),
            page.ToPageRequest(),
            caller.ToCaller(),
            cancellationToken
        );
        if (!found.Succeeded)
        {
            return found.Problem.ToHttp();
        }

        var records = new Dictionary<RegistrantId, RegistrantView>();
        if (fields.ToFields() is { } wanted)
        {
            var ids = found.Value.Items.Select(m => m.MemberId).Distinct().ToList();
            var options = new ReadOptions { Fields = wanted };
            var read = await registrants.GetManyAsync(ids, options, caller.ToCaller(), cancellationToken);
            if (!read.Succeeded)
            {
                return read.Problem.ToHttp();
            }

            records = read.Value.OfType<RegistrantView>().ToDictionary(r => r.Id);
        }

        return TypedResults.Ok(
            new Page<MemberResponse>(
                [
                    .. found.Value.Items.Select(m => new MemberResponse
                    {
                        Membership = MembershipResponse.From(m),
                        Values = records.GetValueOrDefault(m.MemberId)?.Values,
                    }),
                ],
                found.Value.Next
            )
        );
    }

    private static async Task<Results<Ok<Page<MembershipResponse>>, ProblemHttpResult>> MembershipsAsync(
        string id,
        [AsParameters] MembershipsQuery query,
        [AsParameters] PageQuery page,
        HttpCaller caller,
        IGroups groups,
        CancellationToken cancellationToken
    ) =>
        RegistrantId.TryParse(id, out var person)
            ? (
                await groups.MembershipsAsync(
                    person,
                    query.ToQuery(),
                    page.ToPageRequest(),
                    caller.ToCaller(),
                    cancellationToken
                )
            )
                .Map(p => new Page<MembershipResponse>([.. p.Items.Select(MembershipResponse.From)], p.Next))
                .ToHttp()
            : Requests.UnknownRegistrant.ToHttp();

    private static async Task<Results<Ok<MembershipResponse>, ProblemHttpResult>> AddMemberAsync(
        string id,
        AddMemberRequest body,
        [AsParameters] GroupConditions conditions,
        HttpCaller caller,
        HttpContext context,
        IGroups groups,
        CancellationToken cancellationToken
    )
    {
        if (!RegistrantId.TryParse(id, out var group) || !RegistrantId.TryParse(body.Member, out var member))
        {
            return Requests.UnknownRegistrant.ToHttp();
        }

        var membership = new MembershipView
        {
            GroupId = group,
            MemberId = member,
            Kinds = body.Kinds,
            StartedOn = body.StartedOn,
            EndedOn = body.EndedOn,
            EndReason = body.EndReason,
        };
        return await context.AnswerAsync(
            conditions.ToCommand(null, null),
            command => groups.AddMemberAsync(membership, command, caller.ToCaller(), cancellationToken),
            MembershipResponse.From,
            membership => membership.GroupVersion
        );
    }

    private static async Task<Results<Ok<GroupChangeResponse>, ProblemHttpResult>> ChangeMembersAsync(
        string id,
        ChangeMembersRequest body,
        [AsParameters] GroupConditions conditions,
        HttpCaller caller,
        HttpContext context,
        IGroups groups,
        CancellationToken cancellationToken
    )
    {
        if (!RegistrantId.TryParse(id, out var group))
        {
            return Requests.UnknownRegistrant.ToHttp();
        }

        var change = GroupRequests.Changes(body);
        if (!change.Succeeded)
        {
            return change.Problem.ToHttp();
        }

        return await context.AnswerAsync(
            conditions.ToCommand(body.Reason, body.EffectiveOn),
            command => groups.ChangeMembersAsync(group, change.Value, command, caller.ToCaller(), cancellationToken),
            GroupChangeResponse.From,
            done => done.VersionOf(group)
        );
    }

    private static async Task<Results<Ok<MembershipResponse>, ProblemHttpResult>> ChangeMemberAsync(
        string id,
        string memberId,
        ChangeMemberRequest body,
        [AsParameters] GroupConditions conditions,
        HttpCaller caller,
        HttpContext context,
        IGroups groups,
        CancellationToken cancellationToken
    )
    {
        if (!RegistrantId.TryParse(id, out var group) || !RegistrantId.TryParse(memberId, out var member))
        {
            return Requests.UnknownRegistrant.ToHttp();
        }

        var patch = new MembershipPatch
        {
            Kinds = body.Kinds,
            StartedOn = body.StartedOn,
            EndedOn = body.EndedOn,
        };
        return await context.AnswerAsync(
            conditions.ToCommand(body.Reason, null),
            command => groups.ChangeMemberAsync(group, member, patch, command, caller.ToCaller(), cancellationToken),
            MembershipResponse.From,
            membership => membership.GroupVersion
        );
    }

    private static async Task<Results<Ok<GroupChangeResponse>, ProblemHttpResult>> EndMemberAsync(
        string id,
        string memberId,
        [AsParameters] EndMemberQuery query,
        [AsParameters] GroupConditions conditions,
        HttpCaller caller,
        HttpContext context,
        IGroups groups,
        CancellationToken cancellationToken
    )
    {
        if (!RegistrantId.TryParse(id, out var group) || !RegistrantId.TryParse(memberId, out var member))
        {
            return Requests.UnknownRegistrant.ToHttp();
        }

        var head = GroupRequests.Optional(query.NewHead, "newHead");
        if (!head.Succeeded)
        {
            return head.Problem.ToHttp();
        }

        var end = new MembershipEnd
        {
            Reason = query.Reason,
            EndedOn = query.EndedOn,
            NewHead = head.Value.Id,
        };
        return await context.AnswerAsync(
            conditions.ToCommand(null, null),
            command => groups.EndMemberAsync(group, member, end, command, caller.ToCaller(), cancellationToken),
            GroupChangeResponse.From,
            change => change.VersionOf(group)
        );
    }
}
