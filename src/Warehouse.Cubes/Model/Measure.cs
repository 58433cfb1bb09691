using Warehouse.Cubes.Expressions;

namespace Warehouse.Cubes.Model;

/// <summary>A number that a cube gives for any set of its rows.</summary>
public sealed record Measure
{
    public required string Name { get; init; }

    public required Caption Caption { get; init; }

    public required MeasureDefinition Definition { get; init; }

    /// <summary>A .NET format string, or <c>percent</c>; null for the type's own.</summary>
    public string? Format { get; init; }

    /// <summary>What it counts: EUR, days, customers.</summary>
    public string? Unit { get; init; }

    public string? Description { get; init; }

    public string? Owner { get; init; }
}

/// <summary>How a measure is computed.</summary>
public abstract record MeasureDefinition;

/// <summary>An aggregate of the fact's rows.</summary>
/// <param name="Kind">Which one.</param>
/// <param name="Value">What is aggregated, per row; null for counting rows.</param>
/// <param name="Where">Which rows; null for all.</param>
public sealed record AggregateDefinition(AggregateKind Kind, SourcedExpression? Value, SourcedExpression? Where) : MeasureDefinition
{
    /// <summary>The role whose known members are counted, for <see cref="AggregateKind.CountDistinct"/> over a dimension.</summary>
    public string? Role { get; init; }

    /// <summary>Which quantile, from 0 to 1.</summary>
    public decimal? At { get; init; }
}

/// <summary>A stock or balance: it adds up over every dimension but one, along which one of its values is taken.</summary>
/// <param name="Take">Which.</param>
/// <param name="Value">The balance, per row.</param>
/// <param name="Over">The time role along which it does not add up.</param>
/// <param name="Per">Members whose own last (first) value counts; null where one date holds for all.</param>
/// <param name="Where">Which rows; null for all.</param>
public sealed record SemiAdditiveDefinition(
    SemiAdditiveKind Take, SourcedExpression Value, string Over, SourcedExpression? Per, SourcedExpression? Where) : MeasureDefinition;

/// <summary>An aggregate of what measures are at a finer grain: the average of the customers' totals.</summary>
/// <param name="Kind">Which one.</param>
/// <param name="Value">An expression over measures, computed for each combination of the row's members and the included ones.</param>
/// <param name="Include">Members (<c>date.month</c>), or dimensions for their known members (<c>customer</c>).</param>
public sealed record NestedDefinition(AggregateKind Kind, SourcedExpression Value, IReadOnlyList<Name> Include) : MeasureDefinition
{
    /// <summary>Which quantile, from 0 to 1.</summary>
    public decimal? At { get; init; }
}

/// <summary>An expression over other measures, computed after they are aggregated: never summed itself.</summary>
public sealed record DerivedDefinition(SourcedExpression Value) : MeasureDefinition;

/// <summary>The aggregates of rows.</summary>
public enum AggregateKind
{
    Sum,
    Count,
    Min,
    Max,
    Avg,
    CountDistinct,
    ApproxCountDistinct,
    Median,
    Percentile,
    Variance,
    StandardDeviation,
}

/// <summary>Which value along time a semi-additive measure takes.</summary>
public enum SemiAdditiveKind
{
    Last,
    First,
    Average,
}
