using System.Runtime.InteropServices;

namespace SocialRegistry.Protection;

/// <summary>The folder of the keys: its permissions, its lock between processes, and files that are replaced as a whole.</summary>
internal sealed class KeyFolder(string path)
{
    private const UnixFileMode OthersMay =
        UnixFileMode.GroupRead
        | UnixFileMode.GroupWrite
        | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead
        | UnixFileMode.OtherWrite
        | UnixFileMode.OtherExecute;
    private const UnixFileMode FolderMode = FileMode600 | UnixFileMode.UserExecute;
    private const UnixFileMode FileMode600 = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const int MaxFileBytes = 4 * 1024 * 1024;
    private const string LockName = ".lock";

    private static readonly TimeSpan LockWait = TimeSpan.FromSeconds(60);

    public string FullPath { get; } = Path.GetFullPath(path);

    public string FilePath(string name) => Path.Combine(FullPath, name);

    /// <summary>True when no file but the lock is there, or no folder.</summary>
    public bool IsEmpty =>
        Guard(() =>
            !Directory.Exists(FullPath)
            || Directory.EnumerateFileSystemEntries(FullPath).All(entry => Path.GetFileName(entry) == LockName)
        );

    /// <summary>A file's bytes; <c>null</c> when it does not exist.</summary>
    /// <exception cref="KeyStoreException">Others may read it or its folder.</exception>
    public byte[]? Read(string name) =>
        Guard(() =>
        {
            if (!Directory.Exists(FullPath))
            {
                return null;
            }

            RefuseWide(FullPath, "700");
            var file = FilePath(name);
            if (!File.Exists(file))
            {
                return null;
            }

            RefuseWide(file, "600");
            return new FileInfo(file).Length <= MaxFileBytes
                ? File.ReadAllBytes(file)
                : throw new KeyStoreException($"{file} is too large to be a key file.");
        });

    /// <summary>Replaces a file at once: temporary file, flush to the disk, rename, flush of the folder.</summary>
    public void Write(string name, ReadOnlySpan<byte> bytes)
    {
        var target = FilePath(name);
        var temporary = FilePath($".{name}.{Guid.NewGuid():N}");
        try
        {
            try
            {
                using (var file = new FileStream(temporary, Options(FileMode.CreateNew)))
                {
                    file.Write(bytes);
                    file.Flush(flushToDisk: true);
                }

                File.Move(temporary, target, overwrite: true);
                FolderFlush.Flush(FullPath);
            }
            finally
            {
                File.Delete(temporary);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Refusal(e);
        }
    }

    /// <summary>Makes the folder when absent and keeps every other process out until disposed.</summary>
    public IDisposable Lock() =>
        Guard(() =>
        {
            if (!Directory.Exists(FullPath))
            {
                Make();
            }

            RefuseWide(FullPath, "700");
            var options = Options(FileMode.OpenOrCreate);
            var end = Environment.TickCount64 + (long)LockWait.TotalMilliseconds;
            while (true)
            {
                try
                {
                    return new FileStream(FilePath(LockName), options);
                }
                catch (IOException e) when (IsHeld(e) && Environment.TickCount64 < end)
                {
                    Thread.Sleep(20);
                }
            }
        });

    // EAGAIN of Linux, of macOS, and ERROR_SHARING_VIOLATION.
    private static bool IsHeld(IOException e) => e.HResult is 11 or 35 or unchecked((int)0x80070020);

    private static FileStreamOptions Options(FileMode mode)
    {
        var options = new FileStreamOptions
        {
            Mode = mode,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = FileMode600;
        }

        return options;
    }

    private void Make()
    {
        if (Path.GetDirectoryName(FullPath) is { } parent)
        {
            Directory.CreateDirectory(parent);
        }

        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(FullPath);
        }
        else
        {
            Directory.CreateDirectory(FullPath, FolderMode);
        }
    }

    private static void RefuseWide(string path, string wanted)
    {
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & OthersMay) != 0)
        {
            throw new KeyStoreException(
                $"Other users of this machine may read or change {path}. Run: chmod {wanted} '{path}'"
            );
        }
    }

    private T Guard<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Refusal(e);
        }
    }

    private KeyStoreException Refusal(Exception e) =>
        new($"The key folder {FullPath} (Keys__Path) cannot be used: {e.Message}");
}

/// <summary>Flushes a folder's entries, so that a renamed file survives a power cut.</summary>
internal static partial class FolderFlush
{
    public static void Flush(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var descriptor = Open(folder, 0);
        if (descriptor < 0)
        {
            return;
        }

        _ = Sync(descriptor);
        _ = Close(descriptor);
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync")]
    private static partial int Sync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
