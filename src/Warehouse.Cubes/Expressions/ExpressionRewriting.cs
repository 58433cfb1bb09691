namespace Warehouse.Cubes.Expressions;

/// <summary>Replaces nodes of expressions.</summary>
internal static class ExpressionRewriting
{
    /// <summary>The expression with every node for which there is another one replaced by it.</summary>
    public static Expression Replace(this Expression expression, Func<Expression, Expression?> other)
    {
        Expression Inner(Expression operand) => operand.Replace(other);
        return other(expression) ?? expression switch
        {
            Negation negation => negation with { Operand = Inner(negation.Operand) },
            Not not => not with { Operand = Inner(not.Operand) },
            Binary binary => binary with { Left = Inner(binary.Left), Right = Inner(binary.Right) },
            Call call => call with { Arguments = [.. call.Arguments.Select(Inner)] },
            InList list => list with { Operand = Inner(list.Operand), Items = [.. list.Items.Select(Inner)] },
            Between between => between with { Operand = Inner(between.Operand), Low = Inner(between.Low), High = Inner(between.High) },
            Like like => like with { Operand = Inner(like.Operand) },
            IsNull isNull => isNull with { Operand = Inner(isNull.Operand) },
            Case branches => branches with
            {
                Branches = [.. branches.Branches.Select(branch => new CaseBranch(Inner(branch.Condition), Inner(branch.Value)))],
                Otherwise = branches.Otherwise is { } otherwise ? Inner(otherwise) : null,
            },
            TopMembers top => top with { Measure = Inner(top.Measure) },
            _ => expression,
        };
    }

    /// <summary>The parameters in an expression.</summary>
    public static IEnumerable<Parameter> Parameters(this Expression expression) =>
        expression is Parameter parameter ? [parameter] : ExpressionNames.Parts(expression).SelectMany(Parameters);
}
