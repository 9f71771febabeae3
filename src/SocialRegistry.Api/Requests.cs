using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using SocialRegistry.Api.Registrants;
using SocialRegistry.Contracts;
using SocialRegistry.Http;

namespace SocialRegistry.Api;

/// <summary>The answer to a dry run of what would answer without content: all checks ran and nothing was stored.</summary>
/// <param name="DryRun"><c>true</c>.</param>
public sealed record DryRunResponse(bool DryRun)
{
    internal static DryRunResponse Checked { get; } = new(true);
}

/// <summary>What the endpoints of this API share: versions as ETags, and the answers they can give.</summary>
internal static class Requests
{
    public static Problem UnknownRegistrant { get; } =
        Problem.NotFound("registrants.not_found", "There is no such registrant, or it is not for this caller.");

    /// <summary>The version in <c>If-Match</c>: <c>"3"</c>. Absent is 428; weak, several and <c>*</c> are refused, since a change must name what it has seen.</summary>
    public static Outcome<long> ExpectedVersion(string? ifMatch, string of = "registrants")
    {
        if (string.IsNullOrWhiteSpace(ifMatch))
        {
            return new Problem(
                of + ".if_match_required",
                ProblemKind.PreconditionRequired,
                "Send the ETag that was read in If-Match, so that nobody's change is lost."
            );
        }

        return
            ifMatch.Length is > 2 and <= 21
            && ifMatch[0] == '"'
            && ifMatch[^1] == '"'
            && long.TryParse(
                ifMatch.AsSpan(1, ifMatch.Length - 2),
                System.Globalization.NumberStyles.None,
                null,
                out var version
            )
            ? version
            : Problem.Invalid(
                of + ".if_match_invalid",
                "If-Match takes one ETag as it was answered with, such as \"3\"."
            );
    }

    /// <summary>Field ids separated by commas; <c>null</c> when none are named.</summary>
    public static IReadOnlyList<string>? Fields(string? list) =>
        list?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>
    /// What beside values is wanted when fields are named: only those sections that are named too. They stay in the list, where the core
    /// refuses a name that it does not know.
    /// </summary>
    public static ReadOptions Sections(this ReadOptions options, IReadOnlyList<string>? fields) =>
        fields is null
            ? options
            : options with
            {
                Fields = fields,
                Attestations = options.Attestations && fields.Contains("attestations"),
                Memberships = options.Memberships && Names(fields, "memberships", "member_list", "group_head_info"),
                // They name other people, so who asks for fields asks for them too.
                Relationships = options.Relationships && Names(fields, "relationships", "related_person"),
                OnlyNamedIdentifiers = true,
            };

    private static bool Names(IReadOnlyList<string> fields, params string[] words) => words.Any(fields.Contains);

    /// <summary>A name that came from outside, fit to be shown.</summary>
    public static string Printable(string name)
    {
        var text = name.Length <= 60 ? name : name[..60];
        return text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-') ? text : "?";
    }

    public static void SetETag(this HttpContext context, long version) =>
        context.Response.Headers.ETag = $"\"{version}\"";

    /// <summary>
    /// The version that a PUT expects of what may not be there yet: that of <c>If-Match</c>, or none by <c>If-None-Match: *</c>, which is
    /// the same as <c>If-Match: "0"</c>. One of the two is required.
    /// </summary>
    public static Outcome<long> ExpectedOrNone(string? ifMatch, string? ifNoneMatch, string of) =>
        ifNoneMatch is null ? ExpectedVersion(ifMatch, of)
        : ifMatch is null && ifNoneMatch.Trim() == "*" ? 0
        : Problem.Invalid(
            of + ".if_match_invalid",
            "Send the ETag that was read in If-Match, or If-None-Match: * for what is new."
        );

    /// <summary>200 with the record and its ETag, or the problem.</summary>
    public static Results<Ok<RegistrantResponse>, ProblemHttpResult> Answer(
        this HttpContext context,
        Outcome<RegistrantView> outcome,
        bool dryRun = false
    )
    {
        if (!outcome.Succeeded)
        {
            return context.Refuse(outcome.Problem);
        }

        if (dryRun)
        {
            return TypedResults.Ok(RegistrantResponse.From(outcome.Value) with { DryRun = true });
        }

        context.SetETag(outcome.Value.Version);
        return TypedResults.Ok(RegistrantResponse.From(outcome.Value));
    }

    /// <summary>The problem; a 412 carries the ETag that stands.</summary>
    public static ProblemHttpResult Refuse(this HttpContext context, Problem problem)
    {
        if (problem.CurrentVersion is { } version)
        {
            context.SetETag(version);
        }

        return problem.ToHttp();
    }

    /// <summary>Documents the refusals every route of this API can give.</summary>
    public static RouteGroupBuilder WithProblems(this RouteGroupBuilder group)
    {
        foreach (var status in (int[])[400, 401, 403, 404, 409, 412, 413, 415, 428, 429, 500])
        {
            group.ProducesProblem(status);
        }

        return group;
    }
}
