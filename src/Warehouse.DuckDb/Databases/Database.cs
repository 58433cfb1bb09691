using System.Collections.Immutable;
using Warehouse.DuckDb.Native;

namespace Warehouse.DuckDb.Databases;

/// <summary>
/// A share in a running database. All shares of one file, or of one name in memory, within this process are shares in
/// one instance; it closes with the last share and the last connection, which holds a share of its own.
/// </summary>
internal sealed unsafe class Database : IDisposable
{
    /// <summary>One for the process, as long as it runs: what tells that a file is open already.</summary>
    private static readonly Lazy<nint> Instances = new(NativeMethods.duckdb_create_instance_cache);

    private readonly DatabaseHandle _handle;

    private Database(DatabaseHandle handle) => _handle = handle;

    /// <exception cref="DuckDBException">
    /// The file cannot be opened, is held by another process, or is open in this one with other options.
    /// </exception>
    public static Database Open(DatabaseOptions options)
    {
        using var config = Configure(options.Settings);
        var path = NativeText.ZeroTerminated(options.Location.Path, "The path of the database");
        fixed (byte* pathStart = path)
        {
            var state = options.Location.Kind == DatabaseLocationKind.PrivateMemory
                ? NativeMethods.duckdb_open_ext(pathStart, out var database, config, out var error)
                : NativeMethods.duckdb_get_or_create_from_cache(Instances.Value, pathStart, out database, config, out error);
            return state == NativeState.Success
                ? new Database(new DatabaseHandle(database))
                : throw Refused(options, NativeText.Take(error));
        }
    }

    public ConnectionHandle Connect()
    {
        if (NativeMethods.duckdb_connect(_handle, out var connection) != NativeState.Success)
        {
            throw new DuckDBException(DuckDBErrorKind.Connection, "libduckdb could not make another connection to the database.");
        }

        return new ConnectionHandle(connection, _handle);
    }

    public void Dispose() => _handle.Dispose();

    private static DuckDBException Refused(DatabaseOptions options, string message)
    {
        var cause = DuckDBException.FromMessage(message);
        if (cause.ErrorKind != DuckDBErrorKind.Connection)
        {
            return cause;
        }

        var asked = string.Join(", ", options.Settings.Select(setting => $"{setting.Key}={setting.Value}"));
        return new DuckDBException(
            DuckDBErrorKind.Connection,
            $"'{options.Location.Path}' is open in this process already, with other options; one database has one instance and one set of options. "
            + $"Asked for: {asked}. Use the data source that has it open, or the same options. ({message})",
            cause);
    }

    private static ConfigHandle Configure(ImmutableSortedDictionary<string, string> settings)
    {
        _ = NativeMethods.duckdb_create_config(out var pointer);
        var config = new ConfigHandle(pointer);
        foreach (var (name, value) in settings)
        {
            fixed (byte* nameStart = NativeText.ZeroTerminated(name, "A setting's name"))
            {
                fixed (byte* valueStart = NativeText.ZeroTerminated(value, $"The value of '{name}'"))
                {
                    if (NativeMethods.duckdb_set_config(config, nameStart, valueStart) != NativeState.Success)
                    {
                        config.Dispose();
                        throw new ArgumentException($"DuckDB does not take '{value}' for its setting '{name}'.");
                    }
                }
            }
        }

        return config;
    }
}
