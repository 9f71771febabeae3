using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using SocialRegistry.Contracts;
using SocialRegistry.Http;

namespace SocialRegistry.Api.Consents;

internal static class ConsentEndpoints
{
    private static readonly Problem Unknown = Problem.NotFound(
        "consents.not_found",
        "There is no such consent, or it is not for this caller."
    );

    public static void MapConsents(this IEndpointRouteBuilder routes)
    {
        var consents = routes.MapGroup("/registrants/{id}/consents").WithTags("Consents").WithProblems();
        consents
            .MapPost("/", GiveAsync)
            .RequireAuthorization(Permissions.WriteConsents)
            .WithSummary("Record that a person consents to being shown (ISO/IEC TS 27560)");
        consents
            .MapGet("/", ListAsync)
            .RequireAuthorization(Permissions.ReadConsents)
            .WithSummary("The consents of a person, newest first");
        consents
            .MapGet("/{consentId}", GetAsync)
            .RequireAuthorization(Permissions.ReadConsents)
            .WithSummary("One consent with all that became of it");
        consents
            .MapGet("/{consentId}/receipt", ReceiptAsync)
            .RequireAuthorization(Permissions.ReadConsents)
            .WithSummary("The receipt of a consent, to keep: JSON, and the same as a signed compact JWS");
        consents
            .MapPost("/{consentId}/revoke", WithdrawAsync)
            .RequireAuthorization(Permissions.WriteConsents)
            .WithSummary("Take a consent back; from this moment on it covers nothing");
    }

    private static async Task<Results<Created<ConsentResponse>, ProblemHttpResult>> GiveAsync(
        string id,
        GiveConsentRequest request,
        HttpCaller caller,
        IConsents consents,
        CancellationToken cancellationToken
    )
    {
        if (!RegistrantId.TryParse(id, out var registrant))
        {
            return Requests.UnknownRegistrant.ToHttp();
        }

        var outcome = await consents.GiveAsync(registrant, request.ToTerms(), caller.ToCaller(), cancellationToken);
        return outcome.Succeeded
            ? TypedResults.Created(
                $"/api/v1/registrants/{registrant}/consents/{outcome.Value.Id:D}",
                ConsentResponse.Of(outcome.Value)
            )
            : outcome.Problem.ToHttp();
    }

    private static async Task<Results<Ok<IReadOnlyList<ConsentResponse>>, ProblemHttpResult>> ListAsync(
        string id,
        HttpCaller caller,
        IConsents consents,
        CancellationToken cancellationToken
    ) =>
        RegistrantId.TryParse(id, out var registrant)
            ? (await consents.ListAsync(registrant, caller.ToCaller(), cancellationToken))
                .Map(list => (IReadOnlyList<ConsentResponse>)[.. list.Select(ConsentResponse.Of)])
                .ToHttp()
            : Requests.UnknownRegistrant.ToHttp();

    private static Task<Results<Ok<ConsentResponse>, ProblemHttpResult>> GetAsync(
        string id,
        string consentId,
        HttpCaller caller,
        IConsents consents,
        CancellationToken cancellationToken
    ) =>
        OneAsync(
            id,
            consentId,
            async (r, c) =>
                (await consents.GetAsync(r, c, caller.ToCaller(), cancellationToken)).Map(ConsentResponse.Of)
        );

    private static Task<Results<Ok<ConsentResponse>, ProblemHttpResult>> WithdrawAsync(
        string id,
        string consentId,
        HttpCaller caller,
        IConsents consents,
        CancellationToken cancellationToken
    ) =>
        OneAsync(
            id,
            consentId,
            async (r, c) =>
                (await consents.WithdrawAsync(r, c, caller.ToCaller(), cancellationToken)).Map(ConsentResponse.Of)
        );

    private static Task<Results<Ok<ConsentReceiptResponse>, ProblemHttpResult>> ReceiptAsync(
        string id,
        string consentId,
        HttpCaller caller,
        IConsents consents,
        CancellationToken cancellationToken
    ) =>
        OneAsync(
            id,
            consentId,
            async (r, c) =>
                (await consents.ReceiptAsync(r, c, caller.ToCaller(), cancellationToken)).Map(ConsentReceiptResponse.Of)
        );

