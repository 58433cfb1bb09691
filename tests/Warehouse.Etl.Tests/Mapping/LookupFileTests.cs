namespace Warehouse.Etl.Tests.Mapping;

public sealed class LookupFileTests : EtlTest
{
    [Theory]
    [InlineData("names.csv", "code,name\nA,Apple\n")]
    [InlineData("names.tsv", "code\tname\nA\tApple\n")]
    public async Task LookupFile_IsSplitAsItsEndingSays(string name, string text)
    {
        Data(name, text);
        Data("sales.csv", SaleHeader + "1,1,2026-01-05,C1,A,1,2\n");
        Feed("sales", SaleFeed.Replace("product: product", $"product: {{from: product, lookup: {{file: data/{name}, key: code, value: name}}}}", StringComparison.Ordinal));

        await LoadAsync();

        Assert.Equal("Apple", await RowAsync("SELECT product_id FROM star.dim_product WHERE product_key >= 0"));
    }
}
