using System.Reflection;
using System.Runtime.InteropServices;

namespace Warehouse.DuckDb.Native;

/// <summary>Finds libduckdb's shared library beside this assembly, under the name that each operating system gives it.</summary>
internal static class Libduckdb
{
    public const string Name = "duckdb";

    public static string FileName =>
        OperatingSystem.IsWindows() ? "duckdb.dll"
        : OperatingSystem.IsMacOS() ? "libduckdb.dylib"
        : "libduckdb.so";

    public static nint Resolve(string libraryName, Assembly assembly, DllImportSearchPath? searchPath)
    {
        if (!string.Equals(libraryName, Name, StringComparison.Ordinal))
        {
            return 0;
        }

        var beside = Path.Combine(AppContext.BaseDirectory, FileName);
        if (NativeLibrary.TryLoad(beside, out var library)
            || NativeLibrary.TryLoad(FileName, assembly, searchPath, out library))
        {
            return library;
        }

        throw new DllNotFoundException(
            $"libduckdb cannot be loaded: '{beside}' {(File.Exists(beside) ? "is there but is not a library for this machine" : "does not exist")}"
            + $" ({RuntimeInformation.RuntimeIdentifier}). The build fetches it with npm: install Node.js 20 or later, "
            + "delete 'src/Warehouse.DuckDb/node_modules' and build again; a deployed program needs the file beside its assemblies.");
    }
}
