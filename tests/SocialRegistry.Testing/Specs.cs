using Xunit;

namespace SocialRegistry.Testing;

/// <summary>
/// The folders of specification files and vectors. Public ones stand outside the project, in <c>SOCIALREGISTRY_SPECS</c> or
/// <c>../shared/specs</c>; our own stand in <c>specs/</c>.
/// </summary>
public static class Specs
{
    /// <summary>The solution's folder.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Path of one of our own files below <c>specs/</c>.</summary>
    public static string Own(params string[] parts) => Path.Combine([Root, "specs", .. parts]);

    /// <summary>Path of a public file; the test is skipped, with that reason, in a clone that stands alone.</summary>
    public static string Public(params string[] parts)
    {
        var folder = Environment.GetEnvironmentVariable("SOCIALREGISTRY_SPECS") is { Length: > 0 } named
            ? named
            : Path.Combine(Root, "..", "shared", "specs");
        Assert.SkipUnless(
            Directory.Exists(folder),
            "The public specification files are not beside this clone; set SOCIALREGISTRY_SPECS to their folder."
        );
        return Path.GetFullPath(Path.Combine([folder, .. parts]));
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "SocialRegistry.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The solution's folder was not found.");
        }

        return folder.FullName;
    }
}
