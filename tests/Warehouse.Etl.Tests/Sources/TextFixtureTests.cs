using System.Text;
using Warehouse.Etl.Mapping.Values;
using Warehouse.Etl.Proposals;

namespace Warehouse.Etl.Tests.Sources;

/// <summary>
/// Delimited text as the tests of other readers have it (csv-spectrum, Papa Parse, DuckDB, pandas) and as people send it: a feed
/// is proposed that reads it, and each of its rows is loaded.
/// </summary>
public sealed class TextFixtureTests : EtlTest
{
    private const string Header = "order_id,line,order_date,customer_id,sku,quantity,unit_price\n";
    private const string Rows = "O1,1,2024-05-01,C1,P1,1,1.25\nO2,1,2024-05-13,C2,P2,2,2.50\nO3,1,2024-05-14,C3,P3,3,3.75\n";

    [SkippableTheory]
    [InlineData("comments at the beginning and in the middle", "# made 2024-06-01\n# by the shop\n" + Header + "O1,1,2024-05-01,C1,P1,1,1.25\n# a note\nO2,1,2024-05-13,C2,P2,2,2.50\nO3,1,2024-05-14,C3,P3,3,3.75\n# end")]
    [InlineData("a title", "Sales report\nPeriod: May 2024\n\n" + Header + Rows)]
    [InlineData("blank lines and lines of delimiters", Header + "\n\nO1,1,2024-05-01,C1,P1,1,1.25\n   \nO2,1,2024-05-13,C2,P2,2,2.50\n,,,,,,\nO3,1,2024-05-14,C3,P3,3,3.75\n\"\",\"\",,,,,\n\n")]
    [InlineData("a column named twice", "order_id,line,order_date,customer_id,sku,sku,quantity,unit_price\nO1,1,2024-05-01,C1,P1,x,1,1.25\nO2,1,2024-05-13,C2,P2,x,2,2.50\nO3,1,2024-05-14,C3,P3,x,3,3.75\n")]
    [InlineData("quotes behind a backslash", Header + "O1,1,2024-05-01,\"C\\\"1, Ltd\\\"\",P1,1,1.25\nO2,1,2024-05-13,\"\\\"C2\\\", x\",P2,2,2.50\nO3,1,2024-05-14,C3,P3,3,3.75\n")]
    [InlineData("CR alone", "order_id,line,order_date,customer_id,sku,quantity,unit_price\rO1,1,2024-05-01,C1,P1,1,1.25\rO2,1,2024-05-13,C2,P2,2,2.50\rO3,1,2024-05-14,C3,P3,3,3.75\r")]
    [InlineData("every line end", Header + "O1,1,2024-05-01,C1,P1,1,1.25\r\nO2,1,2024-05-13,C2,P2,2,2.50\rO3,1,2024-05-14,C3,P3,3,3.75")]
    [InlineData("seconds since 1970", Header + "O1,1,1714521600,C1,P1,1,1.25\nO2,1,1715558400,C2,P2,2,2.50\nO3,1,1715644800,C3,P3,3,3.75\n")]
    [InlineData("milliseconds since 1970", Header + "O1,1,1714521600000,C1,P1,1,1.25\nO2,1,1715558400000,C2,P2,2,2.50\nO3,1,1715644800000,C3,P3,3,3.75\n")]
    [InlineData("twelve hours with seconds", Header + "O1,1,5/1/2024 1:05:09 PM,C1,P1,1,1.25\nO2,1,5/13/2024 11:05:09 AM,C2,P2,2,2.50\nO3,1,5/14/2024 12:00:00 AM,C3,P3,3,3.75\n")]
    [InlineData("amounts with currencies and brackets", Header + "O1,1,2024-05-01,C1,P1,1,$1.25\nO2,1,2024-05-13,C2,P2,2,\"2.50 €\"\nO3,1,2024-05-14,C3,P3,3,GBP 3.75\n")]
    public async Task Text_IsReadAsItIsWritten(string what, string text)
    {
        Data("lines.csv", text);

        await ProposeAndLoadAsync();

        Assert.True(
            await RowAsync("SELECT string_agg(order_id || ' ' || date_key || ' ' || net_amount, ', ' ORDER BY order_id) FROM star.fact_sale")
                == "O1 2024-05-01 1.2500, O2 2024-05-13 5.0000, O3 2024-05-14 11.2500",
            what);
    }

