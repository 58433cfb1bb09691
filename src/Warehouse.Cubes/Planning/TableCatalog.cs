using System.Collections.Concurrent;
using System.Data.Common;
using Warehouse.Cubes.Model;
using Warehouse.Cubes.Sql;
using Warehouse.Definitions;

namespace Warehouse.Cubes.Planning;

/// <summary>The columns of the tables that cubes name, read from the database once.</summary>
internal sealed class TableCatalog
{
    private readonly ConcurrentDictionary<string, TableColumns> _tables = new(StringComparer.Ordinal);

    /// <summary>The columns of a table that was read.</summary>
    public TableColumns this[TableName table] => _tables[table.Path];

    /// <summary>Reads those tables of a cube that were not read before.</summary>
    /// <exception cref="UserFaultException">A table is not there.</exception>
    public async Task ReadAsync(Cube cube, DbConnection connection, Func<string, string> quote, CancellationToken cancellation)
    {
        await ReadAsync(cube.Table, $"cube \"{cube.Name}\"", connection, quote, cancellation);
        await ReadAsync(cube.History?.Table ?? cube.Table, $"cube \"{cube.Name}\"", connection, quote, cancellation);
        foreach (var role in cube.Roles.Values)
        {
            if (role.Dimension.Table is { } table)
            {
                await ReadAsync(table, $"dimension \"{role.Dimension.Name}\"", connection, quote, cancellation);
                await ReadAsync(role.Dimension.Snapshots?.List ?? table, $"dimension \"{role.Dimension.Name}\"", connection, quote, cancellation);
            }

            if (role.Bridge is { } bridge)
            {
                await ReadAsync(bridge.Table, $"bridge of \"{role.Name}\"", connection, quote, cancellation);
            }
        }
    }

    private async Task ReadAsync(TableName table, string user, DbConnection connection, Func<string, string> quote, CancellationToken cancellation)
    {
        if (_tables.ContainsKey(table.Path))
        {
            return;
        }

        var nothing = new SqlSelect { Items = [(SqlKeyword.Star, null)], From = new SqlTable(table), Where = [SqlKeyword.False] };
        await using var command = connection.CreateCommand();
        command.CommandText = SqlWriter.Statement(nothing, quote).Text;
        try
        {
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            _tables[table.Path] = TableColumns.Of(table, reader);
        }
        catch (DbException fault)
        {
            throw new UserFaultException($"The table {table} of the {user} cannot be read: {fault.Message}", fault);
        }
    }
}

/// <summary>The columns of one table.</summary>
internal sealed class TableColumns
{
    private readonly Dictionary<string, Type> _types = new(StringComparer.OrdinalIgnoreCase);

    private TableColumns(TableName table) => Table = table;

    public TableName Table { get; }

    public IEnumerable<string> Names => _types.Keys;

    public static TableColumns Of(TableName table, DbDataReader reader)
    {
        var columns = new TableColumns(table);
        for (var index = 0; index < reader.FieldCount; index++)
        {
            columns._types[reader.GetName(index)] = reader.GetFieldType(index);
        }

        return columns;
    }

    /// <summary>How the provider reads a column; null where there is no such column.</summary>
    public Type? Find(string column) => _types.GetValueOrDefault(column);

    /// <summary>What an error says of a column that is not there.</summary>
    public string Missing(string column) =>
        $"There is no column \"{column}\" in {Table}. {NearNames.Hint(column, _types.Keys, "columns")}";
}
