using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using SocialRegistry.Contracts;
using SocialRegistry.Exchange.Csv;
using SocialRegistry.Exchange.Imports;
using SocialRegistry.Http;

namespace SocialRegistry.Exchange.Exports;

/// <summary>The seed's two tables as CSV, with exactly its columns. Each page is a logged disclosure before it leaves.</summary>
internal static class RelationshipTables
{
    private const int PageRows = 500;

    public static void MapRelationshipTables(this IEndpointRouteBuilder routes)
    {
        var tables = routes
            .MapGroup("/relationships")
            .WithTags("Relationships")
            .RequireAuthorization(Permissions.RunExports)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status429TooManyRequests);
        tables
            .MapGet("/parents.csv", ParentsAsync)
            .Produces<string>(StatusCodes.Status200OK, "text/csv")
            .WithSummary("All parents and guardians as CSV: PersonId,Parent1Id,Parent2Id,IsAdopted,GaurdianId");
        tables
            .MapGet("/spouses.csv", SpousesAsync)
            .Produces<string>(StatusCodes.Status200OK, "text/csv")
            .WithSummary("All couples as CSV: Person1Id,Person2Id,IsMarried,MarriedOn,IsSeperated,SeperatedOn");
    }

    private static Task<Results<PushStreamHttpResult, ProblemHttpResult>> ParentsAsync(
        HttpCaller caller,
        IRelationships relationships,
        CancellationToken cancellationToken
    )
    {
        var who = caller.ToCaller("export");
        return StreamAsync(
            "parents.csv",
            TableColumns.OfParents,
            page => relationships.ExportParentsAsync(page, who, cancellationToken),
            row =>
                [
                    row.ChildId.ToString(),
                    Text(row.Parent1Id),
                    Text(row.Parent2Id),
                    Text(row.IsAdopted),
                    Text(row.GuardianId),
                ],
            cancellationToken
        );
    }

    private static Task<Results<PushStreamHttpResult, ProblemHttpResult>> SpousesAsync(
        HttpCaller caller,
        IRelationships relationships,
        CancellationToken cancellationToken
    )
    {
        var who = caller.ToCaller("export");
        return StreamAsync(
            "spouses.csv",
            TableColumns.OfSpouses,
            page => relationships.ExportSpousesAsync(page, who, cancellationToken),
            row =>
                [
                    row.Person1Id.ToString(),
                    row.Person2Id.ToString(),
                    Text(row.IsMarried),
                    Text(row.MarriedOn),
                    Text(row.IsSeparated),
                    Text(row.SeparatedOn),
                ],
            cancellationToken
        );
    }

    /// <summary>The first page is read before anything is answered, so that a refusal still is one.</summary>
    private static async Task<Results<PushStreamHttpResult, ProblemHttpResult>> StreamAsync<T>(
        string name,
        IReadOnlyList<string> columns,
        Func<PageRequest, Task<Outcome<Page<T>>>> read,
        Func<T, string[]> cells,
        CancellationToken cancellationToken
    )
    {
        var first = await read(new PageRequest(PageRows));
        return first.Succeeded
            ? TypedResults.Stream(
                async body =>
                {
                    var text = new StringBuilder();
                    text.AppendRow(columns);
                    for (var page = first.Value; ; page = (await read(new PageRequest(PageRows, page.Next))).Require())
                    {
                        foreach (var item in page.Items)
                        {
                            text.AppendRow(cells(item));
                        }

                        await body.WriteAsync(Encoding.UTF8.GetBytes(text.ToString()), cancellationToken);
                        text.Clear();
                        if (page.Next is null)
                        {
                            return;
                        }
                    }
                },
                "text/csv; charset=utf-8",
                name
            )
            : first.Problem.ToHttp();
    }

    private static string Text(RegistrantId? id) => id?.ToString() ?? "";

    private static string Text(bool flag) => flag ? "true" : "false";

    private static string Text(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";
}
