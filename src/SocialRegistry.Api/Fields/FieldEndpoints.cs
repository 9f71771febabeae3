using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using SocialRegistry.Api.Versions;
using SocialRegistry.Contracts;
using SocialRegistry.Http;

namespace SocialRegistry.Api.Fields;

/// <summary>The field catalogue and its changes.</summary>
internal static class FieldEndpoints
{
    public static void MapFields(this IEndpointRouteBuilder routes)
    {
        var fields = routes.MapGroup("/fields").WithTags("Fields").WithProblems();
        var read = fields.MapGroup("").RequireAuthorization(Policies.SignedIn);
        read.MapGet("/", GetAsync)
            .WithKnownQuery()
            .WithSummary("The field catalogue: fields, code lists and identifier types");
        read.MapGet("/{kind}/{id}", FieldAsync)
            .WithKnownQuery()
            .WithSummary("One field with its draft and how far its index is");
        var write = fields.MapGroup("").RequireAuthorization(Permissions.WriteFields);
        write
            .MapPost("/", DraftAsync)
            .WithKnownQuery("dryRun")
            .WithSummary("Draft a field, or a change of one that stands; it replaces the draft that was there");
        write.MapGet("/drafts", DraftsAsync).WithKnownQuery().WithSummary("All drafts");
        write
            .MapGet("/changes", ChangesAsync)
            .WithKnownQuery("size", "after")
            .WithSummary("The log of the catalogue, newest first");
        write
            .MapGet("/indexes", IndexesAsync)
            .WithKnownQuery()
            .WithSummary("How far the indexes of searchable fields are");
        write
            .MapPost("/{id}/preview", PreviewAsync)
            .WithKnownQuery("kind")
            .WithSummary("What publishing the draft would do to what is stored; nothing is changed");
        write
            .MapPost("/{id}/publish", PublishAsync)
            .WithKnownQuery("kind", "dryRun")
            .WithSummary("Publish the draft; refused while stored values would break");
        write
            .MapPost("/{id}/retire", RetireAsync)
            .WithKnownQuery("kind", "dryRun")
            .WithSummary("Retire a field: it takes no values any more, those that are there stay readable");
        write
            .MapDelete("/{id}/draft", WithdrawAsync)
            .WithKnownQuery("kind", "dryRun")
            .WithSummary("Throw a draft away");
        routes.MapCodeLists();
        routes.MapForms();
    }

    private static async Task<Ok<CatalogueView>> GetAsync(
        IFieldCatalogue catalogue,
        CancellationToken cancellationToken
    ) => TypedResults.Ok(await catalogue.GetAsync(cancellationToken));

    private static async Task<Results<Ok<FieldStatusView>, ProblemHttpResult>> FieldAsync(
        string kind,
        string id,
        HttpCaller caller,
        ICatalogueChanges changes,
        CancellationToken cancellationToken
    ) => (await changes.FieldAsync(new FieldName(kind, id), caller.ToCaller(), cancellationToken)).ToHttp();

    private static async Task<Results<Created<FieldDraftView>, Ok<FieldDraftView>, ProblemHttpResult>> DraftAsync(
        FieldDefinition body,
        [AsParameters] RepeatableQuery conditions,
        HttpCaller caller,
        ICatalogueChanges changes,
        CancellationToken cancellationToken
    )
    {
        if (Missing(body) is { Count: > 0 } missing)
        {
            return Problem.Invalid("fields.invalid", "The definition of the field cannot stand.", missing).ToHttp();
        }

        var outcome = await changes.DraftAsync(
            body.ToView(),
            conditions.ToConditions(),
            caller.ToCaller(),
            cancellationToken
        );
        return outcome.Succeeded && conditions.IsDryRun ? TypedResults.Ok(outcome.Value)
            : outcome.Succeeded ? TypedResults.Created($"/api/v1/fields/{body.Kind}/{body.Id}", outcome.Value)
            : outcome.Problem.ToHttp();
    }

