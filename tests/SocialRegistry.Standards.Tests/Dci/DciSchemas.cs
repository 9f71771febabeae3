using System.Text.Json.Nodes;
using SocialRegistry.Standards.Tests.OpenApi;
using Xunit;

namespace SocialRegistry.Standards.Tests.Dci;

/// <summary>Asserts against the standard's own file.</summary>
internal static class DciSchemas
{
    private const string SyncSearch = "/paths/~1registry~1sync~1search/post";

    public static void AssertRequest(JsonNode request) =>
        Assert.Empty(OpenApiFile.Dci.Check(request, SyncSearch + "/requestBody/content/application~1json/schema"));

    public static void AssertAnswer(DciAnswer answer) =>
        Assert.Empty(
            OpenApiFile.Dci.Check(answer.Body, SyncSearch + "/responses/default/content/application~1json/schema")
        );

    /// <summary>A refused message is right both as HttpErrorResponse and as an acknowledgement.</summary>
    public static void AssertError(DciAnswer answer)
    {
        foreach (var response in (string[])["HttpErrorResponse", "Response"])
        {
            Assert.Empty(
                OpenApiFile.Dci.Check(answer.Body, $"/components/responses/{response}/content/application~1json/schema")
            );
        }
    }
}
