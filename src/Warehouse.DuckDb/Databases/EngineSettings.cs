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

    /// <summary>Whether an instance can start with the setting; what it cannot start with, a connection sets for itself.</summary>
    public static bool CanStartWith(string name, string value)
    {
        using var config = NewConfig();
        return TrySet(config, name, value);
    }

    /// <summary>The settings of an instance that is to be started.</summary>
    public static ConfigHandle Configure(IEnumerable<KeyValuePair<string, string>> settings)
    {
        var config = NewConfig();
        foreach (var (name, value) in settings)
        {
            _ = TrySet(config, name, value);
        }

        return config;
    }

    private static ConfigHandle NewConfig()
    {
        _ = NativeMethods.duckdb_create_config(out var pointer);
        return new ConfigHandle(pointer);
    }

    private static unsafe bool TrySet(ConfigHandle config, string name, string value)
    {
        fixed (byte* nameStart = NativeText.ZeroTerminated(name, "A setting's name"), valueStart = NativeText.ZeroTerminated(value, $"The value of '{name}'"))
        {
            return NativeMethods.duckdb_set_config(config, nameStart, valueStart) == NativeState.Success;
        }
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
