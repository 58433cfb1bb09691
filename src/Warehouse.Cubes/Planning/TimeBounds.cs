using Warehouse.Cubes.Model;
using Warehouse.Cubes.Sql;

namespace Warehouse.Cubes.Planning;

/// <summary>Asks for the first and the last day of the facts that a query counts.</summary>
internal static class TimeBounds
{
    public static SqlSelect Of(QueryScope query, QueryTime time, IEnumerable<Cube> cubes)
    {
        const string first = "first_day", last = "last_day", facts = "facts";
        var each = cubes.Select(cube =>
        {
            var scan = new FactScan(cube, query with { Keys = [] });
            var day = scan.Day(time.Role);
            scan.RequireDay(time.Role);
            scan.Require(time.Conditions.Where(condition => !QueryConditions.Ranks(condition.Expression)));
            scan.RequireVisible();
            return (SqlRelation)(scan.Rows() with { Items = [(new SqlAggregate("min", day), first), (new SqlAggregate("max", day), last)] });
        });
        return new SqlSelect
        {
            Items = [(new SqlAggregate("min", new SqlColumn(facts, first)), null), (new SqlAggregate("max", new SqlColumn(facts, last)), null)],
            From = new SqlUnion([.. each]),
            Alias = facts,
        };
    }
}
