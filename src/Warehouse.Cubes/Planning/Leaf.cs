using Warehouse.Cubes.Model;

namespace Warehouse.Cubes.Planning;

/// <summary>A measure that is aggregated from facts, over a stretch of time: what all others are computed of.</summary>
/// <param name="Column">What statements call its value.</param>
/// <param name="Cube">Whose facts.</param>
/// <param name="Measure">Not a derived one.</param>
/// <param name="Steps">How the stretch of time differs from the row's own period.</param>
internal sealed record Leaf(string Column, Cube Cube, Measure Measure, TimeSteps Steps)
{
    /// <summary>Whether the value is 0, rather than absent, where there are no facts.</summary>
    public bool IsCount => Measure.Definition is AggregateDefinition
    {
        Kind: AggregateKind.Count or AggregateKind.CountDistinct or AggregateKind.ApproxCountDistinct,
    };
}
