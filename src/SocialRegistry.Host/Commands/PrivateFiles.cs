namespace SocialRegistry.Host.Commands;

/// <summary>Files that only their owner may read.</summary>
internal static class PrivateFiles
{
    /// <summary>A new file with mode 0600 (on Windows: the folder's rights).</summary>
    /// <exception cref="OperatorException">It exists already.</exception>
    public static FileStream Create(string path)
    {
        if (File.Exists(path))
        {
            throw new OperatorException($"{Path.GetFullPath(path)} exists already; nothing is overwritten.");
        }

        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
    }
}
