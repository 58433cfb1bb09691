using System.Runtime.InteropServices;

namespace Warehouse.DuckDb;

/// <summary>How far a running statement is.</summary>
/// <param name="Fraction">Of the work that the engine foresees, 0 to 1; null when it does not say.</param>
/// <param name="RowsProcessed">Rows that the statement's sources have given.</param>
/// <param name="TotalRows">Rows that they will give, as the engine estimates.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct DuckDBQueryProgress(double? Fraction, long RowsProcessed, long TotalRows);
