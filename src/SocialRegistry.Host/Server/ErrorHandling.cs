using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using SocialRegistry.Contracts;
using SocialRegistry.Http;

namespace SocialRegistry.Host.Server;

/// <summary>Turns what escapes an endpoint into a problem document without internals.</summary>
internal sealed partial class ErrorHandling(ILogger<ErrorHandling> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(
        HttpContext context,
        Exception exception,
        CancellationToken cancellationToken
    )
    {
        if (exception is OperationCanceledException && context.RequestAborted.IsCancellationRequested)
        {
            return true;
        }

        var problem = exception switch
        {
            BadHttpRequestException { StatusCode: 413 } => new Problem(
                "request.too_large",
                ProblemKind.TooLarge,
                "The body is larger than this route takes."
            ),
            BadHttpRequestException { StatusCode: 415 } => null,
            BadHttpRequestException { InnerException: JsonException json } => Problem.Invalid(
                "request.json_invalid",
                "The body is not the JSON that this route takes: " + Where(json)
            ),
            BadHttpRequestException => Problem.Invalid(
                "request.invalid",
                "The request could not be read: a required parameter or body is missing or of the wrong form."
            ),
            BusyException busy => busy.Problem,
            _ => null,
        };
        if (problem is not null)
        {
            await problem.ToHttp().ExecuteAsync(context);
            return true;
        }

        if (exception is BadHttpRequestException { StatusCode: 415 })
        {
            await TypedResults
                .Problem(
                    statusCode: 415,
                    type: "urn:social-registry:problem:request.media_type",
                    detail: "Send application/json."
                )
                .ExecuteAsync(context);
            return true;
        }

        Log.Failed(
            logger,
            exception.GetType().Name,
            context.GetEndpoint()?.DisplayName ?? "no route",
            exception.StackTrace
        );
        await TypedResults
            .Problem(
                statusCode: 500,
                type: "urn:social-registry:problem:internal",
                title: "Internal",
                detail: "Something went wrong here; nothing was half-written. Tell the operator the request id.",
                extensions: new Dictionary<string, object?> { ["requestId"] = context.TraceIdentifier }
            )
            .ExecuteAsync(context);
        return true;
    }

    /// <summary>Names the place, never the value.</summary>
    private static string Where(JsonException exception) =>
        exception.Path is { Length: > 0 and <= 200 } path
            ? $"look at {path} (line {(exception.LineNumber ?? 0) + 1})."
            : $"look at line {(exception.LineNumber ?? 0) + 1}.";

    private static partial class Log
    {
        // The exception's message may quote values, so only its type and stack are logged.
        [LoggerMessage(EventId = 9001, Level = LogLevel.Error, Message = "{Type} escaped {Route}\n{Stack}")]
        public static partial void Failed(ILogger logger, string type, string route, string? stack);
    }
}
