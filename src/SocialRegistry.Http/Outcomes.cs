using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using SocialRegistry.Contracts;

namespace SocialRegistry.Http;

/// <summary>Turns outcomes into typed results; our own errors are RFC 9457 problems.</summary>
public static class Outcomes
{
    /// <summary>200 with the value, or the problem.</summary>
    public static Results<Ok<T>, ProblemHttpResult> ToHttp<T>(this Outcome<T> outcome) =>
        outcome.Succeeded ? TypedResults.Ok(outcome.Value) : outcome.Problem.ToHttp();

    /// <summary><c>urn:social-registry:problem:&lt;code&gt;</c> with the status of the problem's kind.</summary>
    public static ProblemHttpResult ToHttp(this Problem problem)
    {
        var details = new ProblemDetails
        {
            Type = "urn:social-registry:problem:" + problem.Code,
            Title = problem.Kind.ToString(),
            Detail = problem.Detail,
            Status = problem.Kind.ToStatus(),
        };
        if (problem.Fields.Count > 0)
        {
            details.Extensions["errors"] = problem.Fields;
        }

        if (problem.CurrentVersion is { } version)
        {
            details.Extensions["currentVersion"] = version;
        }

        if (problem.Since is { } since)
        {
            details.Extensions["since"] = since;
        }

        return TypedResults.Problem(details);
    }

    /// <summary>The HTTP status of a kind.</summary>
    public static int ToStatus(this ProblemKind kind) =>
        kind switch
        {
            ProblemKind.Invalid => StatusCodes.Status400BadRequest,
            ProblemKind.NotFound => StatusCodes.Status404NotFound,
            ProblemKind.Conflict => StatusCodes.Status409Conflict,
            ProblemKind.PreconditionRequired => StatusCodes.Status428PreconditionRequired,
            ProblemKind.PreconditionFailed => StatusCodes.Status412PreconditionFailed,
            ProblemKind.Forbidden => StatusCodes.Status403Forbidden,
            ProblemKind.Unauthenticated => StatusCodes.Status401Unauthorized,
            ProblemKind.TooLarge => StatusCodes.Status413PayloadTooLarge,
            ProblemKind.TooMany => StatusCodes.Status429TooManyRequests,
            ProblemKind.Unavailable => StatusCodes.Status503ServiceUnavailable,
            ProblemKind.Gone => StatusCodes.Status410Gone,
            _ => StatusCodes.Status500InternalServerError,
        };
}
