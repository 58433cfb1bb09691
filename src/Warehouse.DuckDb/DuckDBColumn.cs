using System.Data.Common;
using Warehouse.DuckDb.Execution;
using Warehouse.DuckDb.Types;

namespace Warehouse.DuckDb;

/// <summary>A column of a result, as tools that know ADO.NET alone ask for it.</summary>
public sealed class DuckDBColumn : DbColumn
{
    internal DuckDBColumn(int ordinal, ResultColumn column)
    {
        LogicalType = column.Type;
        ColumnName = column.Name;
        ColumnOrdinal = ordinal;
        ColumnSize = -1;
        DataType = ClrTypes.Of(column.Type);
        DataTypeName = column.Type.ToString();
        AllowDBNull = true;
        IsUnique = false;
        IsKey = false;
        IsLong = false;
        if (column.Type.Id == DuckDBType.Decimal)
        {
            NumericPrecision = column.Type.Width;
            NumericScale = column.Type.Scale;
        }
    }

    internal static DuckDBColumn[] Of(ResultColumn[] columns) =>
        [.. columns.Select((column, ordinal) => new DuckDBColumn(ordinal, column))];

    /// <summary>The type in DuckDB's own terms.</summary>
    public DuckDBLogicalType LogicalType { get; }
}
