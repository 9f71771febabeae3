using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SocialRegistry.Contracts;
using SocialRegistry.Http;

namespace SocialRegistry.Api.Relationships;

/// <summary>All routes of relationships.</summary>
internal static class RelationshipEndpoints
{
    private const string DryRun = "dryRun";

    public static void MapRelationships(this IEndpointRouteBuilder routes)
    {
        Group(routes, "/registrants/{id}/parents")
            .MapGet("/", ParentsCalls.GetAsync)
            .RequireAuthorization(Permissions.ReadRegistrants)
            .WithSummary("The parents and the guardian of a person; ETag 0 when none are recorded");
        var parents = Group(routes, "/registrants/{id}/parents", DryRun);
        parents
            .MapPut("/", ParentsCalls.PutAsync)
            .RequireAuthorization(Permissions.WriteRegistrants)
            .WithSummary("Replace the parents and the guardian of a person")
            .WithDescription(
                "What is left out is taken away. A person is named by registrant id or by an identifier "
                    + "{\"type\",\"value\"}. If-Match carries the ETag that was read; for parents that are new it is \"0\", or If-None-Match is *."
            );
        parents
            .MapDelete("/", ParentsCalls.DeleteAsync)
            .RequireAuthorization(Permissions.WriteRegistrants)
            .WithSummary("Take parents and guardian away; the history keeps them");

        Group(routes, "/registrants/{id}/spouses")
            .MapGet("/", SpouseCalls.ListAsync)
            .RequireAuthorization(Permissions.ReadRegistrants)
            .WithSummary("The couples a person is or was part of");
        Group(routes, "/spouses")
            .MapGet("/{spouses}", SpouseCalls.GetAsync)
            .RequireAuthorization(Permissions.ReadRegistrants)
            .WithSummary("One couple");
        var spouses = Group(routes, "/spouses", DryRun);
        spouses
            .MapPut("/", SpouseCalls.PutAsync)
            .RequireAuthorization(Permissions.WriteRegistrants)
            .WithSummary("Record a couple or change it: found again by both persons and MarriedOn")
            .WithDescription(
                "When no record of the two has that day, their open record without a day takes it. If-Match carries the ETag of the record that is "
                    + "found so; for a couple that is new it is \"0\", or If-None-Match is *."
            );
        spouses
            .MapDelete("/{spouses}", SpouseCalls.DeleteAsync)
            .RequireAuthorization(Permissions.WriteRegistrants)
            .WithSummary("Take a couple away that was entered in error; the history of both keeps it");

        Group(routes, "/registrants/{id}/relatives", "kind", "depth")
            .MapGet("/", RelativesCalls.FindAsync)
            .RequireAuthorization(Permissions.ReadRegistrants)
            .WithSummary("Who is related to a person, as it follows from parents, guardians and spouses");

        var tables = Group(routes, "/relationships", "size", "after").RequireAuthorization(Permissions.RunExports);
        tables.MapGet("/parents", ParentsCalls.ExportAsync).WithSummary("All parents and guardians, page by page");
        tables.MapGet("/spouses", SpouseCalls.ExportAsync).WithSummary("All couples, page by page");

        MapRelations(routes);
        MapTypes(routes);
    }

    private static void MapRelations(IEndpointRouteBuilder routes)
    {
        var shown = Group(routes, "/registrants/{id}/relations");
        shown
            .MapGet("/", RelationCalls.ListAsync)
            .RequireAuthorization(Permissions.ReadRegistrants)
            .WithSummary("Relations of configured types, seen from this record");
        shown
            .MapGet("/{relation}", RelationCalls.GetAsync)
            .RequireAuthorization(Permissions.ReadRegistrants)
            .WithSummary("One relation, seen from this record");
        var relations = Group(routes, "/registrants/{id}/relations", DryRun);
        relations
            .MapPost("/", RelationCalls.AddAsync)
            .RequireAuthorization(Permissions.WriteRegistrants)
            .WithSummary("Add a relation of a configured type or its inverse");
        relations
            .MapPost("/{relation}/end", RelationCalls.EndAsync)
            .RequireAuthorization(Permissions.WriteRegistrants)
            .WithSummary("Say until when a relation held");
        relations
            .MapDelete("/{relation}", RelationCalls.DeleteAsync)
            .RequireAuthorization(Permissions.WriteRegistrants)
            .WithSummary("Take a relation away that was entered in error; the history of both ends keeps it");
    }

    private static void MapTypes(IEndpointRouteBuilder routes)
    {
        var types = Group(routes, "/relation-types");
        types
            .MapGet("/", RelationTypeCalls.ListAsync)
            .RequireAuthorization(Policies.SignedIn)
            .WithSummary("The types of relation beside parents, guardians and spouses");
        types
            .MapPut("/{code}", RelationTypeCalls.PutAsync)
            .RequireAuthorization(Permissions.WriteFields)
            .WithSummary("Make a relation type, change or retire it")
            .WithDescription(
                "Symmetry and kinds stay as they are while relations of the type stand. A retired type takes no new relations."
            );
        Group(routes, "/relation-types/{code}/history", "size", "after")
            .MapGet("/", RelationTypeCalls.ListHistoryAsync)
            .RequireAuthorization(Permissions.WriteFields)
            .WithSummary("Who changed a relation type, newest first");
    }

    private static RouteGroupBuilder Group(IEndpointRouteBuilder routes, string prefix, params string[] queries)
    {
        var group = routes.MapGroup(prefix).WithTags("Relationships").RefuseOtherQueries(queries);
        foreach (var status in (int[])[400, 401, 403, 404, 409, 412, 413, 415, 428, 429, 500])
        {
            group.ProducesProblem(status);
        }

        return group;
    }
}
