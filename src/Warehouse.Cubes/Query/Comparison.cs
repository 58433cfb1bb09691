using Warehouse.Cubes.Expressions;
using Warehouse.Definitions;

namespace Warehouse.Cubes.Query;

/// <summary>
/// What measures are compared with: a named filter or a condition, a period, or two of these: <c>vip</c>, <c>2011-01</c>,
/// <c>vip vs rest</c>. Each measure then has a column for each side, their difference and their ratio. Against one side stands the
/// measure of all facts that count; the rest are those facts that the other side leaves out.
/// </summary>
internal sealed record Comparison
{
    private const string Versus = "vs";
    private const string Rest = "rest";
    private const string SegmentPrefix = "segment:";

    private readonly Side? _left;
    private readonly Side _right;

    private Comparison(Side? left, Side right) => (_left, _right) = (left, right);

    /// <exception cref="WrongCommandException">The text says no comparison.</exception>
    public static Comparison Parse(string text)
    {
        var sides = text.Split($" {Versus} ", StringSplitOptions.TrimEntries);
        return sides.Length switch
        {
            1 => new Comparison(null, Side.Parse(sides[0])),
            2 when sides[1] is Rest => new Comparison(Side.Parse(sides[0]), Side.Parse(sides[0]).TheRest()),
            2 => new Comparison(Side.Parse(sides[0]), Side.Parse(sides[1])),
            _ => throw new WrongCommandException($"compare: \"{text}\" has more than two sides. Compare one with another: « vip {Versus} {Rest} »."),
        };
    }

    /// <summary>The columns of each measure: its sides, their difference, their ratio.</summary>
    public IReadOnlyList<QueryMeasure> Of(IReadOnlyList<QueryMeasure> measures) => [.. measures.SelectMany(measure =>
    {
        var own = measure.Value.Expression;
        var left = _left is null ? own : _left.Of(own);
        var right = _right.Of(own);
        return new[]
        {
            Column(_left is null ? measure.Name : $"{measure.Name} {_left.Name}", left),
            Column($"{measure.Name} {_right.Name}", right),
            Column($"{measure.Name} difference", new Binary(BinaryOperator.Subtract, left, right)),
            Column($"{measure.Name} ratio", new Binary(BinaryOperator.Divide, left, right)),
        };
    })];

    private static QueryMeasure Column(string name, Expression value) => new(name, QueryExpression.Parse("compare", value.ToString()));

    /// <param name="Name">What its columns are called.</param>
    /// <param name="What">A condition or a period.</param>
    private sealed record Side(string Name, Expression What)
    {
        private bool _isRest;

        public static Side Parse(string text)
        {
            var name = text.StartsWith(SegmentPrefix, StringComparison.Ordinal) ? text[SegmentPrefix.Length..].Trim() : text;
            return new Side(name, QueryExpression.Parse("compare", name).Expression);
        }

        public Side TheRest() => this with { Name = Rest, _isRest = true };

        public Call Of(Expression measure) => What switch
        {
            _ when _isRest => new Call("except", [measure, What]),
            PeriodLiteral or Literal { Value: long } => new Call("in_period", [measure, What]),
            _ => new Call("only", [measure, What]),
        };
    }
}
