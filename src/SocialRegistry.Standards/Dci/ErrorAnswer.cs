using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using SocialRegistry.Contracts;
using SocialRegistry.Http;

namespace SocialRegistry.Standards.Dci;

/// <summary>
/// The one body of message errors: <c>HttpErrorResponse.errors</c> for readers of the HTTP layer and an acknowledgement <c>ERR</c> for
/// readers of the message layer, in one object (DCI API standard, error handling).
/// </summary>
internal static class ErrorAnswer
{
    public static async Task WriteAsync(HttpContext context, Problem problem, CancellationToken cancellationToken)
    {
        if (context.Response.HasStarted)
        {
            return;
        }

        context.Response.StatusCode = DciErrors.Status(problem);
        context.Response.Headers.CacheControl = "no-store";
        if (context.Response.StatusCode == StatusCodes.Status401Unauthorized)
        {
            context.Response.Headers.WWWAuthenticate = "Signature realm=\"social-registry\"";
        }
        else if (context.Response.StatusCode == StatusCodes.Status503ServiceUnavailable)
        {
            context.Response.Headers.RetryAfter = "5";
        }

        await WriteBodyAsync(context, problem, cancellationToken);
    }

    /// <summary>Content type and body only.</summary>
    public static async Task WriteBodyAsync(HttpContext context, Problem problem, CancellationToken cancellationToken)
    {
        var time = context.RequestServices.GetRequiredService<TimeProvider>();
        context.Response.ContentType = "application/json";
        var code = DciErrors.Code(problem);
        var writer = new Utf8JsonWriter(context.Response.BodyWriter);
        await using (writer)
        {
            writer.WriteStartObject();
            writer.WriteStartArray("errors");
            WriteError(writer, code, problem.Detail);
            writer.WriteEndArray();
            writer.WriteStartObject("message");
            writer.WriteString("ack_status", "ERR");
            writer.WriteString("timestamp", Times.Format(time.GetUtcNow()));
            writer.WriteString("correlation_id", context.TraceIdentifier);
            writer.WritePropertyName("error");
            WriteError(writer, code, problem.Detail);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        await context.Response.BodyWriter.FlushAsync(cancellationToken);
    }

    private static void WriteError(Utf8JsonWriter writer, string code, string message)
    {
        writer.WriteStartObject();
        writer.WriteString("code", code);
        writer.WriteString("message", message.Length <= 999 ? message : message[..999]);
        writer.WriteEndObject();
    }
}

/// <summary>Refusals that were decided before the endpoint ran (401, 403, 429), in DCI's form.</summary>
internal sealed class DciRefusalForm : IRefusalForm
{
    public Task WriteAsync(HttpContext context, Problem problem, CancellationToken cancellationToken) =>
        ErrorAnswer.WriteBodyAsync(context, problem, cancellationToken);
}
