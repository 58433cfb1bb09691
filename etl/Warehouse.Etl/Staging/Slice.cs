namespace Warehouse.Etl.Staging;

/// <summary>Where a text stands among the bytes of its block; a length of 0 is « no text ».</summary>
/// <param name="Start">Its first byte.</param>
/// <param name="Length">How many bytes it has.</param>
internal readonly record struct Slice(int Start, int Length);
