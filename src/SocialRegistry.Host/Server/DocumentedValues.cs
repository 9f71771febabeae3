using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using SocialRegistry.Api.Fields;
using SocialRegistry.Contracts;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace SocialRegistry.Host.Server;

/// <summary>Which values a record takes, from the catalogue that stands: a field that is published shows in the document at once.</summary>
internal sealed class DocumentedValues(IFieldCatalogue catalogue) : IDocumentAsyncFilter
{
    private const string Member = "values";
    private static readonly string[] Kinds = [RegistrantKinds.Individual, RegistrantKinds.Group];

    public async Task ApplyAsync(
        OpenApiDocument swaggerDoc,
        DocumentFilterContext context,
        CancellationToken cancellationToken
    ) => Describe(swaggerDoc, await catalogue.GetAsync(cancellationToken));

    /// <summary>Adds the values of each kind, and says so wherever values stand.</summary>
    public static void Describe(OpenApiDocument document, CatalogueView catalogue)
    {
        if (document.Components?.Schemas is not { } schemas)
        {
            return;
        }

        foreach (var kind in Kinds)
        {
            var values = RecordSchema.Values(catalogue, kind, "eng");
            // An answer holds what its reader may see.
            values.Remove("required");
            schemas[Name(kind)] = Exactly(values);
        }

        foreach (var name in (string[])["CreateRegistrantRequest", "RegistrantResponse"])
        {
            if (
                schemas.TryGetValue(name, out var schema)
                && schema is OpenApiSchema { Properties: { } members }
                && members.TryGetValue(Member, out var standing)
            )
            {
                members[Member] = new OpenApiSchema
                {
                    Description = standing.Description,
                    AnyOf = [.. Kinds.Select(kind => new OpenApiSchemaReference(Name(kind), document))],
                };
            }
        }
    }

    private static string Name(string kind) => char.ToUpperInvariant(kind[0]) + kind[1..] + "Values";

    /// <summary>A schema keyword for keyword as it is, also those that the library has no member for.</summary>
    private static OpenApiSchema Exactly(JsonObject schema) =>
        new()
        {
            Extensions = schema.ToDictionary(
                member => member.Key,
                member => (IOpenApiExtension)new JsonNodeExtension(member.Value!.DeepClone())
            ),
        };
}
