using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Warehouse.DuckDb.Databases;

namespace Warehouse.DuckDb;

/// <summary>
/// The parts of a connection string: <c>Data Source</c> (a file's path, <c>:memory:</c> for a database of the
/// connection's own, <c>:memory:NAME</c> for one that is shared by name within the process), <c>Access Mode</c>
/// (<c>read_write</c>, the default, or <c>read_only</c>), and any of DuckDB's settings under its own name,
/// such as <c>memory_limit</c> or <c>threads</c>.
/// </summary>
/// <remarks>Keys are checked when a connection or data source is opened: an unknown one is refused.</remarks>
public sealed class DuckDBConnectionStringBuilder : DbConnectionStringBuilder
{
    internal const string DataSourceKey = "Data Source";
    internal const string AccessModeKey = "Access Mode";

    /// <summary>A database in memory: of the connection's (or the data source's) own.</summary>
    public const string InMemory = ":memory:";

    public DuckDBConnectionStringBuilder()
    {
    }

    /// <exception cref="ArgumentException">The text is not a connection string.</exception>
    public DuckDBConnectionStringBuilder(string connectionString) => ConnectionString = connectionString;

    /// <summary>A file's path, <c>:memory:</c> or <c>:memory:NAME</c>; empty when not given.</summary>
    [AllowNull]
    public string DataSource
    {
        get => Text(DataSourceKey);
        set => base[DataSourceKey] = value;
    }

    /// <summary><c>read_write</c> or <c>read_only</c>; empty when not given.</summary>
    [AllowNull]
    public string AccessMode
    {
        get => Text(AccessModeKey);
        set => base[AccessModeKey] = value;
    }

    /// <inheritdoc/>
    [AllowNull]
    public override object this[string keyword]
    {
        get => base[Canonical(keyword)];
        set => base[Canonical(keyword)] = value;
    }

    /// <inheritdoc/>
    public override bool ContainsKey(string keyword) => base.ContainsKey(Canonical(keyword));

    /// <inheritdoc/>
    public override bool Remove(string keyword) => base.Remove(Canonical(keyword));

    /// <inheritdoc/>
    public override bool TryGetValue(string keyword, [NotNullWhen(true)] out object? value) =>
        base.TryGetValue(Canonical(keyword), out value);

    internal DatabaseOptions ToOptions() => DatabaseOptions.From(this);

    private static string Canonical(string keyword) => keyword.ToUpperInvariant() switch
    {
        "DATASOURCE" or "DATA_SOURCE" => DataSourceKey,
        "ACCESSMODE" or "ACCESS_MODE" => AccessModeKey,
        _ => keyword,
    };

    private string Text(string key) => base.TryGetValue(key, out var value) ? (string)value : "";
}
