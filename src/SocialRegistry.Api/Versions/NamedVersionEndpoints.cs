using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using SocialRegistry.Contracts;
using SocialRegistry.Http;

namespace SocialRegistry.Api.Versions;

internal static class NamedVersionEndpoints
{
    public static void MapNamedVersions(this IEndpointRouteBuilder routes)
    {
        var versions = routes.MapGroup("/named-versions").WithTags("Named versions").WithProblems();
        versions
            .MapPost("/", CreateAsync)
            .RequireAuthorization(Permissions.WriteVersions)
            .WithSummary("Make an open named version; the same request again answers with what stands");
        versions
            .MapGet("/", ListAsync)
            .RequireAuthorization(Permissions.ReadVersions)
            .WithSummary("The named versions by name");
        versions
            .MapGet("/{name}", GetAsync)
            .RequireAuthorization(Permissions.ReadVersions)
            .WithSummary("One named version, with the number of records in it");
        versions
            .MapGet("/{name}/members", MembersAsync)
            .RequireAuthorization(Permissions.ReadVersions)
            .WithSummary("The records in a named version, each with its version");
        versions
            .MapPut("/{name}/members/{id}", JoinAsync)
            .RequireAuthorization(Permissions.WriteVersions)
            .WithSummary("A record joins with a version that is there; of several the last one joined counts");
        versions
            .MapPost("/{name}/close", CloseAsync)
            .RequireAuthorization(Permissions.WriteVersions)
            .WithSummary("Freeze a named version for good: nothing joins it any more");
    }

    private static async Task<Results<Created<NamedVersionView>, ProblemHttpResult>> CreateAsync(
        NamedVersionRequest body,
        HttpCaller caller,
        INamedVersions versions,
        CancellationToken cancellationToken
    )
    {
        var outcome = await versions.CreateAsync(body.ToNew(), caller.ToCaller(), cancellationToken);
        return outcome.Succeeded
            ? TypedResults.Created($"/api/v1/named-versions/{outcome.Value.Name}", outcome.Value)
            : outcome.Problem.ToHttp();
    }

    private static async Task<Results<Ok<Page<NamedVersionView>>, ProblemHttpResult>> ListAsync(
        [AsParameters] NamedVersionQuery query,
        HttpCaller caller,
        INamedVersions versions,
        CancellationToken cancellationToken
    ) =>
        (
            await versions.ListAsync(
                query.ToFilter(),
                new PageRequest(query.Size ?? 50, query.After),
                caller.ToCaller(),
                cancellationToken
            )
        ).ToHttp();

    private static async Task<Results<Ok<NamedVersionView>, ProblemHttpResult>> GetAsync(
        string name,
        HttpCaller caller,
        INamedVersions versions,
        CancellationToken cancellationToken
    ) => (await versions.GetAsync(name, caller.ToCaller(), cancellationToken)).ToHttp();

    private static async Task<Results<Ok<Page<NamedVersionMemberResponse>>, ProblemHttpResult>> MembersAsync(
        string name,
        [AsParameters] PageQuery page,
        HttpCaller caller,
        INamedVersions versions,
        CancellationToken cancellationToken
    )
    {
        var outcome = await versions.MembersAsync(name, page.ToPageRequest(), caller.ToCaller(), cancellationToken);
        return outcome
            .Map(found => new Page<NamedVersionMemberResponse>(
                [.. found.Items.Select(NamedVersionMemberResponse.Of)],
                found.Next
            ))
            .ToHttp();
    }

    private static async Task<Results<Ok<NamedVersionMemberResponse>, ProblemHttpResult>> JoinAsync(
        string name,
        string id,
        JoinRequest body,
        HttpCaller caller,
        INamedVersions versions,
        CancellationToken cancellationToken
    )
    {
        if (!RegistrantId.TryParse(id, out var registrant))
        {
            return Requests.UnknownRegistrant.ToHttp();
        }

        var outcome = await versions.JoinAsync(name, registrant, body.Version, caller.ToCaller(), cancellationToken);
        return outcome.Map(NamedVersionMemberResponse.Of).ToHttp();
    }

    private static async Task<Results<Ok<NamedVersionView>, ProblemHttpResult>> CloseAsync(
        string name,
        HttpCaller caller,
        INamedVersions versions,
        CancellationToken cancellationToken
    ) => (await versions.CloseAsync(name, caller.ToCaller(), cancellationToken)).ToHttp();
}

/// <summary>A named version to be made.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record NamedVersionRequest
{
    /// <summary>1 to 60 lower-case letters, digits, dots, hyphens and underscores, the first a letter.</summary>
    /// <example>survey-2026-spring</example>
    [Required, MaxLength(60)]
    public required string Name { get; init; }

    /// <summary><c>survey</c>, <c>feedback</c>, <c>import</c>, <c>manual</c>, or another kind of the deployment.</summary>
    /// <example>survey</example>
    [Required, MaxLength(40)]
    public required string Kind { get; init; }

    /// <summary>Whose data it is; no personal data.</summary>
    [MaxLength(200)]
    public string? Source { get; init; }

    /// <summary>First day of what it is about.</summary>
    public DateOnly? PeriodFrom { get; init; }

    /// <summary>Last day of what it is about.</summary>
    public DateOnly? PeriodTo { get; init; }

    internal NewNamedVersion ToNew() =>
        new()
        {
            Name = Name,
            Kind = Kind,
            Source = Source,
            PeriodFrom = PeriodFrom,
            PeriodTo = PeriodTo,
        };
}

/// <summary>Which named versions are wanted.</summary>
public sealed record NamedVersionQuery
{
    [FromQuery(Name = "kind"), MaxLength(40)]
    public string? Kind { get; init; }

    [FromQuery(Name = "source"), MaxLength(200)]
    public string? Source { get; init; }

    /// <summary><c>true</c>: open ones only; <c>false</c>: closed ones only.</summary>
    [FromQuery(Name = "open")]
    public bool? Open { get; init; }

    /// <summary>Items a page, 1 to 500; 50 when absent.</summary>
    [FromQuery(Name = "size"), Range(1, 500)]
    public int? Size { get; init; }

    /// <summary>The <c>next</c> of the page before.</summary>
    [FromQuery(Name = "after"), MaxLength(60)]
    public string? After { get; init; }

    internal NamedVersionFilter ToFilter() =>
        new()
        {
            Kind = Kind,
            Source = Source,
            Open = Open,
        };
}

/// <summary>With which version a record joins.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record JoinRequest
{
    /// <summary>The one that stands when absent.</summary>
    [Range(1, long.MaxValue)]
    public long? Version { get; init; }
}

/// <summary>A record in a named version.</summary>
public sealed record NamedVersionMemberResponse(string Registrant, long Version, DateTimeOffset JoinedAt)
{
    internal static NamedVersionMemberResponse Of(NamedVersionMember member) =>
        new(member.Registrant.ToString(), member.Version, member.JoinedAt);
}
