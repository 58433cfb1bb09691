using Warehouse.Cubes.Expressions;
using Warehouse.Cubes.Model;
using Warehouse.Cubes.Results;

namespace Warehouse.Cubes.Planning;

/// <summary>What is known of a column before it is computed: a measure's own caption, format and unit.</summary>
internal static class MeasureColumns
{
    public static CubeColumn Of(QueryMeasure column, Cube home)
    {
        var measure = MeasureOf(column.Value.Expression, home);
        return new CubeColumn(column.Name, CaptionOf(column, measure), typeof(object))
        {
            Format = measure?.Format ?? (column.Value.Expression is Call { Function: "share" or "change_percent" or "growth_since" } ? CubeColumn.Percent : null),
            MeasureUnit = measure?.Unit,
        };
    }

    /// <summary>The measure whose kind of number an expression gives: over other facts or time, or its difference; null for any other.</summary>
    private static Measure? MeasureOf(Expression expression, Cube home) => expression switch
    {
        Name { Second: null } name => home.Measures.GetValueOrDefault(name.First),
        Call
        {
            Function: "only" or "except" or "allocated" or "own" or "total" or "without" or "prior" or "change" or "to_date" or "rolling" or "moving_average" or "cumulative" or "in_period",
            Arguments: [var measure, ..],
        } => MeasureOf(measure, home),
        Binary { Operator: BinaryOperator.Add or BinaryOperator.Subtract } sum when MeasureOf(sum.Left, home) is { } left && left == MeasureOf(sum.Right, home) => left,
        _ => null,
    };

    private static Caption CaptionOf(QueryMeasure column, Measure? measure) =>
        measure is not null && string.Equals(measure.Name, column.Name, StringComparison.Ordinal) ? measure.Caption : Caption.OfName(column.Name);
}
