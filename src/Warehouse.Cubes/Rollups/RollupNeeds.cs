using Warehouse.Cubes.Expressions;
using Warehouse.Cubes.Model;
using Warehouse.Cubes.Planning;

namespace Warehouse.Cubes.Rollups;

/// <summary>What a rollup would have to keep to give a pass over facts.</summary>
internal static class RollupNeeds
{
    /// <summary>The members and measures; null where no rollup could give it.</summary>
    public static (IReadOnlyList<string> Members, IReadOnlyList<string> Measures)? Of(QueryScope query, CellPass pass)
    {
        if (query.Context.AsOf is not null || !pass.Steps.IsNone || pass.Leaves.Any(leaf => !leaf.Choice.IsAll || RollupReader.Refusal(leaf.Measure) is not null))
        {
            return null;
        }

        var members = new SortedSet<string>(StringComparer.Ordinal);
        var open = new Stack<Expression>(query.Keys.SelectMany(key => key.Top is { } top ? new Expression[] { key.Name, top } : [key.Name])
            .Concat(query.Conditions.Select(condition => condition.Expression)));
        var filters = new HashSet<string>(StringComparer.Ordinal);
        while (open.TryPop(out var next))
        {
            switch (next)
            {
                case IsUnknown or Name { At: not null }:
                    return null;
                case Name { Second: { } field } name:
                    var attribute = query.Home.Roles.GetValueOrDefault(name.First)?.Dimension.Attributes.GetValueOrDefault(field);
                    members.Add($"{name.First}.{attribute?.Calculated?.Of.Name ?? field}");
                    break;
                case Name name when filters.Add(name.First) && query.Home.Filters.TryGetValue(name.First, out var filter):
                    open.Push(filter.Expression);
                    break;
                case TopMembers top:
                    open.Push(top.Member);
                    break;
                default:
                    foreach (var part in ExpressionNames.Parts(next))
                    {
                        open.Push(part);
                    }

                    break;
            }
        }

        return ([.. members], [.. pass.Leaves.Select(leaf => leaf.Measure.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]);
    }
}
