using Warehouse.Cubes.Expressions;
using Warehouse.Cubes.Model;
using Warehouse.Cubes.Results;
using Warehouse.Cubes.Sql;
using Warehouse.Definitions;

namespace Warehouse.Cubes.Planning;

/// <summary>
/// Plans a query in three layers: cells (facts aggregated to sets), rows (what is computed from cells), and the answer
/// (which rows, in which order).
/// </summary>
internal sealed class QueryPlanner
{
    private const int MostKeys = 30;
    private const string Rows = "rows";
    private const string Place = "place";

    private readonly CubeQuery _query;
    private readonly PlanningContext _context;
    private readonly Cube _home;
    private readonly QueryKey[] _keys;
    private readonly int[] _sets;
    private readonly Cells _cells;
    private readonly MeasureCompiler _compiler;

    private QueryPlanner(CubeModel model, CubeQuery query, PlanningContext context)
    {
        _query = query;
        _context = context;
        _home = model.Cube(query.Cube);
        _keys = Keys(query, _home);
        _sets = GroupingSets.Of(query, _keys);
        _cells = new Cells(_keys, _sets);
        _compiler = new MeasureCompiler(model, _home, _cells, new MeasureFunctions(_keys, _cells));
    }

    /// <exception cref="UserFaultException">The query or the model does not fit.</exception>
    public static QueryPlan Plan(CubeModel model, CubeQuery query, PlanningContext context, Func<string, string> quoteIdentifier) =>
        new QueryPlanner(model, query, context).Plan(quoteIdentifier);

    private QueryPlan Plan(Func<string, string> quoteIdentifier)
    {
        RequireDistinctNames();
        foreach (var measure in _query.Measures)
        {
            _compiler.Show(measure);
        }

        var measures = _query.Measures.Select(_compiler.Compile).ToArray();
        var having = _query.Having is { } condition ? _compiler.CompileCondition(condition) : null;
        var (order, descendingKeys) = Order();
        var keyValues = _keys.Select(KeyPresentation.Of).ToArray();

        var rows = new SqlSelect
        {
            Items =
            [
                .. keyValues.Select((value, index) => (value, (string?)Column("p", index))),
                .. measures.Select((value, index) => (value, (string?)Column("m", index))),
                .. _keys.Select(key => (Cells.KeyColumn(key), (string?)key.Column)),
                .. order.Select((term, index) => (term.Value, (string?)Column("o", index))),
                .. having is null ? [] : new (SqlExpression, string?)[] { (having, "h") },
                (_cells.SetColumn, Cells.Set),
            ],
            From = new CellsBuilder(_query, _home, _cells, _context).Build(),
            Alias = Cells.Relation,
        };
        return new QueryPlan(SqlWriter.Statement(Answer(rows, order, descendingKeys), quoteIdentifier), Columns());
    }

    /// <summary>The rows that are shown, in order.</summary>
    private SqlSelect Answer(SqlSelect rows, IReadOnlyList<SqlOrder> order, int descendingKeys)
    {
        var set = new SqlColumn(Rows, Cells.Set);
        var where = new List<SqlExpression>();
        if (_cells.Sets.Count > _sets.Length)
        {
            where.Add(new SqlIn(set, [.. _sets.Select(shown => SqlKeyword.Number(shown))]));
        }

        if (_query.Having is not null)
        {
            var holds = new SqlColumn(Rows, "h");
            where.Add(_sets.Length == 1 ? holds : SqlExpression.Or([new SqlBinary(set, "<>", SqlKeyword.Zero), holds]));
        }

        var terms = new RowOrder(_keys, _sets, set).Terms(
            [.. order.Select((term, index) => term with { Value = new SqlColumn(Rows, Column("o", index)) })],
            descendingKeys,
            key => new SqlColumn(Rows, key.Column));
        var answer = new SqlSelect
        {
            Items =
            [
                .. _keys.Select((key, index) => ((SqlExpression)new SqlColumn(Rows, Column("p", index)), (string?)key.Name.Text)),
                .. _query.Measures.Select((measure, index) => ((SqlExpression)new SqlColumn(Rows, Column("m", index)), (string?)measure.Name)),
                (set, null),
            ],
            From = rows,
            Alias = Rows,
            Where = where,
            OrderBy = terms,
        };
        return _query.Limit is null && _query.Offset == 0 ? answer
            : _sets.Length == 1 ? answer with { Limit = _query.Limit, Offset = _query.Offset == 0 ? null : _query.Offset }
            : Limited(answer, set, where, terms);
    }

    /// <summary>A limit counts rows of the finest level; totals stay.</summary>
    private SqlSelect Limited(SqlSelect answer, SqlExpression set, List<SqlExpression> where, IReadOnlyList<SqlOrder> terms)
    {
        var placed = new SqlSelect
        {
            Items = [(SqlKeyword.Star, null), (new SqlWindow(new SqlCall("row_number"), [set], terms), Place)],
            From = answer.From,
            Alias = Rows,
            Where = where,
        };
        var place = new SqlColumn(Rows, Place);
        var shown = new List<SqlExpression> { new SqlBinary(place, ">", new SqlParameter(_query.Offset)) };
        if (_query.Limit is { } limit)
        {
            shown.Add(new SqlBinary(place, "<=", new SqlParameter(_query.Offset + limit)));
        }

        return answer with
        {
            From = placed,
            Where = [SqlExpression.Or([new SqlBinary(set, "<>", SqlKeyword.Zero), SqlExpression.And(shown)])],
        };
    }

    /// <summary>The values to order by, and the bits of members ordered from the highest.</summary>
    private (IReadOnlyList<SqlOrder> ByMeasure, int DescendingKeys) Order()
    {
        var terms = new List<SqlOrder>();
        var descending = 0;
        foreach (var order in _query.Order)
        {
            if (_keys.FirstOrDefault(key => order.Value.Expression is Name name && string.Equals(name.Text, key.Name.Text, StringComparison.Ordinal)) is { } key)
            {
                descending |= order.IsDescending ? key.Bit : 0;
                if (_sets.Length == 1)
                {
                    terms.Add(new SqlOrder(Cells.KeyColumn(key), order.IsDescending));
                }
            }
            else
            {
                terms.Add(new SqlOrder(_compiler.Compile(order.Value), order.IsDescending));
            }
        }

        return (terms, descending);
    }

    private CubeColumn[] Columns() =>
    [
        .. _keys.Select(key => new CubeColumn(key.Name.Text, key.Field.Caption, typeof(object))
        {
            IsMember = true,
            Unit = key.Field.Unit,
            Format = key.Field.Format,
        }),
        .. _query.Measures.Select(measure => MeasureColumns.Of(measure, _home)),
    ];

    private void RequireDistinctNames()
    {
        var names = _keys.Select(key => key.Name.Text).Concat(_query.Measures.Select(measure => measure.Name));
        if (names.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw new WrongCommandException($"Two columns are called \"{twice.Key}\". Give one another name: « {twice.Key} as … ».");
        }
    }

    private static QueryKey[] Keys(CubeQuery query, Cube home)
    {
        if (query.By.Count > MostKeys)
        {
            throw new WrongCommandException(FormattableString.Invariant($"by: rows are by at most {MostKeys} members, and here are {query.By.Count}."));
        }

        return [.. query.By.Select((name, index) =>
        {
            var (role, field) = MemberNames.Find(home, name, new QuerySource("by", name.Text));
            return new QueryKey(index, name, role, field);
        })];
    }

    private static string Column(string kind, int index) => FormattableString.Invariant($"{kind}{index}");
}
