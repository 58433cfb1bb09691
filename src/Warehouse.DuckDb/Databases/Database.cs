using Warehouse.DuckDb.Execution;
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
    private readonly DatabaseOptions _options;

    private Database(DatabaseHandle handle, DatabaseOptions options)
    {
        _handle = handle;
        _options = options;
    }

    /// <exception cref="DuckDBException">
    /// The file cannot be opened, is held by another process, or is open in this one with other options.
    /// </exception>
    public static Database Open(DatabaseOptions options)
    {
        using var config = EngineSettings.Configure(options.Settings);
        var path = NativeText.ZeroTerminated(options.Location.Path, "The path of the database");
        using var turn = DatabaseHandle.Turn.EnterScope();
        fixed (byte* pathStart = path)
        {
            var state = options.Location.Kind == DatabaseLocationKind.PrivateMemory
                ? NativeMethods.duckdb_open_ext(pathStart, out var database, config, out var error)
                : NativeMethods.duckdb_get_or_create_from_cache(Instances.Value, pathStart, out database, config, out error);
            return state == NativeState.Success
                ? new Database(new DatabaseHandle(database), options)
                : throw Refused(options, NativeText.Take(error));
        }
    }

    /// <exception cref="ArgumentException">A setting that each connection makes for itself does not take its value.</exception>
    public ConnectionHandle Connect()
    {
        if (NativeMethods.duckdb_connect(_handle, out var pointer) != NativeState.Success)
        {
            throw new DuckDBException(DuckDBErrorKind.Connection, "libduckdb could not make another connection to the database.");
        }

        var connection = new ConnectionHandle(pointer, _handle);
        try
        {
            foreach (var (name, value) in _options.SessionSettings)
            {
                Set(connection, name, value);
            }

            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public void Dispose() => _handle.Dispose();

    private static void Set(ConnectionHandle connection, string name, string value)
    {
        var literal = $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";
        try
        {
            using var statement = StatementBatch.Parse(connection, $"SET {DuckDBCommandBuilder.Quote(name)} = {literal}");
            statement.Prepared(0).Execute().Dispose();
        }
        catch (DuckDBException fault)
        {
            throw new ArgumentException($"DuckDB does not take '{value}' for its setting '{name}'. {fault.Message}", fault);
        }
    }

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
}
