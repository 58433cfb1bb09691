using Warehouse.Definitions;

namespace Warehouse.Etl.Tests.Mapping;

/// <summary>What feeds compute: expressions, lookups and units.</summary>
public sealed class ExpressionTests : EtlTest
{
    private const string Header = "id,a,b,n,d,no value\n";

    [Theory]
    [InlineData("concat(a, '-', b)", "Ab c-x;y; z")]
    [InlineData("a || b", "Ab cx;y; z")]
    [InlineData("a || nothing_here", "fault")]
    [InlineData("a || [no value]", "NULL")]
    [InlineData("upper(a)", "AB C")]
    [InlineData("lower(a)", "ab c")]
    [InlineData("length(a)", "4")]
    [InlineData("substring(a, 2)", "b c")]
    [InlineData("substring(a, 2, 1)", "b")]
    [InlineData("substring(a, 9)", "NULL")]
    [InlineData("replace(b, ';', '')", "xy z")]
    [InlineData("split(b, ';', 3)", "z")]
    [InlineData("split(b, ';', 9)", "NULL")]
    [InlineData("coalesce([no value], b, a)", "x;y; z")]
    [InlineData("if(n > 9, 'many', 'few')", "many")]
    [InlineData("if(n < 9 or not starts_with(a, 'Ab'), 'many')", "NULL")]
    [InlineData("if(is_null([no value]) and contains(b, 'y'), 'yes', 'no')", "yes")]
    [InlineData("if(a = 'Ab c', 1, 0)", "1")]
    [InlineData("if(n = '12.50', 1, 0)", "1")]
    [InlineData("if([no value] = 'x', 1, 0)", "0")]
    [InlineData("n + 1 * 2", "14.5")]
    [InlineData("(n + 1) * -2", "-27")]
    [InlineData("n - 1 - 1", "10.5")]
    [InlineData("n / 4", "3.125")]
    [InlineData("round(n / 3, 2)", "4.17")]
    [InlineData("number('$1,234.50') / 2", "617.25")]
    [InlineData("number('1.234,50-', ',') * 2", "-2469")]
    [InlineData("abs(-n)", "12.5")]
    [InlineData("n / 0", "rejected: 12.50 divided by 0")]
    [InlineData("a * 2", "rejected: Ab c is no number")]
    [InlineData("if(n = 0, n / 0, 7)", "7")]
    [InlineData("date(d, '%d.%m.%Y')", "2026-02-01")]
    [InlineData("year(date(d, '%d.%m.%Y'))", "2026")]
    [InlineData("month(d, '%d.%m.%Y') || '/' || day(d, '%d.%m.%Y')", "2/1")]
    [InlineData("date(a)", "rejected: Ab c is no date")]
    [InlineData("'it''s'", "it's")]
    [InlineData("n * (1 - '20 %')", "10")]
    public async Task Expression(string expression, string value)
    {
        Feed("it", $"source: {{files: data/v.csv}}\ninto: product\ncolumns: {{id: id, name: {{expr: \"{expression}\"}}}}\n");
        Data("v.csv", Header + "A,Ab c,x;y; z,12.50,01.02.2026,\n");
        if (value == "fault")
        {
            Assert.Contains("has no column \"nothing_here\"", (await Assert.ThrowsAsync<UserFaultException>(() => LoadAsync())).Message, StringComparison.Ordinal);
            return;
        }

        await LoadAsync();
        var rejected = await RejectsAsync();
        Assert.Equal(
            value,
            rejected.Count == 0
                ? await RowAsync("SELECT name FROM star.dim_product WHERE product_key >= 0")
                : "rejected: " + rejected[0][(rejected[0].IndexOf("found \"", StringComparison.Ordinal) + 7)..^1]);
    }

