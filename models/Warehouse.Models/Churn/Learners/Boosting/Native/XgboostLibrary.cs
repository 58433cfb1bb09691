using System.Runtime.InteropServices;

namespace Warehouse.Models.Churn.Learners.Boosting.Native;

/// <summary>Finds libxgboost where systems keep it, once for the process.</summary>
internal static partial class XgboostLibrary
{
    /// <summary>The name that imports give; the resolver knows the files.</summary>
    public const string Name = "xgboost";

    private const string CLibrary = "libc";

    private static readonly string[] Files = ["libxgboost.so", "libxgboost.so.0", "libxgboost.dylib", "xgboost.dll"];

    private static readonly Lazy<nint> Library = new(Load);

    /// <summary>Whether the library is there.</summary>
    public static bool IsPresent => Library.Value != 0;

    /// <summary>How to get it, in words.</summary>
    public static string HowToGet =>
        "libxgboost is not installed: 'apt-get install libxgboost0' (Debian, Ubuntu), 'brew install xgboost' (macOS), or xgboost.dll of the Python package on the path (Windows).";

    private static nint Load()
    {
        WaitPassively();
        var found = Files.Select(file => NativeLibrary.TryLoad(file, typeof(XgboostLibrary).Assembly, searchPath: null, out var handle) ? handle : 0)
            .FirstOrDefault(handle => handle != 0);
        if (found != 0)
        {
            NativeLibrary.SetDllImportResolver(typeof(XgboostLibrary).Assembly, (name, _, _) => name == Name ? found : 0);
        }

        return found;
    }

    /// <summary>
    /// OpenMP reads this once, when its library is loaded, and from the process's own environment, which .NET's copy of it
    /// does not reach. Threads that spin while they wait take shared cores from those that work.
    /// </summary>
    private static void WaitPassively()
    {
        if (!OperatingSystem.IsWindows())
        {
            _ = setenv("OMP_WAIT_POLICY", "PASSIVE", 0);
        }
    }

    [LibraryImport(CLibrary, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int setenv(string name, string value, int overwrite);
}
