using Warehouse.Cubes.Model;
using Warehouse.Cubes.Sql;

namespace Warehouse.Cubes.Planning.Many;

/// <summary>What a bridge declares: each pair once, members that are there, and weights that are one together.</summary>
internal static class BridgeAudits
{
    public static IEnumerable<(string Rule, SqlSelect Offenders)> Of(Bridge bridge, Dimension dimension)
    {
        var current = bridge.Versions?.IsCurrent;
        yield return ($"{bridge.Table}: \"{bridge.From}\" and \"{bridge.To}\" are unique together", Audits.Repeated(bridge.Table, [bridge.From, bridge.To], current));
        yield return (
            $"{bridge.Table}: every \"{bridge.To}\" is a \"{dimension.Key}\" of {dimension.Table}",
            Audits.Dangling(new SqlTable(bridge.Table), bridge.To, dimension.Table!, dimension.Key!, dimension.Versions?.IsCurrent));
        if (bridge.Weight is { } weight)
        {
            yield return ($"{bridge.Table}: the \"{weight}\" of each \"{bridge.From}\" add up to 1", NotWhole(bridge, weight, current));
        }
    }

    /// <summary>References whose weights leave a part of a fact out, or count one twice: by more than what parts of a third are cut to.</summary>
    private static SqlSelect NotWhole(Bridge bridge, string weight, string? current)
    {
        const decimal tolerance = 0.001m;
        var reference = new SqlColumn("t", bridge.From);
        var sums = new SqlSelect
        {
            Items = [(new SqlAggregate("sum", new SqlColumn("t", weight)), "whole")],
            From = new SqlTable(bridge.Table),
            Alias = "t",
            Where = current is null ? [] : [new SqlColumn("t", current)],
            Grouping = new SqlGrouping([reference], [[0]]),
        };
        var difference = new SqlCall("abs", new SqlBinary(new SqlCall("coalesce", new SqlColumn("g", "whole"), SqlKeyword.Zero), "-", SqlKeyword.Number(1)));
        return Audits.Counted(sums, new SqlBinary(difference, ">", SqlKeyword.Number(tolerance)));
    }
}
