using System.Globalization;
using Warehouse.Cubes.Expressions;
using Warehouse.Cubes.Model;
using Warehouse.Definitions;

namespace Warehouse.Cubes.Query;

/// <summary>A query as the texts of a command line or of a file's fields; null or empty where a part is not wanted.</summary>
public sealed record QueryTexts
{
    public required string Cube { get; init; }

    /// <summary>Separated by commas: <c>net_sales, net_sales / orders as average</c>.</summary>
    public string? Measures { get; init; }

    /// <summary>Separated by commas: <c>date.month, product.category</c>.</summary>
    public string? By { get; init; }

    public string? Where { get; init; }

    public string? Having { get; init; }

    /// <summary>Separated by commas, each with <c>desc</c> where the highest come first: <c>net_sales desc</c>.</summary>
    public string? Order { get; init; }

    public long? Limit { get; init; }

    public long? Offset { get; init; }

    /// <summary>Which members have rows, all others being one: <c>top 5 product.name by net_sales</c>.</summary>
    public string? Top { get; init; }

    /// <summary>none, grand, rollup (also for an empty text), cube, or sets of members: <c>(date.year), ()</c>. Null is none.</summary>
    public string? Totals { get; init; }

    /// <summary>Whether periods without facts have rows, too.</summary>
    public bool IsDense { get; init; }

    /// <summary>The member whose values are columns: <c>date.year</c>.</summary>
    public string? Pivot { get; init; }

    /// <summary>A day: <c>2011-06-30</c>.</summary>
    public string? AsOf { get; init; }

    /// <summary>Values of parameters, by name.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Parameters of the query's own.</summary>
    public IReadOnlyList<ModelParameter> Declared { get; init; } = [];

    /// <summary>What the measures are compared with: see <see cref="Comparison"/>.</summary>
    public string? Compare { get; init; }

    /// <summary>The query that the texts say. Names are looked up later, when it is asked.</summary>
    /// <exception cref="WrongCommandException">A text does not say anything.</exception>
    public CubeQuery Parse()
    {
        var measures = Items("measures", Measures).ConvertAll(ParseMeasure);
        if (measures.Count == 0)
        {
            throw new WrongCommandException("A query asks for at least one measure, and here is none.");
        }

        return new CubeQuery
        {
            Cube = Cube,
            Measures = string.IsNullOrWhiteSpace(Compare) ? measures : Comparison.Parse(Compare).Of(measures),
            Parameters = Parameters,
            Declared = Declared,
            By = Items("by", By).ConvertAll(text => ParseMember("by", text)),
            Where = ParseCondition("where", Where),
            Having = ParseCondition("having", Having),
            Order = Items("order", Order).ConvertAll(ParseOrder),
            Limit = RequireCount("limit", Limit),
            Offset = RequireCount("offset", Offset) ?? 0,
            Top = ParseCondition("top", Top),
            Totals = ParseTotals(),
            IsDense = IsDense,
            Pivot = string.IsNullOrWhiteSpace(Pivot) ? null : ParseMember("pivot", Pivot),
            AsOf = ParseAsOf(),
        };
    }

    private static QueryExpression? ParseCondition(string part, string? text) =>
        string.IsNullOrWhiteSpace(text) ? null : QueryExpression.Parse(part, text);

    private static QueryMeasure ParseMeasure(string text)
    {
        var (value, name) = ListText.Ending(text, "as");
        var expression = QueryExpression.Parse("measures", value);
        return new QueryMeasure(name ?? (expression.Expression is Name measure ? measure.Text : value), expression);
    }

    private static QueryOrder ParseOrder(string text)
    {
        var isDescending = ListText.EndsWithWord(text, "desc", out var value);
        if (!isDescending)
        {
            ListText.EndsWithWord(text, "asc", out value);
        }

        return new QueryOrder(QueryExpression.Parse("order", value), isDescending);
    }

    private static Name ParseMember(string part, string text) =>
        QueryExpression.Parse(part, text).Expression as Name is { Second: not null } member
            ? member
            : throw new WrongCommandException($"{part}: \"{text}\" is no member. Members are written dimension.attribute, like date.month.");

    private QueryTotals ParseTotals() => Totals?.Trim().ToLowerInvariant() switch
    {
        null or "none" => QueryTotals.None,
        "grand" => QueryTotals.Grand,
        "" or "rollup" => QueryTotals.Rollup,
        "cube" => QueryTotals.Cube,
        ['(', ..] => QueryTotals.Sets(Items("totals", Totals).ConvertAll(ParseSet)),
        var other => throw new WrongCommandException(
            $"totals: \"{other}\" is none of grand, rollup, cube, or sets of members like (date.year), ()."),
    };

    private static Name[] ParseSet(string text) => text is ['(', .. var inner, ')']
        ? [.. Items("totals", inner).Select(member => ParseMember("totals", member))]
        : throw new WrongCommandException($"totals: \"{text}\" is no set of members in brackets, like (date.year).");

    private DateOnly? ParseAsOf() =>
        string.IsNullOrWhiteSpace(AsOf) ? null
        : DateOnly.TryParseExact(AsOf.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day
        : throw new WrongCommandException($"as-of: \"{AsOf}\" is no day. Days are written 2011-06-30.");

    private static long? RequireCount(string part, long? count) => count is null or >= 0
        ? count
        : throw new WrongCommandException(FormattableString.Invariant($"{part}: a number of rows is 0 or more, not {count}."));

    private static List<string> Items(string part, string? text)
    {
        try
        {
            return ListText.Items(text ?? "");
        }
        catch (ExpressionSyntaxException fault)
        {
            throw new QuerySource(part, text ?? "").Fault(fault.Position, fault.Message);
        }
    }
}
