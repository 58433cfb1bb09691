namespace Warehouse.DuckDb.Execution;

internal sealed record ResultColumn(string Name, DuckDBLogicalType Type);
