namespace Warehouse.Etl.Staging;

/// <summary>Up to where a load read a database.</summary>
/// <param name="Mark">The highest mark.</param>
/// <param name="Content">What the rows with that mark said then; null where nobody wrote it down.</param>
internal sealed record Watermark(string Mark, string? Content);
