using Warehouse.Cubes.Model;

namespace Warehouse.Cubes.Planning;

/// <summary>A measure that is aggregated from facts, over a stretch of time: what all others are computed of.</summary>
/// <param name="Column">What statements call its value.</param>
/// <param name="Cube">Whose facts.</param>
/// <param name="Measure">Not a derived one.</param>
/// <param name="Steps">How the stretch of time differs from the row's own period.</param>
internal sealed record Leaf(string Column, Cube Cube, Measure Measure, TimeSteps Steps)
{
    /// <summary>Which facts count.</summary>
    public FactChoice Choice { get; init; } = FactChoice.All;

    /// <summary>How it is aggregated at a finer grain first; null where facts are aggregated at once.</summary>
    public NestedCells? Nested { get; init; }

    /// <summary>Whether it, or what it is aggregated of, is over another stretch of time than the row's.</summary>
    public bool HasSteps => !Steps.IsNone || Nested is { HasSteps: true };

    /// <summary>Whether the value is 0, rather than absent, where there are no facts.</summary>
    public bool IsCount => Measure.Definition
        is AggregateDefinition { Kind: AggregateKind.Count or AggregateKind.CountDistinct or AggregateKind.ApproxCountDistinct }
        or NestedDefinition { Kind: AggregateKind.Count or AggregateKind.CountDistinct };
}
