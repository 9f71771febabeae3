using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
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
            .Accepts<FeedbackRequest>("application/json", FeedbackSignatures.MediaType)
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
        [FromServices] FeedbackSignatures signatures,
        [FromServices] IOptions<Microsoft.AspNetCore.Http.Json.JsonOptions> json,
        CancellationToken cancellationToken
    )
    {
        var caller = httpCaller.ToCaller();
        var body = await ReadAsync(request, cancellationToken);
        if (!body.Succeeded)
        {
            return body.Problem.ToHttp();
        }

        var isSigned = IsOf(request, FeedbackSignatures.MediaType);
        var opened = await signatures.OpenAsync(body.Value, isSigned, caller, cancellationToken);
        if (!opened.Succeeded)
        {
            return opened.Problem.ToHttp();
        }

        var feedback = Parse(opened.Value, json.Value.SerializerOptions);
        var sent = feedback is null ? NotJson : feedback.ToFeedback(idempotencyKey);
        return sent.Succeeded
            ? (await versions.FeedbackAsync(sent.Value, caller, cancellationToken)).Map(FeedbackResponse.Of).ToHttp()
            : sent.Problem.ToHttp();
    }

    private static bool IsOf(HttpRequest request, string mediaType) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && type.MediaType.Equals(mediaType, StringComparison.OrdinalIgnoreCase);

    private static async Task<Outcome<ReadOnlyMemory<byte>>> ReadAsync(
        HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        try
        {
            using var memory = new MemoryStream();
            var buffer = new byte[16 * 1024];
            while (await request.Body.ReadAsync(buffer, cancellationToken) is > 0 and var read)
            {
                if (memory.Length + read > MaxBytes)
                {
                    return TooLarge;
                }

                memory.Write(buffer, 0, read);
            }

            return (ReadOnlyMemory<byte>)memory.ToArray();
        }
        catch (BadHttpRequestException e)
        {
            return e.StatusCode == StatusCodes.Status413PayloadTooLarge ? TooLarge : NotJson;
        }
    }

    private static FeedbackRequest? Parse(ReadOnlyMemory<byte> body, JsonSerializerOptions options)
    {
        try
        {
            return JsonSerializer.Deserialize<FeedbackRequest>(body.Span, options);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
