using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using SocialRegistry.Api.Registrants;
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
            .WithSummary("Store a new household or other group");
        groups
            .MapPost("/{id}/members", AddMemberAsync)
            .RequireAuthorization(Permissions.WriteRegistrants)
            .WithSummary("Put a person into a group");
    }

    private static async Task<Results<Created<RegistrantResponse>, ProblemHttpResult>> CreateAsync(
        CreateGroupRequest body,
        [FromHeader(Name = "Idempotency-Key")] string? idempotencyKey,
        HttpCaller caller,
        HttpContext context,
        IRegistrants registrants,
        CancellationToken cancellationToken
    )
    {
        var group = new NewRegistrant
        {
            Kind = RegistrantKinds.Group,
            Values = body.Values,
            Identifiers = body.Identifiers,
            IdempotencyKey = idempotencyKey,
        };
        var outcome = await registrants.CreateAsync(group, caller.ToCaller(), cancellationToken);
        if (!outcome.Succeeded)
        {
            return outcome.Problem.ToHttp();
        }

        context.SetETag(outcome.Value.Version);
        return TypedResults.Created($"/api/v1/registrants/{outcome.Value.Id}", RegistrantResponse.From(outcome.Value));
    }

    private static async Task<Results<Ok<MembershipResponse>, ProblemHttpResult>> AddMemberAsync(
        string id,
        AddMemberRequest body,
        HttpCaller caller,
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
        };
        return (await groups.AddMemberAsync(membership, caller.ToCaller(), cancellationToken))
            .Map(MembershipResponse.From)
            .ToHttp();
    }
}

/// <summary>A group to be stored.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record CreateGroupRequest
{
    /// <summary>Values by field id.</summary>
    [Required]
    public required Dictionary<string, JsonElement> Values { get; init; }

    [MaxLength(20)]
    public IReadOnlyList<Identifier> Identifiers { get; init; } = [];
}

/// <summary>A person who joins a group.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record AddMemberRequest
{
    /// <summary>The person's registrant id.</summary>
    [Required, MaxLength(36)]
    public required string Member { get; init; }

    /// <summary>Kinds such as <c>head</c>, <c>recipient</c>; <c>member</c> when empty.</summary>
    [MaxLength(5)]
    public IReadOnlyList<string> Kinds { get; init; } = [];

    public DateOnly? StartedOn { get; init; }
}
