using Warehouse.Cubes.Model;

namespace Warehouse.Cubes.Planning;

/// <summary>A plan in words.</summary>
internal static class PlanText
{
    public static IReadOnlyList<string> Of(QueryPlan plan)
    {
        var passes = plan.Leaves
            .GroupBy(leaf => (leaf.Cube, leaf.Steps, Own: leaf.Measure.Definition is SemiAdditiveDefinition ? leaf : null))
            .Select(leaves => Pass(leaves.Key.Cube, leaves.Key.Steps, [.. leaves]))
            .ToArray();
        var meeting = passes.Length > 1
            ? [FormattableString.Invariant($"the {passes.Length} aggregated relations meet by set and members")]
            : Array.Empty<string>();
        var rankings = plan.Answer.With.Select(ranking => $"{ranking.Name}: the members that rank first, by a pass of its own");
        return [.. rankings, .. passes, .. meeting];
    }

    private static string Pass(Cube cube, TimeSteps steps, IReadOnlyList<Leaf> leaves)
    {
        var over = steps.IsNone ? "each row's own period" : $"another stretch of time ({steps})";
        return $"facts of {cube.Name} ({cube.Table}) over {over}: {string.Join(", ", leaves.Select(leaf => $"{leaf.Measure.Name} = {What(leaf.Measure.Definition)}"))}";
    }

    private static string What(MeasureDefinition definition) => definition switch
    {
        AggregateDefinition { Role: { } role } members => $"{members.Kind} of known {role}{Where(members.Where?.ToString())}",
        AggregateDefinition aggregate => $"{aggregate.Kind} of {aggregate.Value?.ToString() ?? "rows"}{Where(aggregate.Where?.ToString())}",
        SemiAdditiveDefinition balance => $"{balance.Take} of {balance.Value} over {balance.Over}{(balance.Per is { } per ? $" per {per}" : "")}{Where(balance.Where?.ToString())}",
        _ => "",
    };

    private static string Where(string? condition) => condition is null ? "" : $" where {condition}";
}
