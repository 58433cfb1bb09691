using Warehouse.Cubes.Expressions;

namespace Warehouse.Cubes.Planning;

/// <summary>Takes conditions apart.</summary>
internal static class Conditions
{
    /// <summary>The conditions that all have to hold.</summary>
    public static IEnumerable<Expression> Of(Expression? condition) => condition switch
    {
        null => [],
        Binary { Operator: BinaryOperator.And } and => Of(and.Left).Concat(Of(and.Right)),
        _ => [condition],
    };
}
