using FsCheck;
using FsCheck.Fluent;
using Warehouse.Cubes.Expressions;

namespace Warehouse.Cubes.Tests.Expressions;

public class ExpressionTests
{
    [Theory]
    [InlineData("a + b * c - d", "a + b * c - d")]
    [InlineData("(a + b) * c", "(a + b) * c")]
    [InlineData("a - (b - c)", "a - (b - c)")]
    [InlineData("not a = 1 and b or c", "(not (a = 1)) and b or c")]
    [InlineData("x.y in ('a', 'it''s') and z is not null", "(x.y in ('a', 'it''s')) and (not (z is null))")]
    [InlineData("d.month between 2011-01 and 2011-Q2", "d.month between 2011-01 and 2011-Q2")]
    [InlineData("d.day in last 30 days", "d.day = last 30 days")]
    [InlineData("d.day != 2011-W05", "d.day <> 2011-W05")]
    [InlineData("\"select\".\"a\"\"b\" like 'x%'", "select.\"a\"\"b\" like 'x%'")]
    [InlineData("case when a > 1.50 then -b else f(c, 3 months) end", "case when a > 1.50 then -(b) else f(c, 3 months) end")]
    [InlineData("top 3 p.name by net / orders", "top 3 p.name by (net / orders)")]
    [InlineData("\"and\" = true", "\"and\" = true")]
    public void Text_ReadsAsExpression(string text, string expected) => Assert.Equal(expected, ExpressionParser.Parse(text).ToString());

    [Theory]
    [InlineData("", 0, "Expected a value or a name, and here is the end.")]
    [InlineData("a +", 3, "Expected a value or a name, and here is the end.")]
    [InlineData("a b", 2, "Expected an operator or the end, and here is \"b\".")]
    [InlineData("a = 'x", 4, "The quote ' is not closed.")]
    [InlineData("a; drop table x", 1, "\";\" means nothing here.")]
    [InlineData("a = 2011-13", 4, "is no day, week, month or quarter")]
    [InlineData("a = 2011-02-29", 4, "is no day, week, month or quarter")]
    [InlineData("a like b", 7, "Expected a pattern")]
    [InlineData("f(a", 3, "Expected \")\"")]
    public void WrongText_IsFault_WithItsPlace(string text, int position, string message)
    {
        var fault = Assert.Throws<ExpressionSyntaxException>(() => ExpressionParser.Parse(text));

        Assert.Equal(position, fault.Position);
        Assert.Contains(message, fault.Message);
    }

    [Fact]
    public void DeepNesting_IsFault_NotACrash()
    {
        Assert.Throws<ExpressionSyntaxException>(() => ExpressionParser.Parse(new string('(', 5_000)));
        Assert.Throws<ExpressionSyntaxException>(() => ExpressionParser.Parse(string.Concat(Enumerable.Repeat("not ", 4_000)) + "a"));
        Assert.Throws<ExpressionSyntaxException>(() => ExpressionParser.Parse(new string('-', 5_000) + "a"));
    }

    [Fact]
    public void AnyText_IsAnExpressionOrAFault() =>
        Prop.ForAll(Words.ToArbitrary(), words =>
        {
            try
            {
                var expression = ExpressionParser.Parse(string.Join(' ', words));
                var text = expression.ToString();
                Assert.Equal(text, ExpressionParser.Parse(text).ToString());
            }
            catch (ExpressionSyntaxException)
            {
                // Most texts are none.
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3_000));

    private static Gen<string[]> Words => Gen.ArrayOf(Gen.Elements(
        "a", "x.y", "\"q q\"", "'t'", "1", "2.5", "2011-03", "+", "-", "*", "/", "(", ")", ",", "=", "<", "and", "or", "not", "in", "between",
        "like", "is", "null", "unknown", "case", "when", "then", "else", "end", "top", "by", "last", "3 months", "today", "f(", "true", "\"", "é", ".", "\0"));
}
