using Warehouse.Cubes.Expressions;
using Warehouse.Cubes.Model;
using Warehouse.Cubes.Query;

namespace Warehouse.Cubes;

/// <summary>A question to a model: the one form that every way in (command line, file, C#) is made into. Plain data.</summary>
public sealed record CubeQuery
{
    /// <summary>The cube whose dimensions and measures are meant by names without a cube.</summary>
    public required string Cube { get; init; }

    /// <summary>At least one measure or expression over measures.</summary>
    public required IReadOnlyList<QueryMeasure> Measures { get; init; }

    /// <summary>The members, <c>dimension.attribute</c>, that rows are grouped by; none gives one row.</summary>
    public IReadOnlyList<Name> By { get; init; } = [];

    /// <summary>Which facts count; null for all.</summary>
    public QueryExpression? Where { get; init; }

    /// <summary>Which rows of the finest level are shown, by their measures. Totals stay those of all facts that count.</summary>
    public QueryExpression? Having { get; init; }

    /// <summary>The order of rows; what it leaves open is ordered by the members, so that the order is always the same.</summary>
    public IReadOnlyList<QueryOrder> Order { get; init; } = [];

    /// <summary>At most so many rows of the finest level; null for all.</summary>
    public long? Limit { get; init; }

    /// <summary>So many rows of the finest level are left out first.</summary>
    public long Offset { get; init; }

    /// <summary>
    /// <c>top 5 product.name by net_sales</c>: only the first members have rows, and all others are one row, computed from their facts.
    /// Rows by this member alone are in the order of their rank unless an order is given. Null for all members.
    /// </summary>
    public QueryExpression? Top { get; init; }

    /// <summary>Which totals are shown beside the rows.</summary>
    public QueryTotals Totals { get; init; } = QueryTotals.None;

    /// <summary>
    /// Whether every period that the query shows has a row, also one without facts, for each combination of the other members that
    /// has facts in any period.
    /// </summary>
    public bool IsDense { get; init; }

    /// <summary>
    /// The member whose values are columns; null for none. It is one of <see cref="By"/>, or comes after them. Rows are then those of
    /// the other members, and limit, offset and order are of these.
    /// </summary>
    public Name? Pivot { get; init; }

    /// <summary>Values of the model's parameters and of the query's own, by name, as texts.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Parameters of the query's own, beside those of the model.</summary>
    public IReadOnlyList<ModelParameter> Declared { get; init; } = [];

    /// <summary>What was known at the end of this day answers; null for what is known now.</summary>
    public DateOnly? AsOf { get; init; }
}

/// <summary>A column to compute.</summary>
/// <param name="Name">What the column is called.</param>
/// <param name="Value">A measure or an expression over measures.</param>
public sealed record QueryMeasure(string Name, QueryExpression Value);

/// <summary>A term of the order: a member of the rows, or a measure or expression, shown or not.</summary>
public sealed record QueryOrder(QueryExpression Value, bool IsDescending);
