using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using SocialRegistry.Contracts;
using SocialRegistry.Http;

namespace SocialRegistry.Api.PersonalData;

/// <summary>Who saw my data, and all of it to take away: to read by machines, and by people on a page that prints.</summary>
internal static class PersonalDataEndpoints
{
    public static void MapPersonalData(this IEndpointRouteBuilder routes)
    {
        var person = routes
            .MapGroup("/registrants/{id}")
            .WithTags("Personal data")
            .WithProblems()
            .ProducesProblem(StatusCodes.Status410Gone);
        person
            .MapGet("/disclosures/report", ReportAsync)
            .RequireAuthorization(Permissions.ReadDisclosures)
            .WithSummary("Who was shown a person's data, by month, institution and purpose, in words");
        person
            .MapGet("/disclosures/report.html", PageAsync)
            .RequireAuthorization(Permissions.ReadDisclosures)
            .WithSummary("The same as a page to read and to print")
            .Produces<string>(StatusCodes.Status200OK, "text/html");
        person
            .MapGet("/disclosures/report.csv", CsvAsync)
            .RequireAuthorization(Permissions.ReadDisclosures)
            .WithSummary("The same as a table (RFC 4180)")
            .Produces<string>(StatusCodes.Status200OK, "text/csv");
        person
            .MapGet("/export", ExportAsync)
            .RequireAuthorization(Permissions.ExportRegistrants)
            .WithSummary("Everything that is held about a person, as one JSON document")
            .WithDescription(
                "Parts, in this order: record, attestations, consents, documents, requests, versions, changes, disclosures. The content of a document is read at its address."
            )
            .Produces<string>(StatusCodes.Status200OK, "application/json");
        person
            .MapGet("/export.html", ExportPageAsync)
            .RequireAuthorization(Permissions.ExportRegistrants)
            .WithSummary("The same as a page to read and to print")
            .Produces<string>(StatusCodes.Status200OK, "text/html");
    }

    private static async Task<Results<Ok<DisclosureReportResponse>, ProblemHttpResult>> ReportAsync(
        string id,
        [AsParameters] ReportQuery query,
        HttpCaller caller,
        IPersonalData data,
        CancellationToken cancellationToken
    ) => (await ReadAsync(id, query, caller, data, cancellationToken)).Map(DisclosureReportResponse.Of).ToHttp();

    private static async Task<Results<ContentHttpResult, ProblemHttpResult>> PageAsync(
        string id,
        [AsParameters] ReportQuery query,
        HttpCaller caller,
        IPersonalData data,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var report = await ReadAsync(id, query, caller, data, cancellationToken);
        if (!report.Succeeded)
        {
            return report.Problem.ToHttp();
        }

        PrintedPage.Guard(context.Response);
        return TypedResults.Text(ReportPage.Of(report.Value), PrintedPage.MediaType, Encoding.UTF8);
    }

    private static async Task<Results<ContentHttpResult, ProblemHttpResult>> CsvAsync(
        string id,
        [AsParameters] ReportQuery query,
        HttpCaller caller,
        IPersonalData data,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var report = await ReadAsync(id, query, caller, data, cancellationToken);
        if (!report.Succeeded)
        {
            return report.Problem.ToHttp();
        }

        context.Response.Headers.ContentDisposition = "attachment; filename=\"disclosures.csv\"";
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Text(ReportTable.Of(report.Value), "text/csv", Encoding.UTF8);
    }

    private static async Task<Results<PushStreamHttpResult, ProblemHttpResult>> ExportAsync(
        string id,
        [AsParameters] LanguageQuery query,
        HttpCaller caller,
        IPersonalData data,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var export = await PersonExport.BeginAsync(id, query, caller, data, cancellationToken);
        if (!export.Succeeded)
        {
            return export.Problem.ToHttp();
        }

        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Stream(
            body => export.Value.WriteJsonAsync(body, cancellationToken),
            "application/json",
            "my-data.json"
        );
    }

    private static async Task<Results<PushStreamHttpResult, ProblemHttpResult>> ExportPageAsync(
        string id,
        [AsParameters] LanguageQuery query,
        HttpCaller caller,
        IPersonalData data,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var export = await PersonExport.BeginAsync(id, query, caller, data, cancellationToken);
        if (!export.Succeeded)
        {
            return export.Problem.ToHttp();
        }

        PrintedPage.Guard(context.Response);
        return TypedResults.Stream(
            body => ExportPage.WriteAsync(body, export.Value, cancellationToken),
            PrintedPage.MediaType + "; charset=utf-8"
        );
    }

    private static async Task<Outcome<DisclosureReport>> ReadAsync(
        string id,
        ReportQuery query,
        HttpCaller caller,
        IPersonalData data,
        CancellationToken cancellationToken
    )
    {
        if (!RegistrantId.TryParse(id, out var registrant))
        {
            return Requests.UnknownRegistrant;
        }

        var faults = new List<FieldProblem>();
        var asked = new DisclosureReportQuery
        {
            From = Day(query.From, "from", faults),
            To = Day(query.To, "to", faults),
            Language = query.Language ?? "eng",
        };
        return faults.Count > 0
            ? Problem.Invalid("persons.invalid", "The report cannot be made as it is asked for.", faults)
            : await data.ReportAsync(registrant, asked, caller.ToCaller(), cancellationToken);
    }

    private static DateOnly? Day(string? text, string field, List<FieldProblem> faults)
    {
        if (text is null)
        {
            return null;
        }

        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return day;
        }

        faults.Add(new FieldProblem(field, "type", "A day such as 2026-05-01."));
        return null;
    }
}

/// <summary>Which showings are reported.</summary>
public sealed record ReportQuery
{
    /// <summary>The first day (UTC), such as 2026-05-01; absent: from the beginning.</summary>
    [FromQuery(Name = "from")]
    public string? From { get; init; }

    /// <summary>The last day; absent: until now.</summary>
    [FromQuery(Name = "to")]
    public string? To { get; init; }

    /// <summary>Of labels: ISO 639, two or three letters; English unless set.</summary>
    [FromQuery(Name = "language")]
    public string? Language { get; init; }
}

/// <summary>In which language.</summary>
public sealed record LanguageQuery
{
    /// <summary>Of labels: ISO 639, two or three letters; English unless set.</summary>
    [FromQuery(Name = "language")]
    public string? Language { get; init; }
}

/// <summary>Who was shown the data of a person.</summary>
/// <param name="Language">ISO 639-3.</param>
/// <param name="Showings">Showings in the report.</param>
/// <param name="IsComplete">False when there are older showings in the period: ask for an earlier one.</param>
/// <param name="Groups">The newest month first.</param>
public sealed record DisclosureReportResponse(
    string RegistrantId,
    DateTimeOffset MadeAt,
    string Language,
    DateOnly? From,
    DateOnly? To,
    int Showings,
    bool IsComplete,
    IReadOnlyList<DisclosureGroup> Groups
)
{
    internal static DisclosureReportResponse Of(DisclosureReport report) =>
        new(
            report.RegistrantId.ToString(),
            report.MadeAt,
            report.Language,
            report.From,
            report.To,
            report.Showings,
            report.IsComplete,
            report.Groups
        );
}
