using System.Diagnostics;

namespace Warehouse.Acceptance;

/// <summary>A file system of a few megabytes in memory, mounted for a test.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private SmallDisk(string path) => Path = path;

    public string Path { get; }

    /// <summary>Mounts one; the test is skipped where that is not allowed.</summary>
    /// <param name="path">Where; the folder is made.</param>
    /// <param name="size">How large, as <c>mount</c> writes it: 24m.</param>
    public static async Task<SmallDisk> MountAsync(string path, string size)
    {
        Skip.IfNot(OperatingSystem.IsLinux() && Environment.UserName == "root", "needs root on Linux, to mount a small tmpfs");
        Directory.CreateDirectory(path);
        Skip.IfNot(await RunAsync("mount", "-t", "tmpfs", "-o", $"size={size}", "tmpfs", path) == 0, "a tmpfs cannot be mounted here");
        return new SmallDisk(path);
    }

    public async ValueTask DisposeAsync() => await RunAsync("umount", "-l", Path);

    private static async Task<int> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}
