using Warehouse.Definitions;
using Warehouse.Etl.Tests.Sources;

namespace Warehouse.Etl.Tests.Mapping;

/// <summary>A lookup reads whatever a feed reads.</summary>
public sealed class LookupFileTests : EtlTest
{
    [Theory]
    [InlineData("names.csv", "code,name\nA,Apple\n", "")]
    [InlineData("names.tsv", "code\tname\nA\tApple\n", "")]
    [InlineData("names.txt", "as of today\ncode ~~ name\nA~~Apple\n", ", delimiter: \"~~\", header_row: 2")]
    [InlineData("names.txt", "A  Apple\nB  Bread\n", ", delimiter: blanks, header: [code, name]")]
    [InlineData("names.json", "[{\"code\": \"A\", \"name\": \"Apple\"}, {\"code\": \"B\", \"name\": null}]", "")]
    [InlineData("names.json", "{\"all\": {\"codes\": [{\"code\": \"A\", \"name\": \"Apple\"}]}}", ", path: all.codes")]
    [InlineData("names.json", "{\"code\": \"A\", \"name\": \"Apple\"}\n", ", format: jsonl")]
    [InlineData("names.jsonl", "{\"shop\": 1, \"codes\": [{\"code\": \"A\", \"name\": \"Apple\"}]}\n", ", each: codes", "codes.code", "codes.name")]
    public async Task LookupFile_IsReadAsItsEndingAndTheFeedSay(string name, string text, string options, string key = "code", string value = "name")
    {
        Data(name, text);

        await LookUpAsync($"{{file: data/{name}, key: {key}, value: {value}{options}}}");

        Assert.Equal("Apple", await RowAsync("SELECT product_id FROM star.dim_product WHERE product_key >= 0"));
    }

    [Fact]
    public async Task LookupInAWorkbook_IsReadFromItsSheet()
    {
        Warehouse.Folder.Write("data/shop.xlsx", Workbook.Of(("Notes", [["nothing"]]), ("Codes", [["code", "name"], ["A", "Apple"]])));

        await LookUpAsync("{file: data/shop.xlsx, sheet: Codes, key: code, value: name}");

        Assert.Equal("Apple", await RowAsync("SELECT product_id FROM star.dim_product WHERE product_key >= 0"));
    }

    [Theory]
    [InlineData("data/names/*.csv")]
    [InlineData("[data/names/1.csv, data/names/2.csv]")]
    [InlineData("data/names")]
    public async Task LookupInSeveralFiles_ReadsThemAll_AndTheLastThatNamesATextCounts(string files)
    {
        Data("names/1.csv", "code,name\nA,Ant\nC,Cat\n");
        Data("names/2.csv", "code,name\nA,Apple\n");

        await LookUpAsync($"{{file: {files}, key: code, value: name}}");

        Assert.Equal("Apple", await RowAsync("SELECT product_id FROM star.dim_product WHERE product_key >= 0"));
    }

    [Fact]
    public async Task LookupThatFindsNothing_IsNoValue_AsTheFeedSpellsIt()
    {
        Data("names.csv", "code,name\nA,NULL\n");

        await LookUpAsync("{file: data/names.csv, key: code, value: name}");

        Assert.StartsWith("2 required product: Expected a value", Assert.Single(await RejectsAsync()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{file: data/none*.csv, key: code, value: name}", "matches nothing")]
    [InlineData("{file: [data/names.csv, data/torn.json], key: code, value: name}", "torn.json is no JSON")]
    [InlineData("{file: https://example.com/names.csv, key: code, value: name}", "files of this machine")]
    [InlineData("{file: data/names.csv, key: code, value: nam}", "Did you mean \"name\"")]
    public async Task LookupThatCannotBeRead_IsAFaultOfTheFeed_WithItsLine(string lookup, string words)
    {
        Data("names.csv", "code,name\nA,Apple\n");
        Data("torn.json", "[{\"code\": \"A\"");

        var fault = Assert.Single((await Assert.ThrowsAsync<DefinitionException>(() => LookUpAsync(lookup))).Faults);

        Assert.Contains(words, fault.Message, StringComparison.Ordinal);
        Assert.Equal(4, fault.Line);
    }

    [Fact]
    public async Task LookupIsReadAnew_ForEachLoad()
    {
        Data("names.csv", "code,name\nB,Bread\n");
        await LookUpAsync("{file: data/names.csv, key: code, value: name}");
        Assert.Equal(["2 lookup product: Expected a text under \"code\" in data/names.csv, found \"A\""], await RejectsAsync());

        Data("names.csv", "code,name\nA,Apple\n");
        Data("more.csv", SaleHeader + "2,1,2026-01-05,C1,A,1,2\n");
        await LoadAsync();

        Assert.Equal("Apple", await RowAsync("SELECT product_id FROM star.dim_product WHERE product_key >= 0"));
    }

    private async Task LookUpAsync(string lookup)
    {
        Data("sales.csv", SaleHeader + "1,1,2026-01-05,C1,A,1,2\n");
        Feed("sales", SaleFeed
            .Replace("product: product", $"product: {{from: product, lookup: {lookup}}}", StringComparison.Ordinal)
            .Replace("\"data/sales*.csv\"", "[data/sales.csv, data/more*.csv], \"null\": [\"NULL\"]", StringComparison.Ordinal));
        await LoadAsync();
    }
}
