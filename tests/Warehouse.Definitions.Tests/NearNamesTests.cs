namespace Warehouse.Definitions.Tests;

public class NearNamesTests
{
    private static readonly string[] Measures = ["net_sales", "orders", "customers", "lines", "margin"];

    [Theory]
    [InlineData("netsales", "net_sales")]
    [InlineData("net_slaes", "net_sales")]
    [InlineData("Orders", "orders")]
    [InlineData("costumers", "customers")]
    [InlineData("sales", "net_sales")]
    public void Of_Misspelling_FindsTheName(string wrong, string meant) =>
        Assert.Equal(meant, NearNames.Of(wrong, Measures)[0]);

    [Fact]
    public void Of_NothingNear_IsEmpty() => Assert.Empty(NearNames.Of("zzzz", Measures));

    [Fact]
    public void Hint_NothingNear_ListsTheNamesInOrder() =>
        Assert.Equal(
            "The measures are customers, lines, margin, net_sales, orders.",
            NearNames.Hint("zzzz", Measures, "measures"));

    [Fact]
    public void Hint_ManyNames_SaysHowManyMore() =>
        Assert.EndsWith(
            " and 38 more.",
            NearNames.Hint("zzzz", Enumerable.Range(100, 50).Select(number => $"name{number}"), "names"),
            StringComparison.Ordinal);

    [Fact]
    public void Hint_NoNames_SaysSo() => Assert.Equal("There are no feeds.", NearNames.Hint("orders", [], "feeds"));
}
