using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using SocialRegistry.Api.Versions;
using SocialRegistry.Contracts;
using SocialRegistry.Http;

namespace SocialRegistry.Api.Log;

/// <summary>The signed log over all that is recorded, its proofs and its export.</summary>
internal static class LogEndpoints
{
    public static void MapLog(this IEndpointRouteBuilder routes)
    {
        var log = routes.MapGroup("/log").WithTags("Log").WithProblems().RequireAuthorization(Permissions.ReadLog);
        log.MapGet("/checkpoint", CheckpointAsync)
            .WithSummary("The newest checkpoint, a signed note (C2SP tlog-checkpoint)")
            .Produces<string>(StatusCodes.Status200OK, "text/plain");
        log.MapGet("/checkpoints", CheckpointsAsync).WithSummary("All checkpoints, newest first");
        log.MapGet("/keys", KeysAsync)
            .WithSummary("Keys that verify checkpoints, one a line; the one that signs now first")
            .Produces<string>(StatusCodes.Status200OK, "text/plain");
        log.MapGet("/leaves/{index}", LeafAsync)
            .WithSummary("A leaf and the proof that the tree holds it (RFC 9162 §2.1.3)");
        log.MapGet("/proofs/inclusion", EntryAsync)
            .WithSummary("The proof that the tree holds an entry of a record's change log");
        log.MapGet("/proofs/consistency", ConsistencyAsync)
            .WithSummary("The proof that a tree begins another (RFC 9162 §2.1.4)");
        log.MapGet("/entries", EntriesAsync)
            .WithSummary("The whole log as lines of JSON, for `verify-log --file`")
            .WithDescription(
                "The first line names the log and its keys; leaves follow in their order, with what their hashes are made of and no content of records, and checkpoints between them."
            )
            .Produces<string>(StatusCodes.Status200OK, "application/jsonl");
    }

    private static async Task<Results<ContentHttpResult, ProblemHttpResult>> CheckpointAsync(
        HttpCaller caller,
        IChangeLog log,
        CancellationToken cancellationToken
    )
    {
        var newest = await log.LatestAsync(caller.ToCaller(), cancellationToken);
        return newest.Succeeded ? Plain(newest.Value.Note) : newest.Problem.ToHttp();
    }

    private static async Task<Results<Ok<Page<LogCheckpointView>>, ProblemHttpResult>> CheckpointsAsync(
        [AsParameters] PageQuery page,
        HttpCaller caller,
        IChangeLog log,
        CancellationToken cancellationToken
    ) => (await log.CheckpointsAsync(page.ToPageRequest(), caller.ToCaller(), cancellationToken)).ToHttp();

    private static async Task<Results<ContentHttpResult, ProblemHttpResult>> KeysAsync(
        HttpCaller caller,
        IChangeLog log,
        CancellationToken cancellationToken
    )
    {
        var keys = await log.KeysAsync(caller.ToCaller(), cancellationToken);
        return keys.Succeeded ? Plain(string.Concat(keys.Value.Select(k => k + "\n"))) : keys.Problem.ToHttp();
    }

    private static async Task<Results<Ok<InclusionProof>, ProblemHttpResult>> LeafAsync(
        string index,
        [AsParameters] TreeQuery tree,
        HttpCaller caller,
        IChangeLog log,
        CancellationToken cancellationToken
    ) =>
        long.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out var place)
            ? (await log.ProveLeafAsync(place, tree.Size, caller.ToCaller(), cancellationToken)).ToHttp()
            : Problem.NotFound("log.no_leaf", "A leaf is named by its place, a number from 0.").ToHttp();

    private static async Task<Results<Ok<InclusionProof>, ProblemHttpResult>> EntryAsync(
        [AsParameters] EntryQuery entry,
        HttpCaller caller,
        IChangeLog log,
        CancellationToken cancellationToken
    ) =>
        RegistrantId.TryParse(entry.Registrant, out var registrant)
            ? (
                await log.ProveEntryAsync(registrant, entry.Sequence, entry.Size, caller.ToCaller(), cancellationToken)
            ).ToHttp()
            : Requests.UnknownRegistrant.ToHttp();

    private static async Task<Results<Ok<ConsistencyProof>, ProblemHttpResult>> ConsistencyAsync(
        [AsParameters] ConsistencyQuery sizes,
        HttpCaller caller,
        IChangeLog log,
        CancellationToken cancellationToken
    ) => (await log.ProveConsistencyAsync(sizes.From, sizes.To, caller.ToCaller(), cancellationToken)).ToHttp();

    private static async Task<Results<PushStreamHttpResult, ProblemHttpResult>> EntriesAsync(
        HttpCaller caller,
        IChangeLog log,
        CancellationToken cancellationToken
    )
    {
        // Refused before the answer begins, if it is.
        var first = await log.EntriesAsync(new PageRequest(PageSize), caller.ToCaller(), cancellationToken);
        return first.Succeeded
            ? TypedResults.Stream(
                body => WriteAsync(body, first.Value, log, caller.ToCaller(), cancellationToken),
                "application/jsonl",
                "log.jsonl"
            )
            : first.Problem.ToHttp();
    }

    private const int PageSize = 500;

    private static async Task WriteAsync(
        Stream body,
        Page<string> page,
        IChangeLog log,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        while (true)
        {
            await body.WriteAsync(
                Encoding.UTF8.GetBytes(string.Concat(page.Items.Select(line => line + "\n"))),
                cancellationToken
            );
            if (page.Next is not { } next)
            {
                return;
            }

            var more = await log.EntriesAsync(new PageRequest(PageSize, next), caller, cancellationToken);
            page = more.Succeeded
                ? more.Value
                // Cut off in the midst: the client sees an answer that does not end.
                : throw new IOException("The log could not be read to its end: " + more.Problem.Code);
        }
    }

    private static ContentHttpResult Plain(string text) => TypedResults.Text(text, "text/plain", Encoding.UTF8);
}

/// <summary>Which tree.</summary>
public sealed record TreeQuery
{
    /// <summary>Leaves of the tree; absent means the newest checkpoint.</summary>
    [FromQuery(Name = "size"), Range(1, long.MaxValue)]
    public long? Size { get; init; }
}

/// <summary>Which entry of which record's change log, in which tree.</summary>
public sealed record EntryQuery
{
    /// <summary>Id of the record.</summary>
    [FromQuery(Name = "registrant"), Required, MaxLength(36)]
    public required string Registrant { get; init; }

    /// <summary>Number of the entry; 1 is the first.</summary>
    [FromQuery(Name = "sequence"), Range(1, long.MaxValue)]
    public required long Sequence { get; init; }

    /// <summary>Leaves of the tree; absent means the newest checkpoint.</summary>
    [FromQuery(Name = "size"), Range(1, long.MaxValue)]
    public long? Size { get; init; }
}

/// <summary>Which two trees.</summary>
public sealed record ConsistencyQuery
{
    /// <summary>Leaves of the smaller tree.</summary>
    [FromQuery(Name = "from"), Range(1, long.MaxValue)]
    public required long From { get; init; }

    /// <summary>Leaves of the larger tree; absent means the newest checkpoint.</summary>
    [FromQuery(Name = "to"), Range(1, long.MaxValue)]
    public long? To { get; init; }
}
