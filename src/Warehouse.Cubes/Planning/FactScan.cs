using Warehouse.Cubes.Expressions;
using Warehouse.Cubes.Model;
using Warehouse.Cubes.Planning.Many;
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
    private readonly Dictionary<DimensionRole, MemberRows> _members = [];
    private readonly Dictionary<int, CellKey> _calculated = [];
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

    /// <summary>Which part of facts counts, and for which members.</summary>
    public FactChoice Choice { get; init; } = FactChoice.All;

    /// <summary>A condition on facts, with names of a cube whose dimensions these facts share.</summary>
    public SqlExpression Condition(SourcedExpression condition, Cube home) =>
        _scope.Binder(new QueryNames(_query with { Home = home }, _scope), condition.Source).Condition(condition.Expression);

    /// <summary>The facts' day.</summary>
    public SqlExpression Day(DimensionRole time) =>
        _scope.Reference(_names.Conformed(time, new Name(time.Name), new QuerySource("time", time.Name))).Sql;

    /// <summary>A key's value of each fact.</summary>
    public CellKey Key(QueryKey key)
    {
        var source = new QuerySource("by", key.Name.Text);
        var role = _names.Conformed(key.Role, key.Name, source);
        if (role.IsMany)
        {
            return key.Top is { } first ? WithRest(Members(role), key, _query.Rank(first, source)) : Members(role).Key(key);
        }

        if (key.IsKnown && _scope.IsUnknown(role) is { } unknown)
        {
            Require(new SqlPrefix("NOT", unknown));
        }

        if (key.Calculated is { } calculated)
        {
            return Calculated(key, role, calculated);
        }

        var member = _scope.Member(role, key.Field);
        var value = (key.IsKnown ? member : new Masks(_scope, _query.Context).Of(role, key.Field, member)).Sql;
        if (key.Top is not { } top)
        {
            return new CellKey(key, [value]);
        }

        var isRest = new SqlPrefix("NOT", _scope.IsAmong(value, _query.Rank(top, source)));
        return new CellKey(key, [isRest, new SqlCase([(new SqlPrefix("NOT", isRest), value)])]);
    }

    /// <summary>Each fact meets every computed member that its value is a part of, and one row without a value where there is none.</summary>
    private CellKey Calculated(QueryKey key, DimensionRole role, IReadOnlyList<CalculatedMember> members)
    {
        if (_calculated.TryGetValue(key.Index, out var known))
        {
            return known;
        }

        var masks = new Masks(_scope, _query.Context);
        var of = key.Field.Calculated!.Of;
        var (member, weight) = _scope.PartsOf(masks.Of(role, of, _scope.Member(role, of)), members);
        if (members.Any(each => each.IsDifference))
        {
            _scope.IsWeightWhole = _scope.Weight is null || _scope.IsWeightWhole;
            _scope.Weight = _scope.Weight is { } others ? new SqlBinary(others, "*", weight) : weight;
        }

        return _calculated[key.Index] = new CellKey(key, [masks.Of(role, key.Field, member).Sql]);
    }

    /// <summary>
    /// The keys of sets that total over the same members among those of which a fact has several. What is totalled over is not met, so
    /// that a fact counts once.
    /// </summary>
    public IReadOnlyList<CellKey> Keys(IEnumerable<QueryKey> keys, int totalled) =>
        [.. keys.Select(key => key.IsMany && (totalled & key.Bit) != 0 ? CellKey.Nothing(key) : Key(key))];

    /// <summary>Aggregates those parts of facts that belong to the members that they meet.</summary>
    public void Allocate()
    {
        foreach (var name in Choice.Allocated)
        {
            var weight = Members(Many(name)).Weight();
            _scope.IsWeightWhole = false;
            _scope.Weight = _scope.Weight is { } others ? new SqlBinary(others, "*", weight) : weight;
        }
    }

    /// <summary>Only facts count of which this holds.</summary>
    public void Require(SqlExpression condition) => _conditions.Add(condition);

    public void Require(IEnumerable<SourcedExpression> conditions)
    {
        foreach (var together in conditions.GroupBy(condition => PairConditions.RoleOf(condition.Expression, _names)))
        {
            if (together.Key is { } many)
            {
                bool? ofNone = true;
                foreach (var condition in together)
                {
                    ofNone &= PairConditions.OfNone(condition.Expression);
                }

                Require(_scope.AnyOf(many, pairs => SqlExpression.And([.. Bound(together, pairs, _names.Within(pairs))]), ofNone));
            }
            else
            {
                _conditions.AddRange(Bound(together, _scope, _names));
            }
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
        From = _scope.Source,
        Alias = _scope.Fact,
        Joins =
        [
            .. _axis is null ? Array.Empty<SqlJoin>() : [_axis],
            .. _scope.Joins,
            .. _members.Select(members => members.Value.Join(_scope.FactReference(members.Key).Sql)),
        ],
        Where = _conditions,
    };

    /// <summary>The members of a role of which facts have several: those alone for which the query's conditions on members hold.</summary>
    private MemberRows Members(DimensionRole role)
    {
        if (!_members.TryGetValue(role, out var members))
        {
            var pairs = new PairScope(_scope.Cube, role, _query.Context);
            var scan = new FactScan(pairs, _query);
            scan.Require(_query.Conditions.Where(condition => PairConditions.RoleOf(condition.Expression, _names)?.Name == role.Name));
            members = new MemberRows(pairs, scan, $"{role.Key}.members") { IsOwn = Choice.Own.Contains(role.Name, StringComparer.Ordinal) };
            _members.Add(role, members);
        }

        return members;
    }

    /// <summary>A fact without a member is among the first where having none is, and else belongs to the rest.</summary>
    private CellKey WithRest(MemberRows members, QueryKey key, SqlRelation ranking)
    {
        var met = members.Key(key);
        return met with { Columns = [new SqlCase([(members.IsNone, new SqlPrefix("NOT", _scope.IsAmong(SqlKeyword.Null, ranking)))], met.Columns[0]), .. met.Columns.Skip(1)] };
    }

    private DimensionRole Many(string name) => _scope.Cube.Roles.TryGetValue(name, out var role) && role.IsMany
        ? role
        : throw new WrongCommandException($"Facts of the cube \"{_scope.Cube.Name}\" have one member of \"{name}\" at most, so nothing is allocated by it.");

    private static IEnumerable<SqlExpression> Bound(IEnumerable<SourcedExpression> conditions, FactScope scope, RowNames names) =>
        conditions.Select(condition => scope.Binder(names, condition.Source).Condition(condition.Expression));
}
