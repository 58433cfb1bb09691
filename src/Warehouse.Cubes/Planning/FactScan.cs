using Warehouse.Cubes.Expressions;
using Warehouse.Cubes.Model;
using Warehouse.Cubes.Sql;
using Warehouse.Definitions;

namespace Warehouse.Cubes.Planning;

/// <summary>
/// One pass over the facts of one cube: the rows that count, joined to the dimensions that are asked for, ready to be aggregated.
/// Keys and aggregates are taken of it first, so that all joins are known; then its rows.
/// </summary>
internal sealed class FactScan
{
    private readonly QueryScope _query;
    private readonly FactScope _scope;
    private readonly QueryNames _names;
    private readonly List<SqlExpression> _conditions = [];
    private SqlJoin? _axis;

    public FactScan(Cube cube, QueryScope query)
        : this(new FactScope(cube, query.Context), query)
    {
    }

    /// <summary>A pass over rows that stand for a cube's facts.</summary>
    public FactScan(FactScope scope, QueryScope query)
    {
        _query = query;
        _scope = scope;
        _names = new QueryNames(query, _scope);
    }

    public FactScope Scope => _scope;

    /// <summary>The facts' day.</summary>
    public SqlExpression Day(DimensionRole time) =>
        _scope.Reference(_names.Conformed(time, new Name(time.Name), new QuerySource("time", time.Name))).Sql;

    /// <summary>A key's value of each fact.</summary>
    public CellKey Key(QueryKey key)
    {
        var source = new QuerySource("by", key.Name.Text);
        var value = _scope.Member(_names.Conformed(key.Role, key.Name, source), key.Field).Sql;
        if (key.Top is not { } top)
        {
            return new CellKey(key, [value]);
        }

        var isRest = new SqlPrefix("NOT", _scope.IsAmong(value, _query.Rank(top, source)));
        return new CellKey(key, [isRest, new SqlCase([(new SqlPrefix("NOT", isRest), value)])]);
    }

    /// <summary>Only facts count of which this holds.</summary>
    public void Require(SqlExpression condition) => _conditions.Add(condition);

    public void Require(IEnumerable<SourcedExpression> conditions)
    {
        foreach (var condition in conditions)
        {
            Require(_scope.Binder(_names, condition.Source).Condition(condition.Expression));
        }
    }

    /// <summary>Facts that the asker may see, and that had happened and were known at the date that the query is asked as of.</summary>
    public void RequireVisible()
    {
        if (_query.Context.Access.RowsOf(_scope.Cube) is { } rows)
        {
            Require(SqlExpression.Or([.. rows.Select(row => _scope.Binder(new RoleNames(_scope), row.Source).Condition(row.Expression))]));
        }

        if (_query.Context.AsOf is not { } day)
        {
            return;
        }

        if (_scope.Cube.Time is { } time)
        {
            Require(new SqlBinary(_scope.Reference(_scope.Cube.Roles[time]).Sql, "<=", new SqlParameter(day)));
        }

        if (_scope.Cube.KnownAt is { } column)
        {
            var known = _scope.Column(column, message => new UserFaultException($"known_at of the cube {_scope.Cube.Name}: {message}"));
            Require(new SqlBinary(known.Sql, "<", _query.Context.EndOfDay(day, known.Clr)));
        }

        if (_scope.Cube.History is { } history)
        {
            var until = _scope.Column(history.Until, message => new UserFaultException($"history of the cube {_scope.Cube.Name}: {message}"));
            Require(new SqlBinary(until.Sql, ">=", _query.Context.EndOfDay(day, until.Clr)));
        }
    }

    /// <summary>Facts with a day at all.</summary>
    public void RequireDay(DimensionRole time)
    {
        if (FactScope.UnknownDay(time) is { } unknown)
        {
            Require(new SqlBinary(Day(time), "<>", new SqlParameter(unknown)));
        }
    }

    /// <summary>Each fact counts once for every period whose stretch of time holds its day.</summary>
    public void Join(SqlRelation axis, string alias, DimensionRole time) => _axis = new SqlJoin(axis, alias,
    [
        new SqlBinary(Day(time), ">=", new SqlColumn(alias, TimeAxis.From)),
        new SqlBinary(Day(time), "<", new SqlColumn(alias, TimeAxis.To)),
    ]);

    /// <summary>The rows, without items.</summary>
    public SqlSelect Rows() => new()
    {
        Items = [],
        From = _scope.Table,
        Alias = _scope.Fact,
        Joins = _axis is null ? _scope.Joins : [_axis, .. _scope.Joins],
        Where = _conditions,
    };
}
