using Warehouse.Cubes.Results;

namespace Warehouse.Cubes.Query;

/// <summary>The facts behind an answer, or behind one of its cells.</summary>
/// <param name="Query">What was asked.</param>
/// <param name="Row">The row of the answer; null for all facts that the query counts.</param>
/// <param name="Measure">
/// A measure of the model by its name, or <c>cube.measure</c>: its own cube's facts and its own conditions; null for the facts of the
/// query's cube.
/// </param>
/// <param name="Limit">At most so many facts; null for all.</param>
public sealed record DetailQuery(CubeQuery Query, CubeRow? Row = null, string? Measure = null, long? Limit = null);
