using Microsoft.AspNetCore.Http;
using SocialRegistry.Contracts;

namespace SocialRegistry.Http;

/// <summary>
/// Endpoint metadata: writes a refusal that was decided before the endpoint ran (401, 403, 429) in that door's own error form.
/// A door whose standard has one (DCI, G2P Connect, GovStack, OAuth) adds it to its route group with <c>WithMetadata(…)</c>;
/// the others answer with an RFC 9457 problem. Status and headers are set already.
/// </summary>
public interface IRefusalForm
{
    /// <summary>Writes content type and body only.</summary>
    Task WriteAsync(HttpContext context, Problem problem, CancellationToken cancellationToken);
}

/// <summary>Writes refusals outside of endpoints: in authentication, authorization, rate limits.</summary>
public static class Refusals
{
    /// <summary>Answers with the problem's status, in the form of the endpoint's door.</summary>
    public static Task RefuseAsync(this HttpContext context, Problem problem)
    {
        if (context.Response.HasStarted)
        {
            return Task.CompletedTask;
        }

        context.Response.StatusCode = problem.Kind.ToStatus();
        context.Response.Headers.CacheControl = "no-store";
        return context.GetEndpoint()?.Metadata.GetMetadata<IRefusalForm>() is { } form
            ? form.WriteAsync(context, problem, context.RequestAborted)
            : problem.ToHttp().ExecuteAsync(context);
    }
}
