using Warehouse.Cubes.Expressions;

namespace Warehouse.Cubes.Model;

/// <summary>Checks that no derived measure is computed, over others, from itself.</summary>
internal static class DerivedMeasures
{
    public static void Check(Dictionary<string, Measure> measures)
    {
        foreach (var measure in measures.Values)
        {
            if (Of(measure) is { } value && Reaches(measure.Name, value.Expression, measures, []))
            {
                ((DefinitionSource)value.Source).Record($"\"{measure.Name}\" is computed from itself.");
            }
        }
    }

    private static bool Reaches(string sought, Expression from, Dictionary<string, Measure> measures, HashSet<string> seen) =>
        ExpressionNames.Of(from).Any(name =>
            name.Second is null
            && (string.Equals(name.First, sought, StringComparison.Ordinal)
                || (seen.Add(name.First)
                    && measures.TryGetValue(name.First, out var measure)
                    && Of(measure) is { } value
                    && Reaches(sought, value.Expression, measures, seen))));

    /// <summary>The expression over measures that a measure is computed of; null where it is of facts.</summary>
    public static SourcedExpression? Of(Measure measure) => measure.Definition switch
    {
        DerivedDefinition derived => derived.Value,
        NestedDefinition nested => nested.Value,
        _ => null,
    };
}