    [Theory]
    [InlineData("uper(a)", "upper")]
    [InlineData("concat(a", "Expected \",\" or \")\"")]
    [InlineData("a b", "Expected an operator or the end")]
    [InlineData("'a", "has no '")]
    [InlineData("substring(a)", "substring(text, from 1[, length])")]
    [InlineData("", "Expected a column")]
    [InlineData("1 +", "its end")]
    public async Task WrongExpression_IsAFaultAtItsPlace(string expression, string said)
    {
        Feed("it", $"source: {{files: data/v.csv}}\ninto: product\ncolumns:\n  id: id\n  name: {{expr: \"{expression}\"}}\n");
        var faults = (await Assert.ThrowsAsync<DefinitionException>(() => LoadAsync())).Faults;
        var fault = Assert.Single(faults);
        Assert.Equal((5, 16), (fault.Line, fault.Column));
        Assert.Contains(said, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NestedTooDeeply_IsAFault()
    {
        Feed("it", $"source: {{files: data/v.csv}}\ninto: product\ncolumns:\n  id: id\n  name: {{expr: \"{new string('(', 5000)}a\"}}\n");
        Assert.Contains("too deeply", (await Assert.ThrowsAsync<DefinitionException>(() => LoadAsync())).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{from: a, lookup: {A: Alpha, B: Beta}}", "Expected one of the 2 texts of the lookup (A, B)")]
    [InlineData("{from: a, clean: upper, lookup: {file: data/codes.csv, key: code, value: says}}", "Expected a text under \"code\" in data/codes.csv")]
    public async Task Lookup_PutsWhatATextStandsFor(string mapping, string expected)
    {
        Data("codes.csv", "code,says,note\nA,Alpha,\nB,Beta,\n");
        Feed("it", $"source: {{files: data/v.csv}}\ninto: product\ncolumns: {{id: id, name: {mapping}}}\n");
        Data("v.csv", "id,a\n1,A\n2,B\n3,\n4,C\n");
        await LoadAsync();
        Assert.Equal(["1 | Alpha", "2 | Beta", "3 | NULL"], await RowsAsync("SELECT product_id, name FROM star.dim_product WHERE product_key >= 0 ORDER BY 1"));
        Assert.Equal([$"5 lookup a: {expected}, found \"C\""], await RejectsAsync());
    }

    [Fact]
    public async Task LookupWithOtherwise_TakesEveryText()
    {
        Feed("it", "source: {files: data/v.csv}\ninto: product\ncolumns: {id: id, name: {from: a, lookup: {A: Alpha}, otherwise: Other}}\n");
        Data("v.csv", "id,a\n1,A\n2,C\n");
        await LoadAsync();
        Assert.Equal(["1 | Alpha", "2 | Other"], await RowsAsync("SELECT product_id, name FROM star.dim_product WHERE product_key >= 0 ORDER BY 1"));
    }

    [Fact]
    public async Task LookupOfAFileThatIsNotThereOrHasNoSuchColumn_IsAFault()
    {
        Data("codes.csv", "code,says\nA,Alpha\n");
        Data("v.csv", "id,a\n1,A\n");
        Feed("it", "source: {files: data/v.csv}\ninto: product\ncolumns:\n  id: id\n  name: {from: a, lookup: {file: data/none.csv, key: code, value: says}}\n  brand: {from: a, lookup: {file: data/codes.csv, key: cod, value: says}}\n");
        var faults = (await Assert.ThrowsAsync<DefinitionException>(() => LoadAsync())).Faults;
        Assert.Equal([5, 6], faults.Select(fault => fault.Line));
        Assert.Contains("code", faults[1].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0.01", "1999", "19.9900")]
    [InlineData("0.01", "1", "0.0100")]
    [InlineData("0.001", "1.05", "0.0011")]
    [InlineData("1000", "-2.5", "-2500.0000")]
    [InlineData("1000000", "99999999999999", null)]
    public async Task Factor_BringsANumberToTheColumnsUnit(string factor, string text, string? value)
    {
        Feed("it", $"source: {{files: data/v.csv}}\ninto: product\ncolumns: {{id: id, unit_cost: {{from: n, factor: {factor}}}}}\n");
        Data("v.csv", $"id,n\n1,{text}\n");
        await LoadAsync();
        Assert.Equal(value is null ? [] : [value], await RowsAsync("SELECT unit_cost FROM star.dim_product WHERE product_key >= 0"));
    }
}
