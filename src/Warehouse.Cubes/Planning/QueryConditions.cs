using Warehouse.Cubes.Expressions;
using Warehouse.Cubes.Model;

namespace Warehouse.Cubes.Planning;

/// <summary>The conditions of a query that all have to hold, each with where it was written. Named filters are replaced by what they say.</summary>
internal static class QueryConditions
{
    private const int MostParts = 1_000;

    public static IReadOnlyList<SourcedExpression> Of(CubeQuery query, Cube home, PlanningContext context) => query.Where is { } where
        ? [.. Parts(where.Expression, where.Source, home, 0).Select((part, place) => place < MostParts
            ? new SourcedExpression(context.Parameters.In(part.Expression, part.Source), part.Source)
            : throw where.Source.Fault(where.Expression, FormattableString.Invariant($"More than {MostParts} conditions, with what filters say in their place.")))]
        : [];

    /// <summary>Whether a condition depends on a ranking of members.</summary>
    public static bool Ranks(Expression condition) => condition is TopMembers || ExpressionNames.Parts(condition).Any(Ranks);

    private static IEnumerable<SourcedExpression> Parts(Expression condition, ExpressionSource source, Cube home, int depth)
    {
        const int mostNested = 20;
        return condition switch
        {
            Binary { Operator: BinaryOperator.And } and => Parts(and.Left, source, home, depth).Concat(Parts(and.Right, source, home, depth)),
            Name { Second: null } name when home.Filters.TryGetValue(name.First, out var filter) => depth < mostNested
                ? Parts(filter.Expression, filter.Source, home, depth + 1)
                : throw source.Fault(name, $"The filter \"{name.First}\" is defined by itself."),
            _ => [new SourcedExpression(condition, source)],
        };
    }
}
