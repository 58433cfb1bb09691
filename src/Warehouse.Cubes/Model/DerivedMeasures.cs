using Warehouse.Cubes.Expressions;

namespace Warehouse.Cubes.Model;

/// <summary>Checks that no derived measure is computed, over others, from itself.</summary>
internal static class DerivedMeasures
{
    public static void Check(Dictionary<string, Measure> measures)
    {
        foreach (var measure in measures.Values)
        {
            if (measure.Definition is DerivedDefinition { Value: var value } && Reaches(measure.Name, value.Expression, measures, []))
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
                    && measure.Definition is DerivedDefinition derived
                    && Reaches(sought, derived.Value.Expression, measures, seen))));
}
