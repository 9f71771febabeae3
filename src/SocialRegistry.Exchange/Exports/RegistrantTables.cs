using System.ComponentModel.DataAnnotations;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using SocialRegistry.Contracts;
using SocialRegistry.Http;

namespace SocialRegistry.Exchange.Exports;

/// <summary>Persons and groups as CSV.</summary>
internal static class RegistrantTables
{
    private static readonly string[] Known = ["kind", "fields", "items"];

    public static void MapRegistrantTables(this IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/exports/registrants.csv", ExportAsync)
            .WithTags("Exports")
            .RequireAuthorization(Permissions.RunExports)
            .Produces<string>(StatusCodes.Status200OK, "text/csv")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status429TooManyRequests)
            .WithSummary("All persons or all groups as CSV, under the columns that an import takes")
            .WithDescription(
                "Only records, fields and masks of the caller. Each page of 500 is in the log of disclosures before it leaves; an answer that "
                    + "breaks off is incomplete. The column #not_exported names what of a record no column can hold; imports pass over it."
            );

    private static async Task<Results<PushStreamHttpResult, ProblemHttpResult>> ExportAsync(
        [AsParameters] ExportQuery query,
        HttpContext context,
        HttpCaller caller,
        RegistrantExport export,
        CancellationToken cancellationToken
    )
    {
        var unknown = context
            .Request.Query.Keys.Where(k => !Known.Contains(k, StringComparer.OrdinalIgnoreCase))
            .Take(10)
            .Select(k => new FieldProblem(k.Length <= 60 ? k : k[..60], "unknown", "Leave it out."))
            .ToList();
        if (unknown.Count > 0)
        {
            return Problem
                .Invalid("http.query_unknown", "Known query parameters: kind, fields, items.", unknown)
                .ToHttp();
        }

        var blocks = await export.BeginAsync(query.ToRequest(), caller.ToCaller("export"), cancellationToken);
        return blocks.Succeeded
            ? TypedResults.Stream(
                async body =>
                {
                    await foreach (var block in blocks.Value)
                    {
                        await body.WriteAsync(Encoding.UTF8.GetBytes(block.Text), cancellationToken);
                        await body.FlushAsync(cancellationToken);
                    }
                },
                "text/csv; charset=utf-8",
                "registrants.csv"
            )
            : blocks.Problem.ToHttp();
    }
}

/// <summary>What is to be exported.</summary>
public sealed record ExportQuery
{
    /// <summary><c>individual</c> or <c>group</c>.</summary>
    [FromQuery(Name = "kind"), Required, RegularExpression("^(individual|group)$")]
    public required string Kind { get; init; }

    /// <summary>Field ids and identifier types, separated by commas; all the caller may have when absent. <c>household</c> is the group of a person.</summary>
    [FromQuery(Name = "fields"), MaxLength(2000)]
    public string? Fields { get; init; }

    /// <summary>Columns for the items of a repeated group, 1 to 20; 5 when absent.</summary>
    [FromQuery(Name = "items"), Range(1, RegistrantExportRequest.MostItems)]
    public int? Items { get; init; }

    internal RegistrantExportRequest ToRequest() =>
        new()
        {
            Kind = Kind,
            Fields = Fields?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
            Items = Items ?? 5,
        };
}
