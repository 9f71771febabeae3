using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace SocialRegistry.Host.Server;

/// <summary>Which answers an operation can give: those of its group that fit its method and parameters, the ones all can give, and their headers.</summary>
internal sealed class DocumentedAnswers : IOperationFilter
{
    private static readonly string[] OfBodies = ["413", "415"];
    private static readonly string[] OfWrites = ["409", "412", "428"];

    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        if (operation.Responses is not { } responses)
        {
            return;
        }

        var precondition = operation.Parameters?.OfType<OpenApiParameter>().FirstOrDefault(p => p.Name == "If-Match");
        if (precondition is not null)
        {
            // Where 428 is no answer, the header may be left out.
            precondition.Required = responses.ContainsKey("428");
        }

        if (operation.RequestBody is null)
        {
            Remove(responses, OfBodies);
        }

        if (context.ApiDescription.HttpMethod == "GET")
        {
            Remove(responses, OfWrites);
        }
        else if (precondition is null)
        {
            Remove(responses, ["412", "428"]);
        }

        AddOnes(responses);
        AddHeaders(responses, context.ApiDescription.RelativePath?.TrimEnd('/') ?? "", precondition is not null);
        operation.Responses = [];
        foreach (var (status, response) in responses.OrderBy(r => r.Key, StringComparer.Ordinal))
        {
            operation.Responses[status] = response;
        }
    }

    private static void Remove(OpenApiResponses responses, string[] statuses)
    {
        foreach (var status in statuses)
        {
            responses.Remove(status);
        }
    }

    private static void AddOnes(OpenApiResponses responses) =>
        responses.TryAdd(
            "500",
            new OpenApiResponse
            {
                Description = "Internal Server Error",
                Content = responses.GetValueOrDefault("429")?.Content,
            }
        );

    private static void AddHeaders(OpenApiResponses responses, string path, bool versioned)
    {
        foreach (var (status, response) in responses.Where(r => r.Key[0] == '2' || r.Key == "412"))
        {
            if (status is "201" or "202")
            {
                AddHeader(response, "Location", "Where what was made stands.");
            }

            if (
                (versioned && status != "204")
                || path is "api/v1/registrants/{id}" or "api/v1/registrants" or "api/v1/groups"
                || path.StartsWith("api/v1/change-requests/{id}", StringComparison.Ordinal)
            )
            {
                AddHeader(response, "ETag", "The record's version, for If-Match.");
            }
        }

        if (responses.TryGetValue("429", out var tooMany))
        {
            AddHeader(tooMany, "Retry-After", "Seconds to wait.");
        }

        if (responses.TryGetValue("401", out var unknown))
        {
            AddHeader(unknown, "WWW-Authenticate", "How to sign in.");
        }
    }

    private static void AddHeader(IOpenApiResponse response, string name, string description)
    {
        if (response is OpenApiResponse concrete)
        {
            concrete.Headers ??= new Dictionary<string, IOpenApiHeader>();
            concrete.Headers[name] = new OpenApiHeader
            {
                Description = description,
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            };
        }
    }
}
