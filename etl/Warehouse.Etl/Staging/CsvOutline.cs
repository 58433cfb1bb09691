namespace Warehouse.Etl.Staging;

/// <summary>What one reading of a delimited file tells about it.</summary>
/// <param name="Header">The names in its first record.</param>
/// <param name="Rows">How many records follow; lines without a character are none.</param>
/// <param name="Irregularity">
/// Why the engine's own reader may not read it, or null where every record is one line of valid UTF-8 with as many
/// fields as the header, all lines end alike, and row n of the data is line n + 2 of the file.
/// </param>
internal sealed record CsvOutline(IReadOnlyList<string> Header, long Rows, string? Irregularity);
