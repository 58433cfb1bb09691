using Warehouse.Cubes.Expressions;
using Warehouse.Cubes.Model;

namespace Warehouse.Cubes.Planning;

/// <summary>Finds the cubes whose facts a query may need.</summary>
internal static class CubeReferences
{
    public static IEnumerable<Cube> Of(CubeModel model, CubeQuery query)
    {
        if (!model.Cubes.TryGetValue(query.Cube, out var home))
        {
            return [];
        }

        var found = new HashSet<Cube>(ReferenceEqualityComparer.Instance) { home };
        var open = new Queue<Expression>(query.Measures.Select(measure => measure.Value.Expression)
            .Concat(query.Order.Select(order => order.Value.Expression)));
        if (query.Having is { } having)
        {
            open.Enqueue(having.Expression);
        }

        foreach (var expression in home.Measures.Values.Select(DerivedMeasures.Of).OfType<SourcedExpression>())
        {
            open.Enqueue(expression.Expression);
        }

        while (open.TryDequeue(out var expression))
        {
            foreach (var name in ExpressionNames.Of(expression))
            {
                if (name.Second is not null && model.Cubes.TryGetValue(name.First, out var cube) && found.Add(cube))
                {
                    foreach (var derived in cube.Measures.Values.Select(DerivedMeasures.Of).OfType<SourcedExpression>())
                    {
                        open.Enqueue(derived.Expression);
                    }
                }
            }
        }

        return found;
    }
}
