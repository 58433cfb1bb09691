using Warehouse.Cubes.Model;

namespace Warehouse.Cubes.Planning;

/// <summary>A plan in words.</summary>
internal static class PlanText
{
    public static IReadOnlyList<string> Of(QueryPlan plan)
    {
        var passes = CellPass.Of(plan.Leaves).Select(Pass).ToArray();
        var meeting = passes.Length > 1
            ? [FormattableString.Invariant($"the {passes.Length} aggregated relations meet by set and members")]
            : Array.Empty<string>();
        var rankings = plan.Answer.With.Select(ranking => $"{ranking.Name}: the members that rank first, by a pass of its own");
        return [.. rankings, .. passes, .. meeting];
    }

    private static string Pass(CellPass pass)
    {
        var over = pass.Steps.IsNone ? "each row's own period" : $"another stretch of time ({pass.Steps})";
        var way = pass.Way switch { CellWay.Sums => ", added up by day first", CellWay.FirstDays => ", each value on its first day", _ => "" };
        return $"facts of {pass.Cube.Name} ({pass.Cube.Table}) over {over}{way}: {string.Join(", ", pass.Leaves.Select(leaf => $"{leaf.Measure.Name} = {What(leaf.Measure.Definition)}"))}";
    }

    private static string What(MeasureDefinition definition) => definition switch
    {
        AggregateDefinition { Role: { } role } members => $"{members.Kind} of known {role}{Where(members.Where?.ToString())}",
        AggregateDefinition aggregate => $"{aggregate.Kind} of {aggregate.Value?.ToString() ?? "rows"}{Where(aggregate.Where?.ToString())}",
        NestedDefinition nested => $"{nested.Kind} of {nested.Value} for each {string.Join(" and ", nested.Include.Select(name => name.Text))}",
        SemiAdditiveDefinition balance => $"{balance.Take} of {balance.Value} over {balance.Over}{(balance.Per is { } per ? $" per {per}" : "")}{Where(balance.Where?.ToString())}",
        _ => "",
    };

    private static string Where(string? condition) => condition is null ? "" : $" where {condition}";
}
