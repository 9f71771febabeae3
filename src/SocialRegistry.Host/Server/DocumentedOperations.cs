using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace SocialRegistry.Host.Server;

/// <summary>
/// What the routes themselves cannot tell the generator: which permission each needs, which need none, and an example of each body
/// (<c>OpenApi/Examples</c>).
/// </summary>
internal sealed class DocumentedOperations : IOperationFilter
{
    private const string Folder = "OpenApi/Examples/";

    private readonly JsonObject examples = ReadExamples();

    /// <summary>Examples by method and path, such as <c>POST /api/v1/registrants</c>: one file per capability.</summary>
    public static JsonObject ReadExamples()
    {
        var all = new JsonObject();
        var assembly = typeof(DocumentedOperations).Assembly;
        foreach (
            var file in assembly
                .GetManifestResourceNames()
                .Where(n => n.StartsWith(Folder, StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
        )
        {
            using var stream = assembly.GetManifestResourceStream(file)!;
            foreach (var (operation, example) in JsonNode.Parse(stream)!.AsObject())
            {
                all.Add(operation, example!.DeepClone());
            }
        }

        return all;
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

        Show(operation, example["response"], status => status[0] == '2');
        foreach (var (status, refusal) in example["refusals"]?.AsObject() ?? [])
        {
            Show(operation, refusal, answer => answer == status || (status == "other" && answer[0] > '2'));
        }
    }

    private static void Show(OpenApiOperation operation, JsonNode? example, Func<string, bool> fits)
    {
        foreach (var (_, answer) in operation.Responses?.Where(r => example is not null && fits(r.Key)) ?? [])
        {
            foreach (
                var content in answer.Content?.Where(c => !c.Key.Contains("problem", StringComparison.Ordinal)) ?? []
            )
            {
                ((OpenApiMediaType)content.Value).Example = example!.DeepClone();
            }
        }
    }
}
