using System.Globalization;
using Warehouse.Cubes.Expressions;
using Warehouse.Cubes.Model;

namespace Warehouse.Cubes.Results;

/// <summary>A column of an answer.</summary>
/// <param name="Name">As the query has it.</param>
/// <param name="Caption">What people call it.</param>
/// <param name="Type">The CLR type of its values; any may be null.</param>
public sealed record CubeColumn(string Name, Caption Caption, Type Type)
{
    /// <summary>The format of values that are parts of one.</summary>
    public const string Percent = "percent";

    /// <summary>Whether rows are by it. Otherwise it is a measure.</summary>
    public bool IsMember { get; init; }

    /// <summary>The unit of time whose first day the values are (years and fiscal years are numbers).</summary>
    public TimeUnit? Unit { get; init; }

    /// <summary>A .NET format string, or <see cref="Percent"/>; null for the type's own.</summary>
    public string? Format { get; init; }

    /// <summary>What the measure counts: EUR, days, customers.</summary>
    public string? MeasureUnit { get; init; }

    /// <summary>A value as people read it; an empty text where there is none.</summary>
    public string Text(object? value, CultureInfo culture) => value switch
    {
        null => "",
        DateOnly day when Unit is { } unit => new Period(unit is TimeUnit.FiscalQuarter ? TimeUnit.Day : unit, day, day).ToString(),
        DateOnly day => day.ToString(Format ?? "yyyy-MM-dd", culture),
        IFormattable number when string.Equals(Format, Percent, StringComparison.Ordinal) => number.ToString("P1", culture),
        IFormattable number => number.ToString(Format, culture),
        _ => value.ToString() ?? "",
    };
}
