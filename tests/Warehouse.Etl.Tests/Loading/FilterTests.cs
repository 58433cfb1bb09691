using Warehouse.Definitions;

namespace Warehouse.Etl.Tests.Loading;

/// <summary>Rows that a feed's « where » does not mean are left out, and counted.</summary>
public sealed class FilterTests : EtlTest
{
    private const string Header = "order,line,at,customer,product,quantity,price,status\n";

    [Fact]
    public async Task RowsOfWhichItIsNotTrue_AreLeftOut_WhateverElseIsWrongWithThem()
    {
        Feed("sales", SaleFeed + "\nwhere: \"status <> 'cancelled'\"");
        Data("sales.csv", Header + "O1,1,2026-01-01,C,P,1,2,paid\nO2,1,2026-01-01,C,P,1,2,cancelled\nO3,1,never,C,P,many,2,cancelled\nO4,1,2026-01-01,C,P,many,2,paid\nO5,1,2026-01-01,C,P,1,2,\n");

        var file = Assert.Single((await LoadAsync()).Files);

        Assert.Equal((5L, 1L, 1L, 3L), (file.RowsRead, file.RowsLoaded, file.RowsRejected, file.RowsLeftOut));
        Assert.Equal(["O1"], await RowsAsync("SELECT order_id FROM star.fact_sale"));
        Assert.Equal(["5 type quantity: Expected a number, found \"many\""], await RejectsAsync());
        Assert.Equal("3", await RowAsync("SELECT rows_left_out FROM ops.load"));
        Assert.Equal(5, Assert.Single((await LoadAsync()).Files).RowsAlreadyLoaded);
    }

    [Fact]
    public async Task LeftOutRow_IsNoDuplicate_AndNoPartThatIsBroken()
    {
        Feed("sales", SaleFeed + "\nwhere: quantity > 0\nchanges: replace\nreplaces: order\nduplicates: reject");
        Data("sales1.csv", Header + "O1,1,2026-01-01,C,P,1,2,\nO1,2,2026-01-01,C,P,1,2,\n");
        await LoadAsync();
        Data("sales2.csv", Header + "O1,1,2026-01-01,C,P,0,2,\nO1,1,2026-01-01,C,P,0,2,\nO1,2,2026-01-01,C,P,1,2,\n");

        var file = (await LoadAsync()).Files[1];

        Assert.Equal((0L, 2L, 1L), (file.RowsRejected, file.RowsLeftOut, file.RowsWithdrawn));
        Assert.Equal(["2"], await RowsAsync("SELECT line_id FROM star.fact_sale"));
    }

    [Fact]
    public async Task RowOfWhichItCannotBeTold_IsRejected()
    {
        Feed("sales", SaleFeed + "\nwhere: quantity > 0");
        Data("sales.csv", Header + "O1,1,2026-01-01,C,P,many,2,\n");
        await LoadAsync();
        Assert.Equal(["2 where where: Expected a yes or no from the feed's filter, found \"many and 0 are not both numbers\""], await RejectsAsync());
    }

    [Fact]
    public async Task ColumnThatTheFileHasNot_IsNamedWithTheNearest()
    {
        Feed("sales", SaleFeed + "\nwhere: \"statu <> 'x'\"");
        Data("sales.csv", Header + "O1,1,2026-01-01,C,P,1,2,paid\n");
        Assert.Matches("has no column \"statu\"[^\n]*status", (await Assert.ThrowsAsync<UserFaultException>(() => LoadAsync())).Message);
    }

    [Fact]
    public async Task FilterThatIsNoExpression_IsAFaultAtItsPlace()
    {
        Feed("sales", SaleFeed + "\nwhere: status <>\n");
        Assert.StartsWith("feeds/sales.yaml:5:8:", (await Assert.ThrowsAsync<DefinitionException>(() => LoadAsync())).Faults[0].ToString());
    }
}
