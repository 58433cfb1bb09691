namespace Warehouse.Cubes.Results;

/// <summary>Which published state of the data an answer was computed from.</summary>
/// <param name="Number">The generation.</param>
/// <param name="PublishedAt">When it was published.</param>
public sealed record GenerationStamp(long Number, DateTimeOffset PublishedAt);
