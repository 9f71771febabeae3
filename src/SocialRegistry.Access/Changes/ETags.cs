using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
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
}
