using Warehouse.Cubes.Expressions;
using Warehouse.Cubes.Model;

namespace Warehouse.Cubes.Planning.Many;

/// <summary>
/// Conditions on members of which a fact may have several. A condition without « not » that speaks of one such dimension alone is asked
/// of one member: it holds for a fact where it holds for any of its members. « not » speaks of the fact again: it holds for none of them;
/// and so does any(…), whose condition is asked by itself.
/// </summary>
internal static class PairConditions
{
    /// <summary>The role whose members a condition is asked of, one by one; null where it is asked of the fact.</summary>
    public static DimensionRole? RoleOf(Expression condition, RowNames names)
    {
        if (Negates(condition))
        {
            return null;
        }

        DimensionRole? found = null;
        foreach (var name in ExpressionNames.Of(condition))
        {
            if (name.Second is null || names.Role(name) is not { IsMany: true } role || (found is not null && found.Name != role.Name))
            {
                return null;
            }

            found = role;
        }

        return found;
    }

    /// <summary>The conditions that « and » joins: those asked of one role's members together, for it is one member that has to meet them.</summary>
    public static IEnumerable<Expression> Together(Expression condition, RowNames names) =>
        Parts(condition)
            .Select((part, place) => (Part: part, Role: RoleOf(part, names)?.Name, place))
            .GroupBy(part => (part.Role, Own: part.Role is null ? part.place : -1))
            .Select(parts => parts.Select(part => part.Part).Aggregate((left, right) => new Binary(BinaryOperator.And, left, right) { Position = left.Position }));

    private static IEnumerable<Expression> Parts(Expression condition) =>
        condition is Binary { Operator: BinaryOperator.And } and ? Parts(and.Left).Concat(Parts(and.Right)) : [condition];

    /// <summary>Whether a condition holds for what has no member at all: of it everything is missing.</summary>
    public static bool? OfNone(Expression condition) => condition switch
    {
        Binary { Operator: BinaryOperator.And } and => OfNone(and.Left) & OfNone(and.Right),
        Binary { Operator: BinaryOperator.Or } or => OfNone(or.Left) | OfNone(or.Right),
        IsNull => true,
        Literal { Value: bool flag } => flag,
        _ => null,
    };

    /// <summary>What any(…) is asked of; null where an expression is none.</summary>
    public static Expression? Any(Expression condition) => condition is Call { Function: "any", Arguments: [var asked] } ? asked : null;

    private static bool Negates(Expression condition) =>
        condition is Not || Any(condition) is not null || ExpressionNames.Parts(condition).Any(Negates);
}
