using Warehouse.Cubes.Expressions;
using Warehouse.Definitions;

namespace Warehouse.Cubes.Query;

/// <summary>An expression in a query, with the text it was written as.</summary>
public sealed record QueryExpression
{
    private QueryExpression(string part, string text, Expression expression) => (Part, Text, Expression) = (part, text, expression);

    /// <summary>What part of the query it is, for faults: where, having, measures.</summary>
    public string Part { get; }

    public string Text { get; }

    /// <summary>What the text says. Names in it are not yet looked up.</summary>
    public Expression Expression { get; }

    internal ExpressionSource Source => new QuerySource(Part, Text);

    /// <summary>A part of the expression, with the whole text for faults.</summary>
    internal QueryExpression Operand(Expression operand) => new(Part, Text, operand);

    /// <exception cref="WrongCommandException">The text is no expression.</exception>
    public static QueryExpression Parse(string part, string text) => new(part, text, new QuerySource(part, text).Parse(text));

    /// <inheritdoc/>
    public override string ToString() => Text;
}
