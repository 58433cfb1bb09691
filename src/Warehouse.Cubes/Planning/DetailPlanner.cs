using Warehouse.Cubes.Expressions;
using Warehouse.Cubes.Model;
using Warehouse.Cubes.Query;
using Warehouse.Cubes.Results;
using Warehouse.Cubes.Sql;
using Warehouse.Definitions;

namespace Warehouse.Cubes.Planning;

/// <summary>Plans drilling through to facts: the same pass over facts as for the answer, with the cell's members as conditions.</summary>
internal sealed class DetailPlanner(CubeModel model, DetailQuery detail, PlanningContext context)
{
    public QueryPlan Plan()
    {
        var query = detail.Query;
        var home = CubeNames.Find(model, query.Cube, context.Access);
        var conditions = QueryConditions.Of(query, home, context);
        var rankings = new Rankings((ranking, under) => new QueryPlanner(model, ranking, under, context).PlanRanking(), query, conditions);
        var scope = new QueryScope(home, QueryKeys.Of(query, home, conditions, context.Access), conditions, context, rankings.Of);
        var (cube, measure) = Measured(home);
        var scan = new FactScan(cube, scope);
        scan.Require(conditions);
        scan.RequireVisible();
        if (detail.Row is { } row)
        {
            foreach (var key in Kept(scope))
            {
                scan.Require(InCell(scan, key, row));
            }
        }

        if (Aggregates.Filter((measure?.Definition as AggregateDefinition)?.Where, scan.Scope) is { } own)
        {
            scan.Require(own);
        }

        return Facts(scan, scope, rankings);
    }

    /// <summary>The members that the row is not a total over; without a row those of which a fact has one.</summary>
    private IEnumerable<QueryKey> Kept(QueryScope scope) =>
        scope.Keys.Where(key => detail.Row is { } row ? (row.Total & key.Bit) == 0 : !key.IsMany);

    private (Cube Cube, Measure? Measure) Measured(Cube home)
    {
        if (detail.Measure is not { } text)
        {
            return (home, null);
        }

        var expression = QueryExpression.Parse("measure", text);
        return expression.Expression is Name name
            ? new MeasureNames(model, context.Access).Find(home, name, expression.Source)
            : throw new WrongCommandException($"measure: facts can be shown of a measure of the model, and \"{text}\" is computed.");
    }

    /// <summary>That a fact has the row's value of a key, or none where the row has none.</summary>
    private static SqlExpression InCell(FactScan scan, QueryKey key, CubeRow row)
    {
        var columns = scan.Key(key).Columns;
        if (key.Top is not null && (row.Rest & key.Bit) != 0)
        {
            return columns[0];
        }

        if (row.Values[key.Index] is null && key.Field.Unit is not null
            && scan.Scope.IsUnknown(scan.Scope.Cube.Roles[key.Role.Name]) is { } isUnknown)
        {
            return isUnknown;
        }

        if (key.Calculated?.FirstOrDefault(member => member.IsDifference && member.Name.Equals(row.Values[key.Index])) is { } difference)
        {
            throw new WrongCommandException($"\"{difference.Name}\" is a difference: no facts are in it. Those of its parts can be shown, by {key.Name.First}.{key.Field.Calculated!.Of.Name}.");
        }

        SqlExpression same = row.Values[key.Index] is { } known
            ? new SqlBinary(columns[^1], "=", new SqlParameter(Period(key, known)))
            : new SqlIsNull(columns[^1]);
        return key.Top is null ? same : SqlExpression.And([new SqlPrefix("NOT", columns[0]), same]);
    }

    /// <summary>What an answer shows of a period, as its first day.</summary>
    private static object Period(QueryKey key, object value) => key.Field.Unit switch
    {
        TimeUnit.Year => new DateOnly(Convert.ToInt32(value, System.Globalization.CultureInfo.InvariantCulture), 1, 1),
        TimeUnit.FiscalYear => key.Role.Dimension.Calendar!.FiscalYear(Convert.ToInt32(value, System.Globalization.CultureInfo.InvariantCulture)).From,
        _ => value,
    };

    private QueryPlan Facts(FactScan scan, QueryScope scope, Rankings rankings)
    {
        var columns = DetailColumns.Of(scan.Scope.Cube, context.Catalog[scan.Scope.Cube.Table], context.Access);
        var keys = scope.Keys.Where(key => key.Top is null && (!key.IsMany || Kept(scope).Contains(key))).Select(key => (key.Name.Text, Value: KeyPresentation.Of(key, scan.Key(key).Columns[0]), key.Field.Caption, key.Field.Unit)).ToArray();
        SqlExpression Detail(string column) =>
            scan.Scope.Column(column, message => new UserFaultException($"details of the cube {scan.Scope.Cube.Name}: {message}")).Sql;

        return new QueryPlan(
            scan.Rows() with
            {
                With = rankings.With,
                Items =
                [
                    .. keys.Select(key => (key.Value, (string?)key.Text)),
                    .. columns.Select(column => (Detail(column), (string?)column)),
                    (SqlKeyword.Zero, null),
                ],
                OrderBy = scan.Scope.Cube.Key is { } unique ? [new SqlOrder(Detail(unique))] : [],
                Limit = detail.Limit,
            },
            [
                .. keys.Select(key => new CubeColumn(key.Text, key.Caption, typeof(object)) { IsMember = true, Unit = key.Unit }),
                .. columns.Select(column => new CubeColumn(column, Caption.OfName(column), typeof(object))),
            ],
            []);
    }
}
