using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using SocialRegistry.Contracts;
using SocialRegistry.Http;

namespace SocialRegistry.Api.Fields;

/// <summary>Code lists and identifier types; their changes hold at once.</summary>
internal static class CodeListEndpoints
{
    private static readonly Problem UnknownList = Problem.NotFound(
        "code_lists.not_found",
        "There is no such code list."
    );

    private static readonly Problem UnknownType = Problem.NotFound(
        "identifier_types.not_found",
        "There is no such identifier type."
    );

    public static void MapCodeLists(this IEndpointRouteBuilder routes)
    {
        var lists = routes.MapGroup("/code-lists").WithTags("Code lists").WithProblems();
        var read = lists.MapGroup("").RequireAuthorization(Policies.SignedIn);
        read.MapGet("/", ListAsync).WithKnownQuery().WithSummary("All code lists");
        read.MapGet("/{id}", OneAsync).WithKnownQuery().WithSummary("One code list with labels and mappings");
        var write = lists.MapGroup("").RequireAuthorization(Permissions.WriteFields);
        write.MapPost("/", CreateAsync).WithKnownQuery("dryRun").WithSummary("Create a code list");
        write
            .MapPut("/{id}", PutAsync)
            .WithKnownQuery("dryRun")
            .WithSummary("Bring a code list to this form, or create it; a code that is there must stay");
        write
            .MapPut("/{id}/codes/{code}", PutCodeAsync)
            .WithKnownQuery("dryRun")
            .WithSummary("Add a code, change its labels and mappings, or retire it");
        MapIdentifierTypes(routes);
    }

    private static void MapIdentifierTypes(IEndpointRouteBuilder routes)
    {
        var types = routes.MapGroup("/identifier-types").WithTags("Code lists").WithProblems();
        types
            .MapGet("/", TypesAsync)
            .RequireAuthorization(Policies.SignedIn)
            .WithKnownQuery()
            .WithSummary("All identifier types");
        types
            .MapGet("/{id}", TypeAsync)
            .RequireAuthorization(Policies.SignedIn)
            .WithKnownQuery()
            .WithSummary("One identifier type");
        types
            .MapPut("/{id}", PutTypeAsync)
            .RequireAuthorization(Permissions.WriteFields)
            .WithKnownQuery("dryRun")
            .WithSummary(
                "Create an identifier type, change it, or retire it; refused while stored identifiers would be lost"
            );
    }

    private static async Task<Ok<IReadOnlyList<CodeListView>>> ListAsync(
        IFieldCatalogue catalogue,
        CancellationToken cancellationToken
    ) => TypedResults.Ok((await catalogue.GetAsync(cancellationToken)).CodeLists);

    private static async Task<Results<Ok<CodeListView>, ProblemHttpResult>> OneAsync(
        string id,
        IFieldCatalogue catalogue,
        CancellationToken cancellationToken
    ) =>
        (await catalogue.GetAsync(cancellationToken)).CodeLists.FirstOrDefault(l => l.Id == id) is { } list
            ? TypedResults.Ok(list)
            : UnknownList.ToHttp();

    private static async Task<Results<Created<CodeListView>, Ok<CodeListView>, ProblemHttpResult>> CreateAsync(
        CodeListView body,
        [AsParameters] RepeatableQuery query,
        HttpCaller caller,
        ICatalogueChanges changes,
        CancellationToken cancellationToken
    )
    {
        // Version 0: it is to be new.
        var conditions = query.ToConditions() with
        {
            ExpectedVersion = 0,
        };
        var outcome = await changes.PutCodeListAsync(body, conditions, caller.ToCaller(), cancellationToken);
        return !outcome.Succeeded ? outcome.Problem.ToHttp()
            : query.IsDryRun ? TypedResults.Ok(outcome.Value)
            : TypedResults.Created($"/api/v1/code-lists/{outcome.Value.Id}", outcome.Value);
    }

    private static async Task<Results<Ok<CodeListView>, ProblemHttpResult>> PutAsync(
        string id,
        CodeListView body,
        [AsParameters] DryRunQuery dry,
        HttpCaller caller,
        ICatalogueChanges changes,
        CancellationToken cancellationToken
    ) =>
        body.Id == id
            ? (await changes.PutCodeListAsync(body, dry.ToConditions(), caller.ToCaller(), cancellationToken)).ToHttp()
            : Mismatch("code_lists.invalid").ToHttp();

    private static async Task<Results<Ok<CodeListView>, ProblemHttpResult>> PutCodeAsync(
        string id,
        string code,
        PutCodeRequest body,
        [AsParameters] DryRunQuery dry,
        HttpCaller caller,
        ICatalogueChanges changes,
        CancellationToken cancellationToken
    ) =>
        (
            await changes.PutCodeAsync(id, body.ToCode(code), dry.ToConditions(), caller.ToCaller(), cancellationToken)
        ).ToHttp();

    private static async Task<Ok<IReadOnlyList<IdentifierTypeView>>> TypesAsync(
        IFieldCatalogue catalogue,
        CancellationToken cancellationToken
    ) => TypedResults.Ok((await catalogue.GetAsync(cancellationToken)).IdentifierTypes);

    private static async Task<Results<Ok<IdentifierTypeView>, ProblemHttpResult>> TypeAsync(
        string id,
        IFieldCatalogue catalogue,
        CancellationToken cancellationToken
    ) =>
        (await catalogue.GetAsync(cancellationToken)).IdentifierTypes.FirstOrDefault(t => t.Id == id) is { } type
            ? TypedResults.Ok(type)
            : UnknownType.ToHttp();

    private static async Task<Results<Ok<IdentifierTypeView>, ProblemHttpResult>> PutTypeAsync(
        string id,
        IdentifierTypeView body,
        [AsParameters] DryRunQuery dry,
        HttpCaller caller,
        ICatalogueChanges changes,
        CancellationToken cancellationToken
    ) =>
        body.Id == id
            ? (
                await changes.PutIdentifierTypeAsync(body, dry.ToConditions(), caller.ToCaller(), cancellationToken)
            ).ToHttp()
            : Mismatch("identifier_types.invalid").ToHttp();

    private static Problem Mismatch(string code) =>
        Problem.Invalid(
            code,
            "The address names another one than the body.",
            new FieldProblem("id", "contradiction", "Send the id of the address.")
        );
}

/// <summary>A code as it is to be; what is left out is empty.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record PutCodeRequest
{
    /// <summary>By ISO 639-3 language code; <c>eng</c> is needed.</summary>
    [Required]
    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    /// <summary>Other words for the code, in CSV files and messages.</summary>
    [MaxLength(100)]
    public IReadOnlyList<string> Synonyms { get; init; } = [];

    /// <summary>The one word of a standard or partner, by its name or id.</summary>
    public IReadOnlyDictionary<string, string> Mappings { get; init; } = new Dictionary<string, string>();

    /// <summary>In a list of relations: the code that holds the other way round.</summary>
    [MaxLength(60)]
    public string? Inverse { get; init; }

    /// <summary>True: no value takes the code any more.</summary>
    public bool Retired { get; init; }

    internal CodeView ToCode(string code) =>
        new(code, Labels, Synonyms)
        {
            Mappings = Mappings,
            Inverse = Inverse,
            Retired = Retired,
        };
}
