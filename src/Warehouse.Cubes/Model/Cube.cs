using Warehouse.Cubes.Expressions;

namespace Warehouse.Cubes.Model;

/// <summary>One fact table: its dimensions and measures.</summary>
public sealed record Cube
{
    public required string Name { get; init; }

    public required Caption Caption { get; init; }

    public string? Description { get; init; }

    public string? Owner { get; init; }

    public required TableName Table { get; init; }

    /// <summary>The column that is unique in the table; null where none is declared.</summary>
    public string? Key { get; init; }

    /// <summary>The column that says when the company knew of a row; null where rows are known when they happen.</summary>
    public string? KnownAt { get; init; }

    /// <summary>Where rows are kept that the company took for true before it knew better; null where rows are never corrected.</summary>
    public FactHistory? History { get; init; }

    /// <summary>The role of time by which the cube is asked as of a date and by which time calculations go; null for a cube without time.</summary>
    public string? Time { get; init; }

    public required IReadOnlyDictionary<string, DimensionRole> Roles { get; init; }

    public required IReadOnlyDictionary<string, Measure> Measures { get; init; }

    /// <summary>Conditions with names, over members.</summary>
    public required IReadOnlyDictionary<string, SourcedExpression> Filters { get; init; }

    /// <summary>Facts aggregated beforehand, by name, in the order in which they are looked at.</summary>
    public required IReadOnlyDictionary<string, Rollup> Rollups { get; init; }

    /// <summary>The columns of the fact that drilling through to rows shows.</summary>
    public required IReadOnlyList<string> Details { get; init; }
}

/// <summary>Every version of a cube's facts, those of now among them, with the columns of its table.</summary>
/// <param name="Table">A table or view.</param>
/// <param name="Until">When the company knew better: a version was taken for true from <see cref="Cube.KnownAt"/> until then.</param>
public sealed record FactHistory(TableName Table, string Until);
