using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using SocialRegistry.Contracts;
using SocialRegistry.Http;

namespace SocialRegistry.Api.Fields;

/// <summary>What screens draw: the published fields of a kind, by section, in one language.</summary>
internal static class FormEndpoints
{
    private static readonly Problem UnknownKind = Problem.NotFound(
        "forms.not_found",
        "There is a form for the kinds individual and group."
    );

    public static void MapForms(this IEndpointRouteBuilder routes) =>
        routes
            .MapGroup("/forms")
            .WithTags("Fields")
            .WithProblems()
            .MapGet("/{kind}", FormAsync)
            .RequireAuthorization(Policies.SignedIn)
            .WithKnownQuery("lang")
            .WithSummary("The form of a kind of record: sections, fields, labels, options and rules");

    private static async Task<Results<Ok<FormResponse>, ProblemHttpResult>> FormAsync(
        string kind,
        [AsParameters] LanguageQuery query,
        HttpCaller caller,
        IFieldCatalogue catalogue,
        CancellationToken cancellationToken
    ) =>
        kind is RegistrantKinds.Individual or RegistrantKinds.Group
            ? TypedResults.Ok(
                FormResponse.For(
                    await catalogue.GetAsync(cancellationToken),
                    kind,
                    query.Language ?? "eng",
                    forPerson: caller.ToCaller().Kind == CallerKind.Person
                )
            )
            : UnknownKind.ToHttp();
}

/// <summary>In which language.</summary>
public sealed record LanguageQuery
{
    /// <summary>ISO 639-3, such as <c>fra</c>; <c>eng</c> when absent, and for every label that is not there.</summary>
    [FromQuery(Name = "lang"), RegularExpression("^[a-z]{3}$")]
    public string? Language { get; init; }
}
