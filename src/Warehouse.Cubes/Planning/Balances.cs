using Warehouse.Cubes.Model;
using Warehouse.Cubes.Sql;

namespace Warehouse.Cubes.Planning;

/// <summary>
/// Cells of a semi-additive measure, in steps: added up for each day (and account), then one value taken along the days,
/// then, where accounts have days of their own, added up over the accounts. Totals take these steps over their own facts.
/// </summary>
internal static class Balances
{
    private const string Day = "day";
    private const string Account = "account";
    private const string Value = "balance";
    private const string Daily = "daily";

    public static SqlSelect Of(Leaf leaf, FactScan scan, IReadOnlyList<CellKey> keys, IReadOnlyCollection<int> sets)
    {
        var definition = (SemiAdditiveDefinition)leaf.Measure.Definition;
        var scope = scan.Scope;
        var role = scope.Cube.Roles[definition.Over];
        var value = scope.Binder(scope.FactNames, definition.Value.Source).Bind(definition.Value.Expression);
        if (value.Kind is not (ValueKind.Number or ValueKind.Any))
        {
            throw definition.Value.Source.Fault(0, $"Expected a number to aggregate, and this is {value.Kind.Text()}.");
        }

        var sum = new SqlAggregate("sum", scope.Weight is { } weight ? new SqlBinary(value.Sql, "*", weight) : value.Sql) { Filter = Aggregates.Both(Filter(definition, role, scope), leaf.Choice.Filter(scan)) };
        var account = definition.Per is { } per ? scope.Binder(scope.FactNames, per.Source).Bind(per.Expression).Sql : null;
        var day = (Day, scope.Reference(role).Sql);
        var daily = CellSelect.Of(keys, sets, [(Value, sum)], scan.Rows(), account is null ? [day] : [day, (Account, account)]);

        if (account is null)
        {
            return Regrouped(keys, daily, leaf.Column, Taken(definition.Take));
        }

        var perAccount = Regrouped(keys, daily, Value, Taken(definition.Take), Account);
        return Regrouped(keys, perAccount, leaf.Column, new SqlAggregate("sum", new SqlColumn(Daily, Value)));
    }

    /// <summary>Facts without a day have no place along the days, but what they belong to is shown.</summary>
    private static SqlExpression? Filter(SemiAdditiveDefinition definition, DimensionRole role, FactScope scope)
    {
        var own = Aggregates.Filter(definition.Where, scope);
        var hasDay = scope.IsUnknown(role) is { } unknown ? new SqlPrefix("NOT", unknown) : null;
        return Aggregates.Both(own, hasDay);
    }

    private static SqlAggregate Taken(SemiAdditiveKind take)
    {
        var value = new SqlColumn(Daily, Value);
        var day = new SqlColumn(Daily, Day);
        return take switch
        {
            SemiAdditiveKind.Last => new SqlAggregate("arg_max", value, day),
            SemiAdditiveKind.First => new SqlAggregate("arg_min", value, day),
            _ => new SqlAggregate("avg", value),
        };
    }

    private static SqlSelect Regrouped(IReadOnlyList<CellKey> keys, SqlSelect rows, string column, SqlExpression value, params string[] also)
    {
        string[] columns = [Cells.Set, .. keys.SelectMany(key => key.Key.Columns), .. also];
        SqlExpression[] group = [.. columns.Select(name => new SqlColumn(Daily, name))];
        return new SqlSelect
        {
            Items = [.. group.Zip(columns, (item, name) => (item, (string?)name)), (value, column)],
            From = rows,
            Alias = Daily,
            Grouping = new SqlGrouping(group, [[.. Enumerable.Range(0, group.Length)]]),
        };
    }
}
