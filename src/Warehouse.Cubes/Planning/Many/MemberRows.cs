using Warehouse.Cubes.Sql;

namespace Warehouse.Cubes.Planning.Many;

/// <summary>
/// The members of which facts have several, as a relation to be joined: each combination of the keys' values once for a reference. So a
/// fact meets each of them once, however many members have the same values, and one row without a value where it has no member.
/// </summary>
internal sealed class MemberRows(PairScope pairs, FactScan scan, string alias)
{
    private const string Reference = "reference";
    private const string Part = "part";

    private readonly List<SqlExpression> _values = [];
    private bool _isWeighted;

    /// <summary>Whether each fact meets its own member alone, none above it.</summary>
    public bool IsOwn { get; init; }

    /// <summary>That a fact has no member.</summary>
    public SqlExpression IsNone => new SqlIsNull(new SqlColumn(alias, Reference));

    /// <summary>The values of a key, for each member that a fact meets.</summary>
    public CellKey Key(QueryKey key) => new(key, [.. scan.Key(key).Columns.Select(Column)]);

    /// <summary>The part of a fact that belongs to the members of a row; all of it where it has no member.</summary>
    public SqlExpression Weight()
    {
        _isWeighted = true;
        return new SqlCase([(IsNone, SqlKeyword.Number(1))], new SqlColumn(alias, Part));
    }

    /// <param name="reference">The fact's.</param>
    public SqlJoin Join(SqlExpression reference)
    {
        SqlExpression[] group = [pairs.From, .. _values];
        foreach (var condition in pairs.Valid)
        {
            scan.Require(condition);
        }

        if (IsOwn)
        {
            scan.Require(pairs.IsOwn);
        }

        var rows = scan.Rows() with
        {
            Items =
            [
                (pairs.From, Reference),
                .. _values.Select((value, place) => (value, (string?)Name(place))),
                .. _isWeighted ? new (SqlExpression, string?)[] { (new SqlAggregate("sum", pairs.PairWeight), Part) } : [],
            ],
            Grouping = new SqlGrouping(group, [[.. Enumerable.Range(0, group.Length)]]),
        };
        return new SqlJoin(rows, alias, [new SqlBinary(new SqlColumn(alias, Reference), "=", reference)]) { IsLeft = true };
    }

    private SqlColumn Column(SqlExpression value)
    {
        _values.Add(value);
        return new SqlColumn(alias, Name(_values.Count - 1));
    }

    private static string Name(int place) => FormattableString.Invariant($"v{place}");
}
