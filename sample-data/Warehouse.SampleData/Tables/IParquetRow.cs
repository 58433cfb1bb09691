using Warehouse.DuckDb;

namespace Warehouse.SampleData.Tables;

/// <summary>A row on its way to a Parquet file.</summary>
internal interface IParquetRow
{
    /// <summary>Appends a value for each column of the row's table.</summary>
    void AppendTo(DuckDBAppenderRow row);
}
