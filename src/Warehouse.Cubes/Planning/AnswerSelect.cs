using Warehouse.Cubes.Sql;

namespace Warehouse.Cubes.Planning;

/// <summary>Which of a query's rows are shown, and in which order.</summary>
internal sealed class AnswerSelect(CubeQuery query, IReadOnlyList<QueryKey> keys, int[] sets)
{
    public const string Relation = "rows";
    public const string IsShown = "h";

    private const string Place = "place";

    private readonly SqlColumn _set = new(Relation, Cells.Set);

    /// <summary>Whether rows are there that are only compared with.</summary>
    public bool HasHiddenSets { get; init; }

    public required IReadOnlyList<SqlOrder> Order { get; init; }

    public int DescendingKeys { get; init; }

    /// <summary>The members, by their bits, that the order names where there are no totals.</summary>
    public int OrderedKeys { get; init; }

    public static string Column(string kind, int index) => FormattableString.Invariant($"{kind}{index}");

    public SqlSelect Of(SqlSelect rows)
    {
        var where = new List<SqlExpression>();
        if (HasHiddenSets)
        {
            where.Add(new SqlIn(_set, [.. sets.Select(shown => SqlKeyword.Number(shown))]));
        }

        if (query.Having is not null)
        {
            where.Add(ForFinest(new SqlColumn(Relation, IsShown)));
        }

        var terms = new RowOrder(keys, sets, Relation).Terms(Order, DescendingKeys, OrderedKeys);
        var answer = new SqlSelect
        {
            Items =
            [
                .. keys.Select(key => ((SqlExpression)new SqlColumn(Relation, Column("p", key.Index)), (string?)key.Name.Text)),
                .. query.Measures.Select((measure, index) => ((SqlExpression)new SqlColumn(Relation, Column("m", index)), (string?)measure.Name)),
                (_set, null),
                .. keys.Any(key => key.Top is not null) ? new[] { (Rest(), (string?)null) } : [],
            ],
            From = rows,
            Alias = Relation,
            Where = where,
            OrderBy = terms,
        };
        return query.Limit is null && query.Offset == 0 ? answer
            : sets.Length == 1 ? answer with { Limit = query.Limit, Offset = query.Offset == 0 ? null : query.Offset }
            : Limited(answer, where, terms);
    }

    /// <summary>The keys, by their bits, of which a row is the rest.</summary>
    private static SqlCase Flag(QueryKey key) =>
        new([(new SqlColumn(Relation, key.RestColumn), SqlKeyword.Number(key.Bit))], SqlKeyword.Zero);

    private SqlJoined Rest() => new("+", [.. keys.Where(key => key.Top is not null).Select(Flag)]);

    /// <summary>A limit counts rows of the finest level; totals stay.</summary>
    private SqlSelect Limited(SqlSelect answer, List<SqlExpression> where, IReadOnlyList<SqlOrder> terms)
    {
        var ordered = new SqlSelect
        {
            Items = [(SqlKeyword.Star, null), .. terms.Select((term, index) => (term.Value, (string?)Column("t", index)))],
            From = answer.From,
            Alias = Relation,
            Where = where,
        };
        SqlOrder[] order = [.. terms.Select((term, index) => term with { Value = new SqlColumn(Relation, Column("t", index)) })];
        var placed = new SqlSelect
        {
            Items = [(SqlKeyword.Star, null), (new SqlWindow(new SqlCall("row_number"), [_set], order), Place)],
            From = ordered,
            Alias = Relation,
        };
        var place = new SqlColumn(Relation, Place);
        var shown = new List<SqlExpression> { new SqlBinary(place, ">", new SqlParameter(query.Offset)) };
        if (query.Limit is { } limit)
        {
            shown.Add(new SqlBinary(place, "<=", new SqlParameter(query.Offset + limit)));
        }

        return answer with { From = placed, OrderBy = order, Where = [ForFinest(SqlExpression.And(shown))] };
    }

    private SqlExpression ForFinest(SqlExpression condition) => sets.Length == 1
        ? condition
        : SqlExpression.Or([new SqlBinary(_set, "<>", SqlKeyword.Zero), condition]);
}
