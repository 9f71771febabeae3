using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc;
using Microsoft.OpenApi;
using SocialRegistry.Contracts;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace SocialRegistry.Host.Server;

/// <summary>What our problems (RFC 9457) hold beside the standard's members, and an example of each status.</summary>
internal sealed class DocumentedProblems : IDocumentFilter
{
    private const string MediaType = "application/problem+json";

    private readonly JsonObject examples = ReadExamples();

    /// <summary>One problem by status.</summary>
    public static JsonObject ReadExamples()
    {
        using var stream = typeof(DocumentedProblems).Assembly.GetManifestResourceStream("OpenApi/problems.json")!;
        return JsonNode.Parse(stream)!.AsObject();
    }

    public void Apply(OpenApiDocument document, DocumentFilterContext context)
    {
        Extend(document, context);
        foreach (
            var responses in document
                .Paths.Values.SelectMany(path => path.Operations?.Values ?? Enumerable.Empty<OpenApiOperation>())
                .Select(operation => operation.Responses)
        )
        {
            foreach (var (status, response) in responses ?? [])
            {
                if (
                    examples[status] is { } example
                    && response.Content is { } contents
                    && contents.TryGetValue(MediaType, out var content)
                )
                {
                    ((OpenApiMediaType)content).Example = example.DeepClone();
                }
            }
        }
    }

    private static void Extend(OpenApiDocument document, DocumentFilterContext context)
    {
        if (
            document.Components?.Schemas is not { } schemas
            || !schemas.TryGetValue(nameof(ProblemDetails), out var found)
            || found is not OpenApiSchema schema
        )
        {
            return;
        }

        schema.Description =
            "RFC 9457. `type` is `urn:social-registry:problem:` and a stable code; texts name fields and rules, never values.";
        schema.Properties!["errors"] = new OpenApiSchema
        {
            Type = JsonSchemaType.Array,
            Description = "What is wrong per field; absent when the problem is of the whole.",
            Items = context.SchemaGenerator.GenerateSchema(typeof(FieldProblem), context.SchemaRepository),
        };
        schema.Properties["currentVersion"] = new OpenApiSchema
        {
            Type = JsonSchemaType.Integer,
            Format = "int64",
            Description = "With 412: the version that stands, also in the ETag.",
        };
        schema.Properties["requestId"] = new OpenApiSchema
        {
            Type = JsonSchemaType.String,
            Description = "With 500: tell it to the operator; the log has it too.",
        };
    }
}
