using Warehouse.Cubes.Expressions;

namespace Warehouse.Cubes.Model;

/// <summary>Something by which facts are grouped and filtered.</summary>
public sealed record DimensionField
{
    /// <summary>Its name within the dimension.</summary>
    public required string Name { get; init; }

    public required Caption Caption { get; init; }

    /// <summary>An expression over the columns of the dimension's table (of the fact's, for a dimension without a table).</summary>
    public required SourcedExpression Value { get; init; }

    /// <summary>The stretch of the calendar whose first day is the value, for the units of a time dimension.</summary>
    public TimeUnit? Unit { get; init; }

    /// <summary>What a path says that leads down to a member: the level's or the path's own name; null for an attribute of the table.</summary>
    public string? TreeColumn { get; init; }

    /// <summary>How values are written: a .NET format string; null for the type's own.</summary>
    public string? Format { get; init; }

    public string? Description { get; init; }

    /// <summary>The members that are computed of the values; null for an attribute whose values are those of facts.</summary>
    public CalculatedMembers? Calculated { get; init; }
}
