using System.Globalization;
using System.Text;
using System.Text.Json;
using SocialRegistry.Testing;
using Xunit;

namespace SocialRegistry.JsonSchema.Tests;

/// <summary>The official test suite (json-schema.org, draft 2020-12), every file that lies beside the clone.</summary>
public sealed class SuiteTests(ITestOutputHelper output)
{
    /// <summary>The one remote document that a file of the suite names and that does not lie beside it.</summary>
    private const string IgnorePrefixItems = """
        {
          "$id": "http://localhost:1234/draft2019-09/ignore-prefixItems.json",
          "$schema": "https://json-schema.org/draft/2019-09/schema",
          "prefixItems": [{ "type": "string" }]
        }
        """;

    public static TheoryData<string> Required => Names("*.json", "");

    public static TheoryData<string> Optional => Names("*.json", "optional");

    public static TheoryData<string> Formats => Names("*.json", "optional", "format");

    [Theory]
    [MemberData(nameof(Required))]
    public void Required_behaviour(string file) => Run(assertFormats: false, file);

    [Theory]
    [MemberData(nameof(Optional))]
    public void Optional_behaviour(string file) => Run(assertFormats: false, "optional", file);

    [Theory]
    [MemberData(nameof(Formats))]
    public void Formats_when_they_are_asserted(string file) => Run(assertFormats: true, "optional", "format", file);

    private void Run(bool assertFormats, params string[] file)
    {
        using var document = JsonDocument.Parse(
            File.ReadAllText(Specs.Public(["vc", "json-schema", "draft2020-12", .. file]))
        );
        var options = new SchemaOptions { AssertFormats = assertFormats, Documents = Remotes() };
        var (count, wrong) = (0, new StringBuilder());
        foreach (var group in document.RootElement.EnumerateArray())
        {
            var compilation = Schema.Compile(group.GetProperty("schema"), options);
            foreach (var test in group.GetProperty("tests").EnumerateArray())
            {
                count++;
                if (Problem(compilation, test) is { } problem)
                {
                    wrong.AppendLine(
                        CultureInfo.InvariantCulture,
                        $"{group.GetProperty("description")} / {test.GetProperty("description")}: {problem}"
                    );
                }
            }
        }

        output.WriteLine($"{string.Join('/', file)}: {count} cases");
        Assert.True(count > 0, "The file holds no case.");
        Assert.True(wrong.Length == 0, wrong.ToString());
    }

    private static string? Problem(SchemaCompilation compilation, JsonElement test)
    {
        if (!compilation.TryGet(out var schema))
        {
            return string.Join("; ", compilation.Problems.Select(p => $"{p.Path} {p.Code} {p.Detail}"));
        }

        var data = test.GetProperty("data");
        var valid = test.GetProperty("valid").GetBoolean();
        var result = schema.Validate(data);
        return result.IsValid != valid ? "Validate says " + result.IsValid
            : schema.IsValid(data) != valid ? "IsValid says " + !valid
            : null;
    }

    private static SchemaDocuments Remotes()
    {
        var root = Specs.Public("vc", "json-schema", "remotes");
        var documents = SchemaDocuments.None.With(
            "http://localhost:1234/draft2019-09/ignore-prefixItems.json",
            JsonElement.Parse(IgnorePrefixItems)
        );
        foreach (var file in Directory.EnumerateFiles(root, "*.json", SearchOption.AllDirectories))
        {
            var name = Path.GetRelativePath(root, file).Replace('\\', '/');
            documents = documents.With("http://localhost:1234/" + name, JsonElement.Parse(File.ReadAllText(file)));
        }

        return documents;
    }

    private static TheoryData<string> Names(string pattern, params string[] folder)
    {
        var data = new TheoryData<string>();
        var path = Folder(folder);
        if (path is null)
        {
            data.Add(
                new TheoryDataRow<string>("none") { Skip = "The public specification files are not beside this clone." }
            );
            return data;
        }

        foreach (var file in Directory.EnumerateFiles(path, pattern).Order(StringComparer.Ordinal))
        {
            data.Add(Path.GetFileName(file));
        }

        return data;
    }

    private static string? Folder(string[] parts)
    {
        try
        {
            return Specs.Public(["vc", "json-schema", "draft2020-12", .. parts]);
        }
        catch (Exception e) when (e.GetType().Name == "SkipException")
        {
            return null;
        }
    }
}
