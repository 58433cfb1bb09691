using System.Collections.ObjectModel;
using System.Data;
using System.Data.Common;
using Warehouse.DuckDb.Types;

namespace Warehouse.DuckDb;

/// <content>The columns.</content>
public sealed partial class DuckDBDataReader : IDbColumnSchemaGenerator
{
    /// <inheritdoc/>
    public override int FieldCount => _columns.Length;

    /// <inheritdoc/>
    public override string GetName(int ordinal) => ColumnAt(ordinal).Name;

    /// <summary>The index of a column by its name: letter for letter if one matches so, else letter case aside.</summary>
    /// <exception cref="IndexOutOfRangeException">There is none.</exception>
    public override int GetOrdinal(string name)
    {
        var exact = Array.FindIndex(_columns, column => string.Equals(column.Name, name, StringComparison.Ordinal));
        var ordinal = exact >= 0 ? exact : Array.FindIndex(_columns, column => string.Equals(column.Name, name, StringComparison.OrdinalIgnoreCase));
        return ordinal >= 0
            ? ordinal
            : throw new IndexOutOfRangeException($"There is no column '{name}'.{NearNames.Hint(name, _columns.Select(column => column.Name))}");
    }

    /// <summary>The type's name in SQL, such as <c>DECIMAL(18,4)</c>.</summary>
    public override string GetDataTypeName(int ordinal) => ColumnAt(ordinal).Type.ToString();

    /// <summary>The type in DuckDB's own terms.</summary>
    public DuckDBLogicalType GetLogicalType(int ordinal) => ColumnAt(ordinal).Type;

    /// <inheritdoc/>
    public override Type GetFieldType(int ordinal) => ClrTypes.Of(ColumnAt(ordinal).Type);

    /// <inheritdoc/>
    public ReadOnlyCollection<DbColumn> GetColumnSchema() =>
        Array.AsReadOnly<DbColumn>(DuckDBColumn.Of(_columns));

    /// <inheritdoc/>
    public override DataTable? GetSchemaTable()
    {
        if (FieldCount == 0)
        {
            return null;
        }

        var table = new DataTable("SchemaTable") { Locale = System.Globalization.CultureInfo.InvariantCulture };
        table.Columns.Add(SchemaTableColumn.ColumnName, typeof(string));
        table.Columns.Add(SchemaTableColumn.ColumnOrdinal, typeof(int));
        table.Columns.Add(SchemaTableColumn.ColumnSize, typeof(int));
        table.Columns.Add(SchemaTableColumn.NumericPrecision, typeof(short));
        table.Columns.Add(SchemaTableColumn.NumericScale, typeof(short));
        table.Columns.Add(SchemaTableColumn.DataType, typeof(Type));
        table.Columns.Add(SchemaTableColumn.ProviderType, typeof(int));
        table.Columns.Add(SchemaTableColumn.AllowDBNull, typeof(bool));
        table.Columns.Add(SchemaTableColumn.IsUnique, typeof(bool));
        table.Columns.Add(SchemaTableColumn.IsKey, typeof(bool));
        table.Columns.Add(SchemaTableColumn.IsLong, typeof(bool));
        table.Columns.Add("DataTypeName", typeof(string));
        foreach (var column in GetColumnSchema().Cast<DuckDBColumn>())
        {
            table.Rows.Add(
                column.ColumnName, column.ColumnOrdinal, column.ColumnSize, column.NumericPrecision ?? (object)DBNull.Value,
                column.NumericScale ?? (object)DBNull.Value, column.DataType, (int)column.LogicalType.Id, column.AllowDBNull,
                column.IsUnique, column.IsKey, column.IsLong, column.DataTypeName);
        }

        return table;
    }

    private Execution.ResultColumn ColumnAt(int ordinal)
    {
        RequireOpen();
        return (uint)ordinal < (uint)_columns.Length
            ? _columns[ordinal]
            : throw new IndexOutOfRangeException($"There is no column {ordinal}: the result has {_columns.Length}.");
    }
}
