using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using SocialRegistry.Contracts;
using SocialRegistry.Host.Commands;
using SocialRegistry.Host.Server;
using SocialRegistry.JsonSchema;
using SocialRegistry.Testing;

namespace SocialRegistry.Host.Tests.Server;

/// <summary>Fields and code lists of a bootstrap file.</summary>
public sealed class BootstrapCatalogueTests : IAsyncLifetime
{
    private RunningRegistry registry = null!;

    public async ValueTask InitializeAsync() => registry = await RunningRegistry.StartAsync();

    public ValueTask DisposeAsync() => registry.DisposeAsync();

    [Fact]
    public async Task Fields_and_code_lists_are_applied_once_and_partners_may_name_them()
    {
        var file = new JsonObject
        {
            ["codeLists"] = new JsonArray(
                JsonNode.Parse(
                    """{"id":"water_source","codes":[{"code":"well","labels":{"eng":"Well"}},{"code":"tap","labels":{"eng":"Tap"}}]}"""
                )
            ),
            ["fields"] = new JsonArray(
                JsonNode.Parse(
                    """{"id":"water","kind":"group","type":"code","class":"internal","labels":{"eng":"Water"},"codeList":"water_source"}"""
                )
            ),
            ["partners"] = new JsonArray(
                JsonNode.Parse(
                    """{"id":"water-board","secret":"a-secret-of-the-tests-0123456789","scopes":["registrants:read"],"attributes":["water"],"purposes":["water"]}"""
                )
            ),
        };
        Assert.True(SchemaOfFile().IsValid(System.Text.Json.JsonSerializer.SerializeToElement(file)));

        await ApplyAsync(file);
        var first = await CatalogueAsync();
        await ApplyAsync(file);
        var second = await CatalogueAsync();

        Assert.Equal("water_source", first.Field(RegistrantKinds.Group, "water")!.CodeList);
        Assert.Equal((2, 2), (first.Version, second.Version));
        using var client = await registry.SignedInAsync("water-board");
        Assert.NotNull(client);
    }

    [Theory]
    [InlineData(
        """{"fields":[{"id":"water","kind":"group","type":"text","class":"internal","labels":{"eng":"W"},"colour":"red"}]}""",
        "$.fields[0]"
    )]
    [InlineData("""{"fields":[{"id":"water","type":"text","class":"internal","labels":{"eng":"W"}}]}""", "$.fields[0]")]
    [InlineData(
        """{"fields":[{"id":"water","kind":"group","type":"code","class":"internal","labels":{"eng":"W"},"codeList":"no"}]}""",
        "fields[0].codeList"
    )]
    [InlineData("""{"fields":{}}""", "$.fields")]
    [InlineData(
        """{"codeLists":[{"id":"water_source","codes":[{"code":"a b","labels":{"eng":"W"}}]}]}""",
        "codeLists[0].codes[0].code"
    )]
    [InlineData(
        """{"codeLists":[{"id":"water_source","codes":[]}],"partners":[{"id":"x","secret":"short","scopes":[]}]}""",
        "$.partners[0].secret"
    )]
    public async Task A_file_that_is_wrong_somewhere_changes_nothing(string file, string place)
    {
        var error = await Assert.ThrowsAsync<OperatorException>(() => ApplyAsync(JsonNode.Parse(file)!.AsObject()));

        Assert.Contains("\n  " + place, error.Message, StringComparison.Ordinal);
        var catalogue = await CatalogueAsync();
        Assert.Equal(1, catalogue.Version);
        Assert.DoesNotContain(catalogue.CodeLists, l => l.Id == "water_source");
    }

    private static Schema SchemaOfFile() =>
        Schema.Compile(File.ReadAllText(Path.Combine(Specs.Root, "schemas", "bootstrap.schema.json"))).Schema;

    private Task<CatalogueView> CatalogueAsync() =>
        registry.App.Services.GetRequiredService<IFieldCatalogue>().GetAsync(CancellationToken.None);

    private async Task ApplyAsync(JsonObject file)
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("registry-bootstrap-").FullName, "bootstrap.json");
        await File.WriteAllTextAsync(path, file.ToJsonString());
        await Bootstrap.ApplyAsync(registry.App, path, CancellationToken.None);
    }
}
