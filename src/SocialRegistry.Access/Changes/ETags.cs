using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using SocialRegistry.Contracts;
using SocialRegistry.Http;

namespace SocialRegistry.Access.Changes;

/// <summary>Versions of accounts, roles and partners as ETags.</summary>
internal static class ETags
{
    /// <summary>The version in <c>If-Match</c>; weak ones, several and <c>*</c> are refused, since a change must name what it has seen.</summary>
    public static Outcome<long> Expected(string? ifMatch) =>
        string.IsNullOrWhiteSpace(ifMatch) ? AccessProblems.IfMatchRequired
        : ifMatch.Length is > 2 and <= 21
        && ifMatch[0] == '"'
        && ifMatch[^1] == '"'
        && long.TryParse(
            ifMatch.AsSpan(1, ifMatch.Length - 2),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var version
        )
            ? version
        : AccessProblems.IfMatchInvalid;

    public static void Set(HttpContext context, long version) =>
        context.Response.Headers.ETag = string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    /// <summary>The problem; a 412 carries the ETag that stands.</summary>
    public static ProblemHttpResult Refuse(HttpContext context, Problem problem)
    {
        if (problem.CurrentVersion is { } version)
        {
            Set(context, version);
        }

        return problem.ToHttp();
    }

    /// <summary>Documents what the routes that administer access can refuse.</summary>
    public static RouteGroupBuilder WithAccessProblems(this RouteGroupBuilder group)
    {
        foreach (var status in (int[])[400, 401, 403, 404, 409, 412, 413, 415, 428, 429])
        {
            group.ProducesProblem(status);
        }

        return group;
    }
}
