using System.Collections.Frozen;
using Warehouse.DuckDb.Native;

namespace Warehouse.DuckDb.Databases;

/// <summary>The settings that this libduckdb knows.</summary>
internal static class EngineSettings
{
    private static readonly Lazy<FrozenSet<string>> Names = new(ReadNames);

    /// <summary>The engine's spelling of a setting.</summary>
    /// <exception cref="ArgumentException">There is no such setting.</exception>
    public static string NameOf(string key)
    {
        if (Names.Value.TryGetValue(key, out var name))
        {
            return name;
        }

        var known = Names.Value.Append("Data Source").Append("Access Mode");
        throw new ArgumentException($"'{key}' is neither a key of the connection string nor a DuckDB setting.{NearNames.Hint(key, known)}");
    }

    private static unsafe FrozenSet<string> ReadNames()
    {
        var names = new List<string>();
        var count = NativeMethods.duckdb_config_count();
        for (nuint index = 0; index < count; index++)
        {
            if (NativeMethods.duckdb_get_config_flag(index, out var name, out _) == NativeState.Success)
            {
                names.Add(NativeText.Read(name));
            }
        }

        return names.ToFrozenSet(StringComparer.OrdinalIgnoreCase);
    }
}
