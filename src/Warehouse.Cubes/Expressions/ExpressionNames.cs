namespace Warehouse.Cubes.Expressions;

/// <summary>Walks through expressions.</summary>
internal static class ExpressionNames
{
    /// <summary>Every name in an expression, in the order of the text.</summary>
    public static IEnumerable<Name> Of(Expression expression) =>
        expression is Name name ? [name] : Parts(expression).SelectMany(Of);

    /// <summary>The operands of a node.</summary>
    public static IEnumerable<Expression> Parts(Expression expression) => expression switch
    {
        Negation negation => [negation.Operand],
        Not not => [not.Operand],
        Binary binary => [binary.Left, binary.Right],
        Call call => call.Arguments,
        InList list => [list.Operand, .. list.Items],
        Between between => [between.Operand, between.Low, between.High],
        Like like => [like.Operand],
        IsNull isNull => [isNull.Operand],
        IsUnknown isUnknown => [isUnknown.Dimension],
        Case branches =>
        [
            .. branches.Branches.SelectMany(branch => new[] { branch.Condition, branch.Value }),
            .. branches.Otherwise is { } otherwise ? [otherwise] : Array.Empty<Expression>(),
        ],
        TopMembers top => [top.Member, top.Measure],
        _ => [],
    };
}
