using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using SocialRegistry.Contracts;

namespace SocialRegistry.Host.Server;

/// <summary>Gives the framework's own refusals the form of ours: an urn as type, wrong fields as a list.</summary>
internal static class ProblemForms
{
    private const string Urn = "urn:social-registry:problem:";

    public static void Unify(ProblemDetailsContext context)
    {
        if (context.ProblemDetails is HttpValidationProblemDetails invalid)
        {
            context.ProblemDetails = new ProblemDetails
            {
                Type = Urn + "request.invalid",
                Title = nameof(ProblemKind.Invalid),
                Status = invalid.Status ?? StatusCodes.Status400BadRequest,
                Detail = "Some of what was sent is not as this route takes it.",
                Extensions =
                {
                    ["errors"] = invalid
                        .Errors.SelectMany(field =>
                            field.Value.Select(text => new FieldProblem(Name(field.Key), "invalid", text))
                        )
                        .ToList(),
                    ["requestId"] = context.HttpContext.TraceIdentifier,
                },
            };
        }
        else if (context.ProblemDetails.Type?.StartsWith(Urn, StringComparison.Ordinal) != true)
        {
            context.ProblemDetails.Type = Urn + "http." + context.ProblemDetails.Status;
        }
    }

    /// <summary>The member as it is spelled on the wire.</summary>
    private static string Name(string key) =>
        string.Join('.', key.Split('.').Select(JsonNamingPolicy.CamelCase.ConvertName));
}
