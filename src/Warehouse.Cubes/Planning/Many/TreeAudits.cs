using Warehouse.Cubes.Model;
using Warehouse.Cubes.Sql;

namespace Warehouse.Cubes.Planning.Many;

/// <summary>What a dimension declares whose members stand above each other: no circles, parents that are there, no more levels than are named.</summary>
internal static class TreeAudits
{
    private const string Known = "known";
    private const string Member = "member";
    private const string Above = "above";
    private const string Steps = "steps";

    public static IEnumerable<(string Rule, SqlSelect Offenders)> Of(Dimension dimension)
    {
        var (table, key, parent) = (dimension.Table!, dimension.Key!, dimension.Tree!.Parent);
        yield return (
            $"{table}: every \"{parent}\" is a \"{key}\" of it",
            Audits.Dangling(new SqlTable(table), parent, table, key, dimension.Versions?.IsCurrent, [new SqlPrefix("NOT", new SqlIsNull(new SqlColumn("f", parent))), .. Current(dimension, "f")]));
        yield return ($"{table}: no \"{key}\" stands above itself by \"{parent}\"", InCircles(dimension));
        if (dimension.Tree.Levels.Count is > 0 and var levels)
        {
            yield return (
                FormattableString.Invariant($"{table}: no \"{key}\" lies deeper than the {levels} levels that are named"),
                Audits.Counted(Ways(dimension, levels), new SqlBinary(new SqlColumn("g", Steps), "=", SqlKeyword.Number(levels + 1))));
        }
    }

    /// <summary>Members that are reached from themselves.</summary>
    private static SqlSelect InCircles(Dimension dimension)
    {
        var row = new SqlColumn("d", dimension.Key!);
        SqlRelation Step(SqlRelation from, string alias, SqlExpression member, IReadOnlyList<SqlJoin> joins) => new SqlSelect
        {
            Items = [(member, Member), (new SqlColumn("d", dimension.Tree!.Parent), Above)],
            From = from,
            Alias = alias,
            Joins = joins,
            Where = [new SqlBinary(new SqlColumn("d", dimension.Tree!.Parent), "<>", row), .. Current(dimension, "d")],
        };
        var own = Step(new SqlTable(dimension.Table!), "d", row, []);
        var higher = Step(
            new SqlNamed(Known), Known, new SqlColumn(Known, Member), [new SqlJoin(new SqlTable(dimension.Table!), "d", [new SqlBinary(row, "=", new SqlColumn(Known, Above))])]);
        return new SqlSelect
        {
            With = [(Known, new SqlUnion([own, higher]) { IsDistinct = true })],
            IsRecursive = true,
            Items = [(new SqlAggregate("count", SqlKeyword.Star), Audits.Count)],
            From = new SqlNamed(Known),
            Alias = Known,
            Where = [new SqlBinary(new SqlColumn(Known, Member), "=", new SqlColumn(Known, Above))],
        };
    }

    /// <summary>Each member with how many steps lead down to it, as far as one more than are named; members in circles are not reached.</summary>
    private static SqlSelect Ways(Dimension dimension, int levels)
    {
        var key = new SqlColumn("d", dimension.Key!);
        var parent = new SqlColumn("d", dimension.Tree!.Parent);
        var tops = new SqlSelect
        {
            Items = [(key, Member), (SqlKeyword.Number(1), Steps)],
            From = new SqlTable(dimension.Table!),
            Alias = "d",
            Where = [SqlExpression.Or([new SqlIsNull(parent), new SqlBinary(parent, "=", key)]), .. Current(dimension, "d")],
        };
        var lower = new SqlSelect
        {
            Items = [(key, null), (new SqlBinary(new SqlColumn(Known, Steps), "+", SqlKeyword.Number(1)), null)],
            From = new SqlTable(dimension.Table!),
            Alias = "d",
            Joins = [new SqlJoin(new SqlNamed(Known), Known, [new SqlBinary(parent, "=", new SqlColumn(Known, Member))])],
            Where = [new SqlBinary(parent, "<>", key), new SqlBinary(new SqlColumn(Known, Steps), "<=", SqlKeyword.Number(levels)), .. Current(dimension, "d")],
        };
        return new SqlSelect { With = [(Known, new SqlUnion([tops, lower]))], IsRecursive = true, Items = [(SqlKeyword.Star, null)], From = new SqlNamed(Known) };
    }

    private static IEnumerable<SqlExpression> Current(Dimension dimension, string alias) =>
        dimension.Versions is { } versions ? [new SqlColumn(alias, versions.IsCurrent)] : [];
}
