using System.Net.Http.Json;
using System.Text.Json.Nodes;
using SocialRegistry.Host.Commands;
using SocialRegistry.Host.Server;
using SocialRegistry.Testing;

namespace SocialRegistry.Host.Tests.Server;

/// <summary>The OpenAPI document tells the truth.</summary>
public sealed class OpenApiTests
{
    [Fact]
    public async Task The_committed_document_is_the_one_the_code_describes()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("registry-openapi-").FullName, "v1.json");

        var status = await RegistryCommands.RunAsync(["openapi", "--output", file]);

        Assert.Equal(0, status);
        Assert.Equal(
            await File.ReadAllTextAsync(Path.Combine(Specs.Root, "openapi", "v1.json")),
            await File.ReadAllTextAsync(file)
        );
    }

    [Fact]
    public async Task Every_operation_has_a_summary_a_tag_and_its_refusals()
    {
        await using var registry = await RunningRegistry.StartAsync();
        var document = (await registry.Http.GetFromJsonAsync<JsonObject>("/openapi/v1.json"))!;

        foreach (var (path, item) in document["paths"]!.AsObject())
        {
            foreach (var (method, operation) in item!.AsObject().Where(o => o.Value is JsonObject))
            {
                var name = $"{method} {path}";
                Assert.False(string.IsNullOrEmpty((string?)operation!["summary"]), name + " has no summary.");
                Assert.NotEmpty(operation["tags"]?.AsArray() ?? []);
                Assert.True(operation["responses"]!.AsObject().Count > 1, name + " documents no refusal.");
                if (operation["requestBody"]?["content"]?["application/json"] is { } body)
                {
                    Assert.True(body["example"] is not null, name + " has no example.");
                }

                foreach (var (status, response) in operation["responses"]!.AsObject())
                {
                    foreach (var (type, content) in response!["content"]?.AsObject() ?? [])
                    {
                        var isJson = type.EndsWith("json", StringComparison.Ordinal);
                        Assert.True(
                            !isJson || content!["example"] is not null,
                            $"{name} has no example of its answer {status}."
                        );
                    }
                }
            }
        }
    }

    [Fact]
    public async Task Every_example_of_a_request_belongs_to_an_operation()
    {
        await using var registry = await RunningRegistry.StartAsync();
        var document = (await registry.Http.GetFromJsonAsync<JsonObject>("/openapi/v1.json"))!;

        foreach (var (name, _) in DocumentedOperations.ReadExamples())
        {
            var (method, path) = (name[..name.IndexOf(' ')].ToLowerInvariant(), name[(name.IndexOf(' ') + 1)..]);
            Assert.True(
                document["paths"]!.AsObject().Any(p => p.Key.TrimEnd('/') == path && p.Value![method] is not null),
                $"{name} is no operation."
            );
        }
    }

    [Fact]
    public async Task The_page_is_served_with_local_assets()
    {
        await using var registry = await RunningRegistry.StartAsync();

        var page = await registry.Http.GetStringAsync("/swagger/index.html");

        Assert.DoesNotContain("http://", page, StringComparison.Ordinal);
        Assert.DoesNotContain("https://", page, StringComparison.Ordinal);
        using var script = await registry.Http.GetAsync("/swagger/swagger-ui-bundle.js");
        Assert.True(script.IsSuccessStatusCode);
    }
}