    private static async Task<Results<Ok<T>, ProblemHttpResult>> OneAsync<T>(
        string id,
        string consentId,
        Func<RegistrantId, Guid, Task<Outcome<T>>> call
    ) =>
        !RegistrantId.TryParse(id, out var registrant) ? Requests.UnknownRegistrant.ToHttp()
        : !Guid.TryParseExact(consentId, "D", out var consent) ? Unknown.ToHttp()
        : (await call(registrant, consent)).ToHttp();
}

/// <summary>A consent to be recorded.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record GiveConsentRequest
{
    /// <summary>1 to 20 purposes, spelled as partners state them.</summary>
    public required IReadOnlyList<string> Purposes { get; init; }

    /// <summary>What may be shown: 1 to 200 field ids, identifier types, <c>identifiers</c>, <c>memberships</c>, <c>relationships</c> or <c>documents</c>.</summary>
    public required IReadOnlyList<string> Fields { get; init; }

    /// <summary>To whom: 1 to 20 ids of partners.</summary>
    public required IReadOnlyList<string> Recipients { get; init; }

    /// <summary>How the consent was taken, such as <c>signed-form</c>; up to 100 characters.</summary>
    public required string CollectionMethod { get; init; }

    /// <summary><c>explicit</c> or <c>implicit</c>.</summary>
    public string Type { get; init; } = ConsentTypes.Explicit;

    /// <summary>Where the notice stands that the person was shown: an https address.</summary>
    public string? Notice { get; init; }

    /// <summary>Language of the notice (BCP 47).</summary>
    public string? Language { get; init; }

    /// <summary>Country whose law counts (ISO 3166-1 alpha-2).</summary>
    public string? Jurisdiction { get; init; }

    /// <summary>Where the recipients store what they are shown.</summary>
    public string? StorageLocation { get; init; }

    /// <summary>For how long they keep it: an ISO 8601 duration such as <c>P2Y</c>.</summary>
    public string? RetentionPeriod { get; init; }

    /// <summary>From when on; absent means now.</summary>
    public DateTimeOffset? ValidFrom { get; init; }

    /// <summary>Until when; absent means until it is taken back.</summary>
    public DateTimeOffset? ValidUntil { get; init; }

    internal NewConsent ToTerms() =>
        new()
        {
            Purposes = Purposes,
            Fields = Fields,
            Recipients = Recipients,
            CollectionMethod = CollectionMethod,
            Type = Type,
            Notice = Notice,
            Language = Language,
            Jurisdiction = Jurisdiction,
            StorageLocation = StorageLocation,
            RetentionPeriod = RetentionPeriod,
            ValidFrom = ValidFrom,
            ValidUntil = ValidUntil,
        };
}

/// <summary>A receipt.</summary>
/// <param name="Receipt">The consent in the standard's own names (ISO/IEC TS 27560:2023, 6.3 and 6.4).</param>
/// <param name="Jws">The same signed by the deployment (compact JWS, type <c>consent-receipt+jwt</c>).</param>
public sealed record ConsentReceiptResponse(System.Text.Json.JsonElement Receipt, string Jws)
{
    internal static ConsentReceiptResponse Of(ConsentReceipt receipt) =>
        new(System.Text.Json.JsonElement.Parse(receipt.Json), receipt.Jws);
}

/// <summary>A consent record.</summary>
/// <param name="RegistrantId">The PII principal.</param>
/// <param name="Controller">The PII controller.</param>
/// <param name="State">What counts now: <c>given</c>, <c>withdrawn</c> or <c>expired</c>.</param>
/// <param name="Events">What became of it, oldest first.</param>
public sealed record ConsentResponse(
    Guid Id,
    string SchemaVersion,
    string RegistrantId,
    string Controller,
    string State,
    NewConsent Terms,
    IReadOnlyList<ConsentEvent> Events
)
{
    internal static ConsentResponse Of(ConsentView view) =>
        new(
            view.Id,
            view.SchemaVersion,
            view.RegistrantId.ToString(),
            view.Controller,
            view.State,
            view.Terms,
            view.Events
        );
}
