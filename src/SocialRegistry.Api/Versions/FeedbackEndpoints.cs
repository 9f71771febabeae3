using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using SocialRegistry.Api.Signed;
using SocialRegistry.Contracts;
using SocialRegistry.Http;

namespace SocialRegistry.Api.Versions;

internal static class FeedbackEndpoints
{
    private const int MaxBytes = 1024 * 1024;

    private static readonly Problem NotJson = Problem.Invalid(
        "feedback.not_json",
        "The body is not the JSON of a feedback: an object with 'namedVersion' and 'items', without members that are not known or come twice."
    );

    private static readonly Problem TooLarge = new(
        "feedback.too_large",
        ProblemKind.TooLarge,
        "A feedback has at most 1 MiB. Send it in parts."
    );

    public static void MapFeedback(this IEndpointRouteBuilder routes) =>
        routes
            .MapGroup("/feedback")
            .WithTags("Named versions")
            .WithProblems()
            .MapPost("/", SendAsync)
            .RequireAuthorization(Permissions.SendFeedback)
            .Accepts<FeedbackRequest>("application/json", PartnerSignatures.MediaType)
            .WithMetadata(new RequestSizeLimitAttribute(MaxBytes))
            .WithSummary("Send back what was learnt about persons; each item has its own outcome")
            .WithDescription(
                "Each item is a change within the application's fields and population, and its record joins the named version. An application "
                    + "whose signature policy is required sends a compact JWS over the same JSON as application/jose, by one of its registered keys, with "
                    + "iat in the protected header; any other may. With an Idempotency-Key the same request answers as the first time."
            );

    private static async Task<Results<Ok<FeedbackResponse>, ProblemHttpResult>> SendAsync(
        HttpRequest request,
        [FromHeader(Name = "Idempotency-Key")] string? idempotencyKey,
        HttpCaller httpCaller,
        INamedVersions versions,
        [FromServices] PartnerSignatures signatures,
        [FromServices] IOptions<Microsoft.AspNetCore.Http.Json.JsonOptions> json,
        CancellationToken cancellationToken
    )
    {
        var caller = httpCaller.ToCaller();
        var body = await SentBody.ReadAsync(request, MaxBytes, TooLarge, NotJson, cancellationToken);
        if (!body.Succeeded)
        {
            return body.Problem.ToHttp();
        }

        var opened = await signatures.OpenAsync(body.Value, "feedback", caller, cancellationToken);
        if (!opened.Succeeded)
        {
            return opened.Problem.ToHttp();
        }

        var feedback = opened.Value.Parse<FeedbackRequest>(json.Value.SerializerOptions);
        var sent = feedback is null ? NotJson : feedback.ToFeedback(idempotencyKey);
        return sent.Succeeded
            ? (await versions.FeedbackAsync(sent.Value, caller, cancellationToken)).Map(FeedbackResponse.Of).ToHttp()
            : sent.Problem.ToHttp();
    }
}
