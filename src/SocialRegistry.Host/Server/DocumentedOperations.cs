using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace SocialRegistry.Host.Server;

/// <summary>
/// What the routes themselves cannot tell the generator: which permission each needs, which need none, and an example of each body
/// (<c>OpenApi/examples.json</c>, each of them sent to a running server by a test).
/// </summary>
internal sealed class DocumentedOperations : IOperationFilter
{
    public const string ExamplesResource = "SocialRegistry.Host.OpenApi.examples.json";

    private readonly JsonObject examples = ReadExamples();

    /// <summary>Examples by method and path, such as <c>POST /api/v1/registrants</c>.</summary>
    public static JsonObject ReadExamples()
    {
        using var stream = typeof(DocumentedOperations).Assembly.GetManifestResourceStream(ExamplesResource)!;
        return JsonNode.Parse(stream)!.AsObject();
    }

    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        var metadata = context.ApiDescription.ActionDescriptor.EndpointMetadata;
        if (metadata.OfType<IAllowAnonymous>().Any())
        {
            operation.Security = [];
        }
        else if (
            metadata.OfType<IAuthorizeData>().Select(a => a.Policy).FirstOrDefault(p => p is not null) is { } permission
        )
        {
            operation.Description = string.Join(
                "\n\n",
                new[] { operation.Description, $"Permission: `{permission}`." }.Where(text =>
                    !string.IsNullOrEmpty(text)
                )
            );
        }

        var path = context.ApiDescription.RelativePath?.TrimEnd('/');
        if (examples[$"{context.ApiDescription.HttpMethod} /{path}"] is not JsonObject example)
        {
            return;
        }

        if (example["request"] is { } request)
        {
            foreach (var content in operation.RequestBody?.Content?.Values ?? [])
            {
                ((OpenApiMediaType)content).Example = request.DeepClone();
            }
        }

        if (example["response"] is { } response)
        {
            foreach (var (_, answer) in operation.Responses?.Where(r => r.Key.StartsWith('2')) ?? [])
            {
                foreach (var content in answer.Content?.Values ?? [])
                {
                    ((OpenApiMediaType)content).Example = response.DeepClone();
                }
            }
        }
    }
}
