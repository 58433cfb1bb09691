namespace Warehouse.Cubes.Expressions;

/// <summary>An expression of a definition that remembers where it was written.</summary>
public sealed class SourcedExpression
{
    internal SourcedExpression(Expression expression, ExpressionSource source) => (Expression, Source) = (expression, source);

    /// <summary>What was written.</summary>
    public Expression Expression { get; }

    internal ExpressionSource Source { get; }

    /// <inheritdoc/>
    public override string ToString() => Expression.ToString();
}
