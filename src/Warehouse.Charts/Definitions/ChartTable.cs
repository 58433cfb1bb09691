using System.Globalization;

namespace Warehouse.Charts;

/// <summary>The numbers of a chart, or numbers without one.</summary>
/// <param name="Columns">The columns.</param>
/// <param name="Rows">The rows; a value is a text, a number, or null where there is none.</param>
public sealed record ChartTable(IReadOnlyList<ChartColumn> Columns, IReadOnlyList<IReadOnlyList<object?>> Rows)
{
    /// <summary>A value as people see it.</summary>
    internal static string Text(object? value, ValueFormat? format) => (value, format) switch
    {
        (null, _) => "",
        (double number, _) when !double.IsFinite(number) => "",
        (IFormattable number, ValueFormat.Count) => number.ToString("#,##0", CultureInfo.InvariantCulture),
        (IFormattable number, ValueFormat.Money) => number.ToString("#,##0.00", CultureInfo.InvariantCulture),
        (IFormattable number, ValueFormat.Share) => number.ToString("0.0 %", CultureInfo.InvariantCulture),
        (IFormattable number, ValueFormat.Number) => number.ToString("#,##0.###", CultureInfo.InvariantCulture),
        (DateOnly date, _) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        (IFormattable other, _) => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}

/// <summary>A column of a table.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Format">How its numbers are shown; null where it holds texts.</param>
public sealed record ChartColumn(string Name, ValueFormat? Format = null);
