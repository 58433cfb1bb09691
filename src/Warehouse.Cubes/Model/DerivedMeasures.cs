using Warehouse.Cubes.Expressions;

namespace Warehouse.Cubes.Model;

/// <summary>Checks that no derived measure is computed, over others, from itself.</summary>
internal static class DerivedMeasures
{
    public static void Check(Dictionary<string, Measure> measures)
    {
        foreach (var measure in measures.Values)
        {
            if (Of(measure) is { } value && Reaches(measure.Name, value.Expression, measures))
            {
                ((DefinitionSource)value.Source).Record($"\"{measure.Name}\" is computed from itself.");
            }
        }
    }

    private static bool Reaches(string sought, Expression from, Dictionary<string, Measure> measures)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<Expression>([from]);
        while (open.TryPop(out var expression))
        {
            foreach (var name in ExpressionNames.Of(expression).Where(name => name.Second is null && seen.Add(name.First)))
            {
                if (string.Equals(name.First, sought, StringComparison.Ordinal))
                {
                    return true;
                }

                if (measures.TryGetValue(name.First, out var measure) && Of(measure) is { } value)
                {
                    open.Push(value.Expression);
                }
            }
        }

        return false;
    }

    /// <summary>The expression over measures that a measure is computed of; null where it is of facts.</summary>
    public static SourcedExpression? Of(Measure measure) => measure.Definition switch
    {
        DerivedDefinition derived => derived.Value,
        NestedDefinition nested => nested.Value,
        _ => null,
    };
}
