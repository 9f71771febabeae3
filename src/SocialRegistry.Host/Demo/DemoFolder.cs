using System.Text.Json;
using System.Text.Json.Nodes;
using SocialRegistry.Contracts;
using SocialRegistry.Host.Commands;

namespace SocialRegistry.Host.Demo;

/// <summary>The demo's files under <c>./data</c>.</summary>
internal sealed class DemoFolder
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private DemoFolder(string root) => Root = root;

    public string Root { get; }

    public string Database => Path.Combine(Root, "registry.db");

    public string Sample => Path.Combine(Root, "sample");

    public string Summary => Path.Combine(Root, "demo.json");

    private string Marker => Path.Combine(Root, "demo.marker");

    /// <exception cref="OperatorException">There is a database that the demo did not make.</exception>
    public static DemoFolder Open(string root = "data")
    {
        var folder = new DemoFolder(root);
        Directory.CreateDirectory(folder.Root);
        Directory.CreateDirectory(folder.Sample);
        if (File.Exists(folder.Database) && !File.Exists(folder.Marker))
        {
            throw new OperatorException(
                $"{Path.GetFullPath(folder.Database)} was not made by the demo. Run it in an empty folder, or move that database away."
            );
        }

        File.WriteAllText(folder.Marker, "This folder belongs to the demo; it may be deleted.\n");
        return folder;
    }

    /// <summary>The demo's partner and accounts, joined with those of the user's own file.</summary>
    public async Task<string> WriteBootstrapAsync(
        DemoSecrets secrets,
        Identifier? person,
        string? own,
        CancellationToken cancellationToken
    )
    {
        var bootstrap = own is null
            ? []
            : JsonNode.Parse(await File.ReadAllTextAsync(own, cancellationToken)) as JsonObject
                ?? throw new OperatorException($"{own} does not hold a JSON object.");
        Section(bootstrap, "partners").Add((JsonNode)Partner(secrets));
        var users = Section(bootstrap, "users");
        foreach (var staff in secrets.Staff)
        {
            users.Add(
                (JsonNode)
                    new JsonObject
                    {
                        ["user"] = staff.User,
                        ["password"] = staff.Password,
                        ["roles"] = new JsonArray([.. staff.Roles.Select(role => (JsonNode)role)]),
                    }
            );
        }

        if (person is not null)
        {
            users.Add(
                (JsonNode)
                    new JsonObject
                    {
                        ["user"] = DemoSecrets.Person,
                        ["password"] = secrets.PersonPassword,
                        ["roles"] = new JsonArray("person"),
                        ["registrant"] = new JsonObject { ["type"] = person.Type, ["value"] = person.Value },
                    }
            );
        }

        var file = Path.Combine(Root, "bootstrap.json");
        await WritePrivateAsync(file, bootstrap, cancellationToken);
        return file;
    }

    public Task WriteSummaryAsync(JsonObject summary, CancellationToken cancellationToken) =>
        WritePrivateAsync(Summary, summary, cancellationToken);

    private static JsonArray Section(JsonObject bootstrap, string name)
    {
        if (bootstrap[name] is not JsonArray section)
        {
            bootstrap[name] = section = [];
        }

        return section;
    }

    private static JsonObject Partner(DemoSecrets secrets) =>
        new()
        {
            ["id"] = DemoSecrets.Partner,
            ["secret"] = secrets.PartnerSecret,
            ["scopes"] = new JsonArray([
                .. Permissions.All.Order(StringComparer.Ordinal).Select(scope => (JsonNode)scope),
            ]),
            ["signature"] = "optional",
            ["attributes"] = "*",
            ["filters"] = "*",
            ["purposes"] = new JsonArray("demonstration"),
        };

    private static async Task WritePrivateAsync(string file, JsonObject content, CancellationToken cancellationToken)
    {
        File.Delete(file);
        await using var stream = PrivateFiles.Create(file);
        await JsonSerializer.SerializeAsync(stream, content, Indented, cancellationToken);
    }
}