    /// <summary>Members that a part may leave out and a field may not.</summary>
    private static List<FieldProblem> Missing(FieldDefinition body)
    {
        var missing = new List<FieldProblem>();
        if (body.Kind is null)
        {
            missing.Add(new FieldProblem("kind", "required", "Send individual or group."));
        }

        if (body.Class is null)
        {
            missing.Add(new FieldProblem("class", "required", "Send public, internal, personal or sensitive."));
        }

        return missing;
    }

    private static async Task<Results<Ok<IReadOnlyList<FieldDraftView>>, ProblemHttpResult>> DraftsAsync(
        HttpCaller caller,
        ICatalogueChanges changes,
        CancellationToken cancellationToken
    ) => (await changes.DraftsAsync(caller.ToCaller(), cancellationToken)).ToHttp();

    private static async Task<Results<Ok<Page<CatalogueChangeView>>, ProblemHttpResult>> ChangesAsync(
        [AsParameters] PageQuery page,
        HttpCaller caller,
        ICatalogueChanges changes,
        CancellationToken cancellationToken
    ) => (await changes.ChangesAsync(page.ToPageRequest(), caller.ToCaller(), cancellationToken)).ToHttp();

    private static async Task<Results<Ok<IReadOnlyList<FieldIndexView>>, ProblemHttpResult>> IndexesAsync(
        HttpCaller caller,
        ICatalogueChanges changes,
        CancellationToken cancellationToken
    ) => (await changes.IndexesAsync(caller.ToCaller(), cancellationToken)).ToHttp();

    private static async Task<Results<Ok<FieldEffectView>, ProblemHttpResult>> PreviewAsync(
        string id,
        [AsParameters] KindQuery query,
        HttpCaller caller,
        ICatalogueChanges changes,
        CancellationToken cancellationToken
    ) => (await changes.PreviewAsync(query.Name(id), caller.ToCaller(), cancellationToken)).ToHttp();

    private static async Task<Results<Ok<FieldStatusView>, ProblemHttpResult>> PublishAsync(
        string id,
        [AsParameters] KindQuery query,
        [AsParameters] RepeatableQuery conditions,
        HttpCaller caller,
        ICatalogueChanges changes,
        CancellationToken cancellationToken
    ) =>
        (
            await changes.PublishAsync(query.Name(id), conditions.ToConditions(), caller.ToCaller(), cancellationToken)
        ).ToHttp();

    private static async Task<Results<Ok<FieldStatusView>, ProblemHttpResult>> RetireAsync(
        string id,
        [AsParameters] KindQuery query,
        [AsParameters] RepeatableQuery conditions,
        HttpCaller caller,
        ICatalogueChanges changes,
        CancellationToken cancellationToken
    ) =>
        (
            await changes.RetireAsync(query.Name(id), conditions.ToConditions(), caller.ToCaller(), cancellationToken)
        ).ToHttp();

    private static async Task<Results<NoContent, Ok<DryRunResponse>, ProblemHttpResult>> WithdrawAsync(
        string id,
        [AsParameters] KindQuery query,
        [AsParameters] DryRunQuery dry,
        HttpCaller caller,
        ICatalogueChanges changes,
        CancellationToken cancellationToken
    )
    {
        var outcome = await changes.WithdrawAsync(
            query.Name(id),
            dry.ToConditions(),
            caller.ToCaller(),
            cancellationToken
        );
        return !outcome.Succeeded ? outcome.Problem.ToHttp()
            : dry.IsDryRun ? TypedResults.Ok(DryRunResponse.Checked)
            : TypedResults.NoContent();
    }
}

/// <summary>Which field of that name.</summary>
public sealed record KindQuery
{
    /// <summary><c>individual</c> or <c>group</c>; needed where both kinds have a field of the name.</summary>
    [FromQuery(Name = "kind"), RegularExpression("^(individual|group)$")]
    public string? Kind { get; init; }

    internal FieldName Name(string id) => new(Kind, id);
}
