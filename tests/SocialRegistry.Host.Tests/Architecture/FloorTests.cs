using System.Xml.Linq;

namespace SocialRegistry.Host.Tests.Architecture;

/// <summary>The four floors of the design: an arrow only points down.</summary>
public sealed class FloorTests
{
    private static readonly Dictionary<string, int> Floors = new()
    {
        ["Contracts"] = 1,
        ["Protection"] = 1,
        ["LinkedData"] = 1,
        ["JsonSchema"] = 1,
        ["Http"] = 2,
        ["Storage"] = 2,
        ["Registry"] = 3,
        ["Access"] = 3,
        ["Grpc"] = 3,
        ["Api"] = 3,
        ["Standards"] = 3,
        ["Exchange"] = 3,
        ["Credentials"] = 3,
        ["Host"] = 4,
    };

    [Fact]
    public void Every_project_stands_on_a_floor() =>
        Assert.Equal(Floors.Keys.Order(), Projects().Select(p => p.Name).Order());

    [Fact]
    public void No_arrow_points_up_or_sideways()
    {
        var wrong =
            from project in Projects()
            from target in project.References
            where Floors[target] >= Floors[project.Name]
            select $"{project.Name} → {target}";
        Assert.Empty(wrong);
    }

    [Fact]
    public void No_compiled_module_uses_another_module()
    {
        var wrong =
            from name in Floors.Keys.Where(n => n != "Host")
            let assembly = System.Reflection.Assembly.Load("SocialRegistry." + name)
            from reference in assembly.GetReferencedAssemblies()
            where reference.Name!.StartsWith("SocialRegistry.", StringComparison.Ordinal)
            let target = reference.Name!["SocialRegistry.".Length..]
            where Floors[target] >= Floors[name]
            select $"{name} → {target}";
        Assert.Empty(wrong);
    }

    private static IEnumerable<(string Name, IReadOnlyList<string> References)> Projects() =>
        Directory
            .EnumerateFiles(Path.Combine(Root(), "src"), "*.csproj", SearchOption.AllDirectories)
            .Select(file =>
                (
                    Short(Path.GetFileNameWithoutExtension(file)),
                    (IReadOnlyList<string>)
                        [
                            .. XDocument
                                .Load(file)
                                .Descendants("ProjectReference")
                                .Select(r => Short(Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value))),
                        ]
                )
            );

    private static string Short(string project) => project["SocialRegistry.".Length..];

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "SocialRegistry.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The solution's folder was not found.");
        }

        return folder.FullName;
    }
}
