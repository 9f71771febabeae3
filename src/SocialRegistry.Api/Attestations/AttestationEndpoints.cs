using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using SocialRegistry.Contracts;
using SocialRegistry.Http;

namespace SocialRegistry.Api.Attestations;

internal static class AttestationEndpoints
{
    public static void MapAttestations(this IEndpointRouteBuilder routes)
    {
        var attestations = routes.MapGroup("/registrants/{id}/attestations").WithTags("Attestations").WithProblems();
        attestations
            .MapGet("/", ListAsync)
            .RequireAuthorization(Permissions.ReadRegistrants)
            .WithSummary("The state of each attestable field that has a value");
        attestations
            .MapPut("/{field}", AttestAsync)
            .RequireAuthorization(Permissions.WriteAttestations)
            .WithSummary("State something about the value that stands");
    }

    private static async Task<Results<Ok<IReadOnlyList<AttestationView>>, ProblemHttpResult>> ListAsync(
        string id,
        HttpCaller caller,
        IAttestations attestations,
        CancellationToken cancellationToken
    ) =>
        RegistrantId.TryParse(id, out var registrant)
            ? (await attestations.ListAsync(registrant, caller.ToCaller(), cancellationToken)).ToHttp()
            : Requests.UnknownRegistrant.ToHttp();

    private static async Task<Results<Ok<AttestationView>, ProblemHttpResult>> AttestAsync(
        string id,
        string field,
        AttestRequest body,
        HttpCaller caller,
        IAttestations attestations,
        CancellationToken cancellationToken
    ) =>
        RegistrantId.TryParse(id, out var registrant)
            ? (
                await attestations.AttestAsync(
                    registrant,
                    field,
                    body.ToStatement(),
                    caller.ToCaller(),
                    cancellationToken
                )
            ).ToHttp()
            : Requests.UnknownRegistrant.ToHttp();
}

/// <summary>What an attestor says.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record AttestRequest
{
    /// <summary><c>ATTESTED</c> or <c>REJECTED</c>.</summary>
    /// <example>ATTESTED</example>
    [Required, MaxLength(40)]
    public required string Status { get; init; }

    [MaxLength(2000)]
    public string? Comments { get; init; }

    /// <summary>The <c>valueHash</c> of the value that was looked at; refused when the value has changed since.</summary>
    [MaxLength(64)]
    public string? ValueHash { get; init; }

    /// <summary>What was looked at, such as <c>birth certificate</c>; no personal values.</summary>
    [MaxLength(200)]
    public string? Evidence { get; init; }

    /// <summary>How it was checked: <c>document</c>, <c>visit</c>, <c>register</c>, …</summary>
    [MaxLength(40)]
    public string? Method { get; init; }

    public DateOnly? ValidUntil { get; init; }

    internal AttestationStatement ToStatement() =>
        new()
        {
            Status = Status,
            Comments = Comments,
            ValueHash = ValueHash,
            Evidence = Evidence,
            Method = Method,
            ValidUntil = ValidUntil,
        };
}
