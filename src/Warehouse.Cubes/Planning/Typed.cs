using Warehouse.Cubes.Expressions;
using Warehouse.Cubes.Sql;

namespace Warehouse.Cubes.Planning;

/// <summary>A part of a statement whose type is known.</summary>
/// <param name="Sql">The part.</param>
/// <param name="Kind">What can be done with it.</param>
/// <param name="Clr">How the provider reads it, where it is a column's own type: constants compared with it are bound as this.</param>
internal sealed record Typed(SqlExpression Sql, ValueKind Kind, Type? Clr = null)
{
    /// <summary>What it is the period of, for a unit of a time dimension.</summary>
    public TimeMember? Time { get; init; }
}

/// <summary>A unit of a time dimension: conditions on it become ranges of the key itself.</summary>
/// <param name="Day">The key: a DATE.</param>
/// <param name="Unit">The unit.</param>
/// <param name="Calendar">The dimension's.</param>
/// <param name="Unknown">The key of the unknown member, which no period holds.</param>
internal sealed record TimeMember(SqlExpression Day, TimeUnit Unit, Calendar Calendar, DateOnly? Unknown);
