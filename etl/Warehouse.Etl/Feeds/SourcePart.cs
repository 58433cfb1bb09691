namespace Warehouse.Etl.Feeds;

/// <summary>What of a file is read, where it can hold more than one table.</summary>
/// <param name="Sheet">The sheet of a workbook; null is its first.</param>
/// <param name="HeaderRow">The row of the sheet, or the line of delimited text, that names the columns, from 1; null is the first with a value.</param>
/// <param name="Path">The names, from the outside in and joined by points, under which a JSON document holds the array of rows; null is the document itself.</param>
/// <param name="Table">The table of a database, with its schema where it needs one.</param>
/// <param name="Query">The SELECT that reads a database, instead of a table.</param>
public sealed record SourcePart(string? Sheet, int? HeaderRow, string? Path, string? Table, string? Query);
