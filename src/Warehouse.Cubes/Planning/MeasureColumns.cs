using Warehouse.Cubes.Expressions;
using Warehouse.Cubes.Model;
using Warehouse.Cubes.Results;

namespace Warehouse.Cubes.Planning;

/// <summary>What is known of a column before it is computed: a measure's own caption, format and unit.</summary>
internal static class MeasureColumns
{
    public static CubeColumn Of(QueryMeasure column, Cube home)
    {
        var measure = column.Value.Expression is Name { Second: null } name ? home.Measures.GetValueOrDefault(name.First) : null;
        return new CubeColumn(column.Name, CaptionOf(column, measure), typeof(object))
        {
            Format = measure?.Format ?? (column.Value.Expression is Call { Function: "share" or "change_percent" or "growth_since" } ? CubeColumn.Percent : null),
            MeasureUnit = measure?.Unit,
        };
    }

    private static Caption CaptionOf(QueryMeasure column, Measure? measure) =>
        measure is not null && string.Equals(measure.Name, column.Name, StringComparison.Ordinal) ? measure.Caption : Caption.OfName(column.Name);
}
