using System.Globalization;

namespace Warehouse.Client;

/// <summary>A question to a cube.</summary>
/// <param name="Cube">The cube.</param>
/// <param name="Measures">Measures, or expressions over them.</param>
public sealed record Question(string Cube, params IReadOnlyList<string> Measures)
{
    /// <summary>Members that the rows are grouped by, such as <c>date.month</c>.</summary>
    public IReadOnlyList<string> By { get; init; } = [];

    /// <summary>Which facts count; null for all.</summary>
    public string? Where { get; init; }

    /// <summary>Which rows are shown, by their measures; null for all.</summary>
    public string? Having { get; init; }

    /// <summary>The order of the rows, such as <c>net_sales desc</c>; null for that of the members.</summary>
    public string? Order { get; init; }

    /// <summary>At most so many rows; null for all.</summary>
    public long? Limit { get; init; }

    /// <summary>So many rows are left out first.</summary>
    public long? Offset { get; init; }

    /// <summary>Only the first members have rows, all others are one, such as <c>top 5 product.name by net_sales</c>.</summary>
    public string? Top { get; init; }

    /// <summary>Totals: <c>rollup</c>, <c>grand</c>, <c>cube</c>, or sets; null for none.</summary>
    public string? Totals { get; init; }

    /// <summary>The member whose values are columns; null for none.</summary>
    public string? Pivot { get; init; }

    /// <summary>Each measure beside a filter or a period; null for none.</summary>
    public string? Compare { get; init; }

    /// <summary>The date that the answer holds for; null for the latest.</summary>
    public DateOnly? AsOf { get; init; }

    internal IEnumerable<(string Name, string? Value)> Parameters() =>
    [
        ("cube", Cube),
        ("measures", string.Join(", ", Measures)),
        ("by", By.Count == 0 ? null : string.Join(", ", By)),
        ("where", Where),
        ("having", Having),
        ("order", Order),
        ("limit", Limit?.ToString(CultureInfo.InvariantCulture)),
        ("offset", Offset?.ToString(CultureInfo.InvariantCulture)),
        ("top", Top),
        ("totals", Totals),
        ("pivot", Pivot),
        ("compare", Compare),
        ("as-of", Call.Text(AsOf)),
    ];
}
