using Warehouse.Cubes.Expressions;
using Warehouse.Cubes.Query;
using Warehouse.Cubes.Sql;

namespace Warehouse.Cubes.Planning;

/// <summary>The members that rank first by a measure, as relations of a WITH. Each is planned as a query of its own.</summary>
/// <param name="plan">Plans a query down to its rows.</param>
/// <param name="query">The query that the rankings are for.</param>
/// <param name="conditions">Its conditions.</param>
internal sealed class Rankings(Func<CubeQuery, IReadOnlyList<SourcedExpression>, SqlSelect> plan, CubeQuery query, IReadOnlyList<SourcedExpression> conditions)
{
    /// <summary>The columns: the member, and true.</summary>
    public const string Member = "member";
    public const string IsThere = "is_there";

    private const int MostMembers = 1_000_000;

    private readonly Dictionary<string, (string Name, SqlRelation Relation)> _relations = new(StringComparer.Ordinal);

    public IReadOnlyList<(string Name, SqlRelation Relation)> With => [.. _relations.Values];

    /// <summary>
    /// Members are ranked under those conditions of the query that are no rankings themselves; equal values by the member,
    /// so that always the same ones are first.
    /// </summary>
    public SqlRelation Of(TopMembers top, ExpressionSource source)
    {
        if (top.Count > MostMembers)
        {
            throw source.Fault(top, FormattableString.Invariant($"At most the first {MostMembers} members can be asked for."));
        }

        var key = top.ToString();
        if (!_relations.TryGetValue(key, out var relation))
        {
            var measure = QueryExpression.Parse("top", top.Measure.ToString());
            var ranking = new CubeQuery
            {
                Cube = query.Cube,
                Measures = [new QueryMeasure("value", measure)],
                By = [top.Member],
                AsOf = query.AsOf,
            };
            relation = (FormattableString.Invariant($"ranking {_relations.Count}"), Limited(plan(ranking, Unranked()), top));
            _relations.Add(key, relation);
        }

        return new SqlNamed(relation.Name);
    }

    private SourcedExpression[] Unranked() => [.. conditions.Where(condition => !QueryConditions.Ranks(condition.Expression))];

    /// <summary>The first rows of a query with one key and one measure. Members without a value of the measure do not rank.</summary>
    private static SqlSelect Limited(SqlSelect rows, TopMembers top)
    {
        const string alias = "ranked";
        var value = new SqlColumn(alias, "m0");
        var member = new SqlColumn(alias, "k0");
        return new SqlSelect
        {
            Items = [(member, Member), (SqlKeyword.True, IsThere)],
            From = rows,
            Alias = alias,
            Where = [new SqlPrefix("NOT", new SqlIsNull(value))],
            OrderBy = [new SqlOrder(value, !top.IsBottom), new SqlOrder(member)],
            Limit = top.Count,
        };
    }
}