    [SkippableTheory]
    [InlineData("utf-16", false)]
    [InlineData("utf-16BE", false)]
    [InlineData("utf-16", true)]
    [InlineData("utf-16BE", true)]
    [InlineData("utf-32", true)]
    public async Task WideEncodings_AreReadWithAMarkAndWithout(string name, bool hasMark)
    {
        var encoding = Encoding.GetEncoding(name);
        Warehouse.Folder.Write("data/lines.csv", [.. hasMark ? encoding.GetPreamble() : [], .. encoding.GetBytes(Header + Rows.Replace("C1", "Zoë", StringComparison.Ordinal))]);

        await ProposeAndLoadAsync();

        Assert.Equal("3 | Zoë", await RowAsync("SELECT (SELECT count(*) FROM star.fact_sale), source_id FROM star.customer_identity WHERE source_id LIKE 'Z%'"));
    }

    [SkippableTheory]
    [InlineData(';')]
    [InlineData('|')]
    [InlineData('^')]
    [InlineData('~')]
    [InlineData('\t')]
    [InlineData('\u001F')]
    public async Task Delimiters_AreFound_AlsoWhereExcelNamesThem(char delimiter)
    {
        Data("lines.csv", (delimiter == ';' ? "sep=;\n" : "") + (Header + Rows).Replace(',', delimiter));

        await ProposeAndLoadAsync();

        Assert.Equal("3 | 17.5000", await RowAsync("SELECT count(*), sum(net_amount) FROM star.fact_sale"));
    }

    [SkippableFact]
    public async Task EmptyFiles_AreNotProposed_AndLoadAsNothing()
    {
        Data("none.csv", "");
        Data("names.csv", Header);
        var proposal = await FeedProposals.OfAsync([Path.Combine(Warehouse.Folder.Path, "data")], Warehouse.Workspace.NameOf, CancellationToken.None);

        Assert.Equal(["The file has names of columns and no rows: nothing tells what they hold.", "The file is empty."], proposal.Feeds.Select(feed => feed.Grain));
        Data("sales1.csv", SaleHeader);
        Data("sales2.csv", SaleHeader + "1,1,2026-01-05,C1,A,1,2\n");
        Feed("sales", SaleFeed);
        var report = await LoadAsync();
        Assert.Equal([0L, 1L], report.Files.Select(file => file.RowsRead));
    }

    [SkippableFact]
    public async Task HeaderRow_AndComment_AreWhatTheFeedSays()
    {
        Data("sales.csv", "Report of the day\n\"with a quote\n!no record\norder,line,at,customer,product,quantity,price\n!1,1,2026-01-04,C1,A,1,2\n1,1,2026-01-05,C1,A,1,2\n\"!2\",1,2026-01-05,C1,\"A\n!\",1,2\n");
        Feed("sales", SaleFeed.Replace("source: {", "source: {header_row: 4, comment: '!', ", StringComparison.Ordinal));

        var report = await LoadAsync();

        Assert.Equal(2, Assert.Single(report.Files).RowsLoaded);
        Assert.Equal("!2", await RowAsync("SELECT max(order_id) FILTER (order_id <> '1') FROM star.fact_sale"));
    }

    [Theory]
    [InlineData("$1,234.50", "1234.50", null)]
    [InlineData("($2.50)", "-2.50", null)]
    [InlineData("$(2.50)", "-2.50", null)]
    [InlineData("-$3", "-3", "-3")]
    [InlineData("2.50-", "-2.50", null)]
    [InlineData("\u22125", "-5", "-5")]
    [InlineData("1 234 567,89 €", null, "1234567,89")]
    [InlineData("1.234,50", null, "1234,50")]
    [InlineData("1'234.50", "1234.50", null)]
    [InlineData("12,34,567.00", "1234567.00", null)]
    [InlineData("1,234", "1234", "1,234")]
    [InlineData("2,50", null, "2,50")]
    [InlineData("1,23,4", null, null)]
    [InlineData("EUR 7", "7", "7")]
    [InlineData("7 kg", null, null)]
    [InlineData("5%", null, null)]
    [InlineData("--5", null, null)]
    [InlineData("()", null, null)]
    [InlineData(".5", ".5", null)]
    [InlineData("", null, null)]
    public void Amounts_AreReadOnlyWhereTheyCanMeanOneNumber(string text, string? pointed, string? withComma)
    {
        Assert.Equal(pointed, PlainNumber.Of(text, hasComma: false));
        Assert.Equal(withComma, PlainNumber.Of(text, hasComma: true));
    }

    private async Task ProposeAndLoadAsync()
    {
        var proposal = await FeedProposals.OfAsync([Path.Combine(Warehouse.Folder.Path, "data")], Warehouse.Workspace.NameOf, CancellationToken.None);
        var feed = Assert.Single(proposal.Feeds);
        Feed(feed.Name, feed.Yaml);
        Assert.Equal(3, Assert.Single((await LoadAsync()).Files).RowsLoaded);
    }
}
