using Warehouse.Definitions;

namespace Warehouse.Service.Access;

/// <summary>Files that nobody but the owner of this process can read.</summary>
internal static class PrivateFile
{
    private const int MostAttempts = 500;
    private const UnixFileMode OwnerAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Writes a file whole, or not at all.</summary>
    public static void Write(string path, string text)
    {
        var unfinished = FormattableString.Invariant($"{path}.{Environment.ProcessId}.unfinished");
        try
        {
            using (var writer = new StreamWriter(new FileStream(unfinished, Options(FileMode.Create))))
            {
                writer.Write(text);
            }

            File.Move(unfinished, path, overwrite: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            File.Delete(unfinished);
            throw new UserFaultException($"{path} cannot be written: {fault.Message}", fault);
        }
    }

    /// <summary>Adds to the end of a file.</summary>
    public static void Append(string path, string text)
    {
        var options = Options(FileMode.Append);
        options.Access = FileAccess.Write;
        using var writer = new StreamWriter(new FileStream(path, options));
        writer.Write(text);
    }

    /// <summary>Keeps other processes out until it is disposed. The file stays: one that is deleted could be locked by two.</summary>
    /// <exception cref="UserFaultException">Another process holds it for longer than ten seconds.</exception>
    public static FileStream Lock(string path)
    {
        using var pause = new ManualResetEventSlim();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var options = Options(FileMode.OpenOrCreate);
                options.Share = FileShare.None;
                return new FileStream(path, options);
            }
            catch (IOException fault) when (attempt == MostAttempts)
            {
                throw new UserFaultException($"{path} is held by another process: {fault.Message}", fault);
            }
            catch (IOException)
            {
                pause.Wait(Pause);
            }
        }
    }

    private static FileStreamOptions Options(FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerAlone;
        }

        return options;
    }
}
